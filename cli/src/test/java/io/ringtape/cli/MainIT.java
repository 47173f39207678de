package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.cli.tape.TestMarket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The jar as a process: its streams and its exit codes. */
@Timeout(60)
final class MainIT
{
    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final String JAR = Path.of("target", "ringtape.jar").toAbsolutePath().toString();

    private final TestTapes tapes = new TestTapes(MainIT.class);

    @Test
    void shouldPrintOneObjectAndNothingOnStandardError() throws Exception
    {
        tapes.record(TestTapes.definitions(), TestMarket::amzn);

        final String out = shell("\"$0\" -jar \"$1\" verify --journal \"$2\" --json", 0);

        assertEquals("{\"status\":\"ok\",\"events\":9,\"firstSequence\":0,\"lastSequence\":8,\"detail\":\"" +
            "all runs are whole: runs=1\",\"journal\":\"" + tapes.directory() + "\"}\n", out);
        assertEquals("", err());
    }

    @Test
    void shouldEndQuietlyWhenTheReaderOfItsOutputHasGone() throws Exception
    {
        // Far more output than a pipe holds, so that the writer does find out.
        tapes.record(TestTapes.definitions(), (events) ->
        {
            for (int i = 0; i < 5_000; i++)
            {
                TestMarket.esm4(events);
            }
        });

        final String out = shell("{ \"$0\" -jar \"$1\" dump --journal \"$2\"; echo $? > \"$3\"; } | head -n 1", 0);

        assertTrue(out.startsWith("    sequence  event time"), out);
        assertEquals(1, out.lines().count());
        assertEquals("", err());
        assertEquals("0\n", Files.readString(tapes.directory().resolveSibling("code")));
    }

    @Test
    void shouldPutErrorsOnStandardErrorInOneLine() throws Exception
    {
        final String out = shell("\"$0\" -jar \"$1\" verify --journal \"$2\" --bogus", 64);

        assertEquals("", out);
        assertEquals("ringtape: unknown option: '--bogus', see ringtape verify --help\n", err());
    }

    private String shell(final String script, final int exitCode) throws IOException, InterruptedException
    {
        final Path scratch = tapes.directory().toAbsolutePath().getParent();
        final Path out = scratch.resolve("out");
        final Process process = new ProcessBuilder(
            "sh", "-c", script, JAVA, JAR, tapes.directory().toString(), scratch.resolve("code").toString())
            .redirectOutput(out.toFile()).redirectError(scratch.resolve("err").toFile()).start();
        assertEquals(exitCode, process.waitFor(), this::err);
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    private String err()
    {
        try
        {
            return Files.readString(tapes.directory().resolveSibling("err"), StandardCharsets.UTF_8);
        }
        catch (final IOException e)
        {
            return e.toString();
        }
    }
}
