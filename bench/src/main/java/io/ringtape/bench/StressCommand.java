package io.ringtape.bench;

import io.ringtape.jvm.JvmFlags;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jcstress.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command that runs the stress tests, in a JVM of their own whose working directory takes what jcstress leaves: a
 * file of results in the directory it is started in, and a report.
 * <p>
 * Thread safety: none.
 * Allocation: not for hot paths.
 */
@Command(
    name = "benchmarks.jar --stress",
    description = "Races threads through the bus's own classes, with jcstress.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class StressCommand implements Callable<Integer>
{
    @Option(names = "--mode", paramLabel = "MODE",
        description = "jcstress's preset: sanity, quick, default, tough, stress (${DEFAULT-VALUE}).")
    private String mode = "quick";

    @Option(names = "--tests", paramLabel = "REGEX", description = "Only tests that match (${DEFAULT-VALUE}).")
    private String tests = ".*";

    @Option(names = "--dir", paramLabel = "DIR", description = "Where the results and the report go (temporary).")
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"), "ringtape-stress");

    @Override
    public Integer call() throws IOException, InterruptedException
    {
        final Path made = Files.createDirectories(directory.toAbsolutePath());
        return new ProcessBuilder(command(mode, tests, made))
            .directory(made.toFile())
            .inheritIO()
            .start()
            .waitFor();
    }

    static List<String> command(final String mode, final String tests, final Path directory)
    {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", absolute(System.getProperty("java.class.path")), Main.class.getName()));
        command.addAll(List.of("-m", mode, "-t", tests, "-r", directory.resolve("report").toString()));
        // How each actor is compiled is not tried in all ways: a test has 8 modes of the JVM instead of 28.
        command.addAll(List.of("-sc", "false"));
        command.addAll(List.of("-jvmArgsPrepend", String.join(" ", JvmFlags.required())));
        return List.copyOf(command);
    }

    private static String absolute(final String classPath)
    {
        return Stream.of(classPath.split(File.pathSeparator, -1))
            .map((entry) -> Path.of(entry).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
    }
}
