package io.ringtape.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bench.peer.Row;
import io.ringtape.bench.peer.Rows;
import io.ringtape.bench.report.Percentiles;
import io.ringtape.bench.report.Report;
import io.ringtape.bench.rig.Machine;
import io.ringtape.bench.rig.Matrix;
import io.ringtape.bench.rig.Outcome;
import io.ringtape.bench.rig.Plan;
import io.ringtape.bench.rig.Statistics.Interval;
import io.ringtape.bench.rig.Verdict;
import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(10)
final class OutputDirectoryTest
{
    @TempDir
    private Path folder;

    @Test
    void shouldLeaveTheResultAndItsPage() throws IOException
    {
        final Path out = folder.resolve("new/results");
        final OutputDirectory directory = OutputDirectory.prepare(out);
        final Report report = report();

        directory.write(report);

        assertEquals(out.resolve("index.html"), directory.page());
        assertEquals(report.json() + "\n", Files.readString(out.resolve("result.json")));
        assertTrue(Files.readString(directory.page()).startsWith("<!DOCTYPE html>"));
        try (Stream<Path> entries = Files.list(out))
        {
            assertEquals(List.of("histograms", "index.html", "result.json"),
                entries.map((entry) -> entry.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void shouldWriteThePercentilesOfTheHistograms() throws IOException
    {
        final Path out = folder.resolve("results");
        final OutputDirectory directory = OutputDirectory.prepare(out);
        final Histogram latencies = new Histogram(3);
        latencies.recordValue(250);
        try (PrintStream to = new PrintStream(Files.newOutputStream(out.resolve("histograms/T1-1-disruptor.hlog")),
            false, StandardCharsets.UTF_8))
        {
            new HistogramLogWriter(to).outputIntervalHistogram(latencies);
        }

        final Report written = directory.write(report());

        assertEquals(List.of(new Percentiles("T1", 1, 250, 250, 250, 250)), written.percentiles());
        assertEquals(written.json() + "\n", Files.readString(out.resolve("result.json")));
    }

    @Test
    void shouldTakeADirectoryThatIsEmpty() throws IOException
    {
        final Path out = Files.createDirectory(folder.resolve("empty"));

        OutputDirectory.prepare(out);

        assertTrue(Files.isDirectory(out.resolve("histograms")));
    }

    @Test
    void shouldRefuseADirectoryThatHoldsSomething() throws IOException
    {
        final Path out = Files.createDirectory(folder.resolve("full"));
        Files.writeString(out.resolve("result.json"), "{}");

        assertRefused("output directory is not empty: out=" + out, out);
        assertEquals("{}", Files.readString(out.resolve("result.json")));
    }

    @Test
    void shouldRefuseAFile() throws IOException
    {
        final Path out = Files.writeString(folder.resolve("file"), "");

        assertRefused("output is not a directory: out=" + out, out);
    }

    @Test
    void shouldRefuseWhereNoDirectoryCanBeMade() throws IOException
    {
        final Path out = Files.writeString(folder.resolve("file"), "").resolve("results");

        assertRefused("output directory cannot be made or written to: out=" + out, out);
    }

    private static void assertRefused(final String message, final Path out)
    {
        final CommandException refusal = assertThrows(CommandException.class, () -> OutputDirectory.prepare(out));

        assertEquals(message, refusal.getMessage());
        assertEquals(ExitCode.CANNOT_CREATE, refusal.exitCode());
    }

    private static Report report()
    {
        final Row row = Rows.named("T1");
        final Interval one = new Interval(1, 1, 1);
        return new Report(Plan.QUICK, new Machine("Model", 2, 8L << 30, "Linux", "ext4", "Vendor 17", List.of()),
            Instant.parse("2026-11-26T20:15:30Z"), "ringtape bench",
            new Matrix.Measured(
                List.of(new Outcome(row, row.peers().get(1), one, 1, 1, Verdict.MET, 9, 0, "")), List.of(), ""));
    }
}
