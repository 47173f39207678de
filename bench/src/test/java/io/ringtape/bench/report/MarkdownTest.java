package io.ringtape.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bench.peer.Measure;
import io.ringtape.bench.peer.Row;
import io.ringtape.bench.rig.Costs;
import io.ringtape.bench.rig.Fixtures;
import io.ringtape.bench.rig.Machine;
import io.ringtape.bench.rig.Matrix;
import io.ringtape.bench.rig.Outcome;
import io.ringtape.bench.rig.Plan;
import io.ringtape.bench.rig.Statistics.Interval;
import io.ringtape.bench.rig.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(10)
final class MarkdownTest
{
    private static final Interval NOTHING = new Interval(Double.NaN, Double.NaN, Double.NaN);
    private static final String ORIGIN = "2026-11-26T20:15:30Z, Vendor 17, Model 1, 2 processors, 8.0 GiB of memory, " +
        "Linux 6, tapes on ext4, `ringtape bench --out results`: ";
    private static final Row SPEED = Fixtures.row(0.9);
    private static final Row COST = named("X3", Fixtures.row(Measure.COST, 1.5));
    private static final Row ALONE = Fixtures.alone(Measure.SPEED, 60, 1);
    private static final Row STEPS = named("X4S", Fixtures.row(Measure.STEP, Row.NO_GOAL));

    @TempDir
    private Path folder;

    @Test
    void shouldPrintTheTableOfAPage() throws IOException
    {
        final Path file = write("", List.of(),
            new Outcome(SPEED, SPEED.peers().get(1), new Interval(1.234, 1.1, 12.34), 10.04, 123.4, Verdict.MET, 7, 2,
                ""),
            new Outcome(SPEED, SPEED.peers().get(2), new Interval(0.0123, 0.00021, 0.1), 10.04, 2, Verdict.SHOWN, 7, 2,
                ""),
            new Outcome(ALONE, ALONE.peers().get(0), new Interval(272_952.4, 99.94, 130), 61, 60, Verdict.MISSED, 9, 0,
                ""),
            new Outcome(ALONE, ALONE.peers().get(1), new Interval(0.69, 0.68, 0.7), 61, 60, Verdict.SHOWN, 9, 0, ""),
            new Outcome(COST, COST.peers().get(1), NOTHING, Double.NaN, Double.NaN, Verdict.NOT_MEASURABLE, 0, 1,
                "too few processors: processors=2 needed=4"),
            new Outcome(COST, COST.peers().get(2), NOTHING, Double.NaN, Double.NaN, Verdict.NOT_MEASURABLE, 0, 1,
                "too few processors: processors=2 needed=4"));

        assertEquals(ORIGIN + """
            3 rows, 3 rounds dropped.

            | row | ours | beside | ratio (95 %) | goal |
            |---|---|---|---|---|
            | **X1** nothing; speed | 10.0 ns | held | 1.23 (1.10 to 12.3) | >= 0.9, met |
            |  |  | lossy | 0.012 (0.0002 to 0.10) |  |
            | **X2** nothing; time |  | ours | 272,952 ns (99.9 to 130) | <= 60, **missed** |
            |  |  | speed beside other | 0.69 (0.68 to 0.70) |  |
            | **X3** nothing; cost |  | not measurable here: too few processors: processors=2 needed=4 |  |  |
            """, Markdown.of(file));
    }

    @Test
    void shouldPrintATableOfItsOwnForTheStagesOfARow() throws IOException
    {
        final Path file = write("1 of 2 rows", List.of(),
            new Outcome(STEPS, STEPS.peers().get(0), new Interval(4, 3.9, 4.1), 4, 60, Verdict.SHOWN, 9, 0, ""),
            new Outcome(STEPS, STEPS.peers().get(1), new Interval(2.5, 2, 3), 6.4, 4, Verdict.SHOWN, 9, 0, ""),
            new Outcome(STEPS, STEPS.peers().get(2), new Interval(-1.5, -2, 0.05), 5, 6.4, Verdict.SHOWN, 9, 0, ""));

        assertEquals(ORIGIN + """
            1 row, 0 rounds dropped, incomplete: 1 of 2 rows.

            X4S, nothing:

            | stage | with all before it | adds (95 %) |
            |---|---|---|
            | ours | 4.00 ns | 4.00 ns (3.90 to 4.10) |
            | held | 6.40 ns | 2.50 ns (2.00 to 3.00) |
            | lossy | 5.00 ns | -1.50 ns (-2.00 to 0.050) |
            """, Markdown.of(file));
    }

    @Test
    void shouldPrintThePercentilesOfEachPeer() throws IOException
    {
        final Path file = write("", List.of(
            new Percentiles("X1", 0, 144, 200, 1_234, 56_789), new Percentiles("X1", 2, 1, 2, 3, 4)));

        assertTrue(Markdown.of(file).endsWith("""
            : 0 rows, 0 rounds dropped.

            | row | peer | p50 | p90 | p99 | p99.9 |
            |---|---|---|---|---|---|
            | X1 | ours | 144 ns | 200 ns | 1,234 ns | 56,789 ns |
            | X1 | lossy | 1 ns | 2 ns | 3 ns | 4 ns |
            """), Markdown.of(file));
    }

    private Path write(final String incomplete, final List<Percentiles> percentiles, final Outcome... outcomes)
        throws IOException
    {
        final Report report = new Report(new Plan(9, 3, 100, 1000, 0.3, 1),
            new Machine("Model 1", 2, 8L << 30, "Linux 6", "ext4", "Vendor 17", List.of("-Xmx256m")),
            Instant.parse("2026-11-26T20:15:30Z"), "ringtape bench --out results",
            new Matrix.Measured(List.of(outcomes), List.of(new Costs(SPEED, List.of(new Interval(1, 1, 1)))),
                incomplete)).with(percentiles);
        return Files.writeString(folder.resolve("result.json"), report.json());
    }

    private static Row named(final String id, final Row row)
    {
        return new Row(id, row.what(), row.measure(), row.processors(), row.events(), row.peers());
    }
}
