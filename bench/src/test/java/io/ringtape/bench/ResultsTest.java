package io.ringtape.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.bench.peer.Row;
import io.ringtape.bench.report.Report;
import io.ringtape.bench.rig.Fixtures;
import io.ringtape.bench.rig.Machine;
import io.ringtape.bench.rig.Matrix;
import io.ringtape.bench.rig.Outcome;
import io.ringtape.bench.rig.Plan;
import io.ringtape.bench.rig.Statistics.Interval;
import io.ringtape.bench.rig.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(10)
final class ResultsTest
{
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

    @Test
    void shouldSayAndWriteEachRowAsItEnds() throws IOException
    {
        final Path out = folder.resolve("out");
        final Results results = new Results(ResultsTest::report, Optional.of(OutputDirectory.prepare(out)),
            new PrintStream(progress, true, StandardCharsets.UTF_8));
        final Outcome first = outcome(Fixtures.row(0.9), 1);
        final Outcome second = outcome(Fixtures.row(0.9), 2);

        assertEquals(Optional.empty(), results.report());
        results.onRow(new Matrix.Measured(List.of(first), List.of(), "1 of 2 rows"));

        assertEquals("  X1 beside held: speed 1.00 (1.00 to 1.00), goal >= 0.90, met\n", said());
        assertEquals(results.report().orElseThrow().json() + "\n", Files.readString(out.resolve("result.json")));
        assertEquals("incomplete: 1 of 2 rows", results.report().orElseThrow().incomplete());

        results.onRow(new Matrix.Measured(List.of(first, second), List.of(), ""));

        assertEquals("  X1 beside lossy: speed 1.00 (1.00 to 1.00), goal -, met\n", said());
        assertEquals(results.report().orElseThrow().json() + "\n", Files.readString(out.resolve("result.json")));
        assertEquals("", results.report().orElseThrow().incomplete());
    }

    private String said()
    {
        final String text = progress.toString(StandardCharsets.UTF_8);
        progress.reset();
        return text;
    }

    private static Outcome outcome(final Row row, final int peer)
    {
        return new Outcome(row, row.peers().get(peer), new Interval(1, 1, 1), 1, 1, Verdict.MET, 9, 0, "");
    }

    private static Report report(final Matrix.Measured measured)
    {
        return new Report(Plan.QUICK, new Machine("Model", 2, 8L << 30, "Linux", "ext4", "Vendor 17", List.of()),
            Instant.parse("2026-11-26T20:15:30Z"), "ringtape bench", measured);
    }
}
