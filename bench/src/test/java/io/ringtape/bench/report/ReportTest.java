package io.ringtape.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bench.peer.Measure;
import io.ringtape.bench.peer.Row;
import io.ringtape.bench.peer.Rows;
import io.ringtape.bench.rig.Costs;
import io.ringtape.bench.rig.Fixtures;
import io.ringtape.bench.rig.Machine;
import io.ringtape.bench.rig.Matrix;
import io.ringtape.bench.rig.Outcome;
import io.ringtape.bench.rig.Plan;
import io.ringtape.bench.rig.Statistics.Interval;
import io.ringtape.bench.rig.Verdict;
import java.time.Instant;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class ReportTest
{
    private static final Machine MACHINE =
        new Machine("Model 1", 2, 8L << 30, "Linux 6", "ext4", "Vendor 17", List.of("-Xms256m", "-Xmx256m"));
    private static final Row ROW = Fixtures.row(0.9);
    private static final Row COST = Fixtures.row(Measure.COST, 1.1);
    private static final Row ALONE = Fixtures.alone(Measure.SPEED, 60, 1);
    private static final Interval NOTHING = new Interval(Double.NaN, Double.NaN, Double.NaN);
    private static final Report REPORT = new Report(new Plan(9, 3, 100, 1000, 0.3, 1), MACHINE,
        Instant.parse("2026-11-26T20:15:30Z"), "ringtape bench --quick", new Matrix.Measured(List.of(
            new Outcome(ROW, ROW.peers().get(1), new Interval(1.234, 1.1, 2.5), 10.04, 123.4, Verdict.MET, 7, 2, ""),
            new Outcome(COST, COST.peers().get(1), new Interval(1, 0.95, 1.2), 12, 12, Verdict.MISSED, 7, 2, ""),
            new Outcome(ROW, ROW.peers().get(2), NOTHING, Double.NaN, Double.NaN, Verdict.NOT_MEASURABLE, 7, 2,
                "no rounds")),
        List.of(new Costs(ROW, List.of(new Interval(10.04, 9, 11))), new Costs(Rows.named("R4G"), List.of())), ""));

    @Test
    void shouldPrintAnAlignedTable()
    {
        assertEquals("""
            row  ours beside  ours   peer  unit  compared  ratio   low  high     goal  verdict              kept/dropped
            X1   held         10.0  123.4  ns    speed      1.23  1.10  2.50  >= 0.90  met                           7/2
            X1   held         12.0   12.0  ns    cost       1.00  0.95  1.20  <= 1.10  missed                        7/2
            X1   lossy           -      -  ns    speed         -     -     -        -  not measurable here           7/2
            X1 is not measurable here: no rounds
            """, REPORT.table());
    }

    @Test
    void shouldPrintATimeAloneBesideTheCanary()
    {
        final Report report = new Report(REPORT.plan(), MACHINE, REPORT.date(), REPORT.command(),
            new Matrix.Measured(List.of(new Outcome(ALONE, ALONE.peers().get(0), new Interval(42, 41, 43.5), 42, 60.5,
                Verdict.MET, 9, 0, "")), List.of(), ""));

        assertEquals("""
            row  ours beside  ours  peer  unit  compared  ratio    low   high      goal  verdict  kept/dropped
            X2   ours         42.0  60.5  ns    time      42.00  41.00  43.50  <= 60.00  met               9/0
            """, report.table());
    }

    @Test
    void shouldSayWhereItWasMeasured()
    {
        assertEquals("""
            command   ringtape bench --quick
            date      2026-11-26T20:15:30Z
            machine   Model 1, 2 processors, 8.0 GiB of memory, Linux 6, tapes on ext4, Vendor 17
            flags     -Xms256m -Xmx256m
            plan      rounds=9 forks=3 turnMs=100 warmUpMs=1000 band=0.3

            """, REPORT.heading());
    }

    @Test
    void shouldPrintNullForMemoryThatIsNotKnown()
    {
        final Report report = new Report(REPORT.plan(),
            new Machine("Model 1", 2, Machine.UNKNOWN_BYTES, "Linux 6", Machine.UNKNOWN, "Vendor 17", List.of()),
            REPORT.date(), REPORT.command(), REPORT.measured());

        assertTrue(report.json().contains("\"memoryBytes\":null,\"system\":\"Linux 6\",\"fileSystem\":\"unknown\"}"),
            report.json());
        assertTrue(report.heading().contains(
            "Model 1, 2 processors, memory unknown, Linux 6, tapes on an unknown file system, Vendor 17\n"),
            report.heading());
    }

    @Test
    void shouldPrintOneJsonObject()
    {
        assertEquals("{\"date\":\"2026-11-26T20:15:30Z\",\"command\":\"ringtape bench --quick\"," +
            "\"incomplete\":null,\"jdk\":\"Vendor 17\",\"flags\":\"-Xms256m -Xmx256m\"," +
            "\"machine\":{\"processor\":\"Model 1\",\"processors\":2,\"memoryBytes\":8589934592," +
            "\"system\":\"Linux 6\",\"fileSystem\":\"ext4\"}," +
            "\"plan\":{\"rounds\":9,\"forks\":3,\"turnMs\":100,\"warmUpMs\":1000,\"band\":0.3,\"seed\":1}," +
            "\"rows\":[" +
            "{\"id\":\"X1\",\"what\":\"nothing\",\"peer\":\"held\",\"compared\":\"speed\"," +
            "\"unit\":\"ns\",\"ours\":10.04,\"theirs\":123.4," +
            "\"ratio\":1.234,\"low\":1.1,\"high\":2.5,\"goal\":0.9,\"goalRelation\":\">=\",\"verdict\":\"met\"," +
            "\"keptRounds\":7,\"droppedRounds\":2}," +
            "{\"id\":\"X1\",\"what\":\"nothing\",\"peer\":\"held\",\"compared\":\"cost\"," +
            "\"unit\":\"ns\",\"ours\":12.0,\"theirs\":12.0," +
            "\"ratio\":1.0,\"low\":0.95,\"high\":1.2,\"goal\":1.1,\"goalRelation\":\"<=\"," +
            "\"verdict\":\"missed\",\"keptRounds\":7,\"droppedRounds\":2}," +
            "{\"id\":\"X1\",\"what\":\"nothing\",\"peer\":\"lossy\",\"compared\":\"speed\"," +
            "\"unit\":\"ns\",\"ours\":null,\"theirs\":null," +
            "\"ratio\":null,\"low\":null,\"high\":null,\"goal\":null,\"goalRelation\":\">=\"," +
            "\"verdict\":\"not measurable here\",\"reason\":\"no rounds\"," +
            "\"keptRounds\":7,\"droppedRounds\":2}]," +
            "\"costs\":[{\"id\":\"X1\",\"unit\":\"ns\"," +
            "\"peers\":[{\"peer\":\"ours\",\"perEvent\":10.04,\"low\":9.0,\"high\":11.0}]}," +
            "{\"id\":\"R4G\",\"unit\":\"ns\",\"family\":\"tape to events, 64 a block\",\"size\":4.0," +
            "\"sizeUnit\":\"GiB of tape\",\"peers\":[]}]," +
            "\"droppedRounds\":2}", REPORT.json());
    }

    @Test
    void shouldSayThePercentilesOfEachPeerUnderItsRow()
    {
        final Histogram latencies = new Histogram(3);
        for (int ns = 1; ns <= 1_000; ns++)
        {
            latencies.recordValue(ns);
        }
        final Report report = REPORT.with(
            List.of(Percentiles.of("X1", 0, latencies), new Percentiles("X1", 2, 1, 2, 3, 4)));

        final List<String> lines = report.table().lines().toList();

        assertEquals(List.of("     ours: p50 500 ns, p90 900 ns, p99 990 ns, p99.9 999 ns",
            "     lossy: p50 1 ns, p90 2 ns, p99 3 ns, p99.9 4 ns",
            "X1 is not measurable here: no rounds"), lines.subList(4, lines.size()));
        assertTrue(report.json().contains("\"high\":11.0}]," +
            "\"percentilesNs\":{\"ours\":{\"p50\":500,\"p90\":900,\"p99\":990,\"p99.9\":999}," +
            "\"lossy\":{\"p50\":1,\"p90\":2,\"p99\":3,\"p99.9\":4}}}"), report.json());
    }

    @Test
    void shouldCountItsVerdicts()
    {
        assertEquals("1 met, 1 missed, 1 not measurable here, 0 shown; 2 rounds dropped\n", REPORT.summary());
    }

    @Test
    void shouldSayHowMuchOfTheRunItIs()
    {
        final Report part = new Report(REPORT.plan(), MACHINE, REPORT.date(), REPORT.command(),
            new Matrix.Measured(REPORT.outcomes(), REPORT.costs(), "2 of 5 rows and 7 rounds of J1"));

        assertEquals("""
            incomplete: 2 of 5 rows and 7 rounds of J1
            1 met, 1 missed, 1 not measurable here, 0 shown; 2 rounds dropped
            """, part.summary());
        assertTrue(part.json().contains("\"incomplete\":\"2 of 5 rows and 7 rounds of J1\","), part.json());
    }

    @Test
    void shouldSayWhatCameOfARowInALine()
    {
        assertEquals("X1 beside held: speed 1.23 (1.10 to 2.50), goal >= 0.90, met",
            Report.line(REPORT.outcomes().get(0)));
        assertEquals("X1 beside lossy: speed -, goal -, not measurable here", Report.line(REPORT.outcomes().get(2)));
    }
}
