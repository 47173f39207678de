package io.ringtape.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bench.rig.ForkedRunner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run of two rows: D1 finds no captures and is done at once, O1 has more rounds than anybody waits for. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class BenchStopIT
{
    private static final String LONG_NAME = "X".repeat(120_000);

    @TempDir
    private Path folder;

    @Test
    void shouldPrintAndKeepWhatThereIsWhereSigtermEndsIt() throws IOException, InterruptedException
    {
        final Path out = folder.resolve("results");
        final Path result = out.resolve("result.json");
        final Process run = start("--rows", "D1,O1", "--data", folder.toString(), "--dir", folder.toString(),
            "--count", "100000", "--forks", "1", "--turn-ms", "1", "--json", "--out", out.toString());
        final String afterFirst;
        final String printed;
        try (BufferedReader progress = run.errorReader(StandardCharsets.UTF_8))
        {
            awaitLine(progress, "  round 6 of ");
            afterFirst = Files.readString(result);

            // That of the process itself would close its streams.
            run.toHandle().destroy();

            progress.transferTo(Writer.nullWriter());
            printed = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, run.waitFor());
        }
        finally
        {
            // The forks end with it.
            run.destroyForcibly();
        }
        assertTrue(afterFirst.contains("\"incomplete\":\"1 of 2 rows\""), afterFirst);
        assertTrue(afterFirst.contains("\"id\":\"D1\"") && !afterFirst.contains("\"id\":\"O1\""), afterFirst);
        assertTrue(printed.matches("(?s)\\{.*\"incomplete\":\"1 of 2 rows and \\d+ rounds of O1\".*}\n"), printed);
        assertTrue(printed.matches("(?s).*\"id\":\"O1\".*\"reason\":\"cut after \\d+ rounds\".*\n"), printed);
        assertFalse(printed.contains("\"met\"") || printed.contains("\"missed\""), printed);
        assertEquals(printed, Files.readString(result));
        assertEquals(List.of("results"), names());
    }

    /** The error line is longer than a pipe, so that the process stands in it, before anything was measured. */
    @Test
    void shouldHearASignalBeforeItKnowsItsOptionsAndUntilAllIsPrinted() throws IOException, InterruptedException
    {
        assertSurvivesASignal(64, java(Main.class.getName(), "--bench", "--rows", LONG_NAME));
    }

    @Test
    void shouldHearASignalInAForkBeforeItKnowsItsRow() throws IOException, InterruptedException
    {
        assertSurvivesASignal(1, java("io.ringtape.bench.rig.PeerMain", LONG_NAME));
    }

    private static void assertSurvivesASignal(final int exitCode, final Process process)
        throws IOException, InterruptedException
    {
        try
        {
            final int first = process.getErrorStream().read();
            process.toHandle().destroy();

            assertFalse(process.waitFor(2, TimeUnit.SECONDS), "ended by the signal");
            final int more = process.getErrorStream().readAllBytes().length;
            assertEquals(exitCode, process.waitFor());
            assertTrue(first > 0 && more > LONG_NAME.length(), "more=" + more);
        }
        finally
        {
            process.destroyForcibly();
        }
    }

    private List<String> names() throws IOException
    {
        try (Stream<Path> left = Files.list(folder))
        {
            return left.map((path) -> path.getFileName().toString()).toList();
        }
    }

    private static void awaitLine(final BufferedReader lines, final String start) throws IOException
    {
        String line = lines.readLine();
        while (line != null && !line.startsWith(start))
        {
            line = lines.readLine();
        }
        assertTrue(line != null, "ended before its time");
    }

    private static Process start(final String... options) throws IOException
    {
        final List<String> main = new ArrayList<>(List.of(Main.class.getName(), "--bench"));
        main.addAll(List.of(options));
        return java(main.toArray(String[]::new));
    }

    private static Process java(final String... main) throws IOException
    {
        final List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(ForkedRunner.flags());
        command.addAll(List.of("-cp", ManagementFactory.getRuntimeMXBean().getClassPath()));
        command.addAll(List.of(main));
        return new ProcessBuilder(command).start();
    }
}
