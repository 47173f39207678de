package io.ringtape.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The lines of docs/backtest.md that make a strategy of one's own, as they stand there, with an example's source. */
@Timeout(value = 120, threadMode = SEPARATE_THREAD)
final class OwnStrategyIT
{
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    private Path base;

    @Test
    void shouldCompilePackAndRunAStrategyAsTheDocumentSays() throws Exception
    {
        Files.createSymbolicLink(base.resolve("cli"), REPOSITORY.resolve("cli"));
        // The jar under test, whatever its age: the launcher would build one that is newer than the sources.
        final Path jar = Path.of("target/ringtape.jar").toAbsolutePath();
        final Checkout checkout = new Checkout(Files.createDirectory(base.resolve("checkout")).toRealPath());
        checkout.putJar(jar);
        Files.createSymbolicLink(base.resolve("ringtape"), checkout.home().resolve("ringtape"));
        Files.writeString(base.resolve("MyStrategy.java"), source());

        final String commands = commands();
        final Finished finished = sh("./ringtape demo --journal tape --events 2000 >demo.txt && " + commands);

        assertEquals("", finished.err());
        assertEquals(0, finished.exitCode());
        assertTrue(commands.contains("javac") && commands.contains("jar cf") && commands.contains("./ringtape"),
            commands);
        assertTrue(finished.out().startsWith("Backtest of my.MyStrategy: "), finished::out);
    }

    /** The example of a taker, in a package of the user's own. */
    private static String source() throws IOException
    {
        final Path example =
            REPOSITORY.resolve("core/src/main/java/io/ringtape/strategy/ImbalanceTaker.java");
        return Files.readString(example).replace("package io.ringtape.strategy;",
            "package my;\n\nimport io.ringtape.strategy.Strategy;\nimport io.ringtape.strategy.StrategyParameters;")
            .replace("ImbalanceTaker", "MyStrategy");
    }

    private static String commands() throws IOException
    {
        final Matcher found = Pattern.compile("```\n(javac .*?)\n```", Pattern.DOTALL)
            .matcher(Files.readString(REPOSITORY.resolve("docs/backtest.md")));
        assertTrue(found.find(), "no lines that compile a strategy");
        return found.group(1).replace("\n", " && ");
    }

    private Finished sh(final String commands) throws IOException, InterruptedException
    {
        final Path jdk = Path.of(System.getProperty("java.home")).toRealPath();
        return Finished.run(base, base, Map.of("JAVA_HOME", jdk.toString(), "HOME", base.toString(),
            "PATH", jdk.resolve("bin") + ":" + System.getenv("PATH")), List.of("sh", "-c", commands));
    }
}
