package io.ringtape.bench.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.bench.peer.Row;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class ReportTest
{
    private static final Machine MACHINE =
        new Machine("Model 1", 2, "Linux 6", "Vendor 17", List.of("-Xms256m", "-Xmx256m"));
    private static final Row ROW = Fixtures.row(0.9);
    private static final Report REPORT = new Report(new Plan(9, 3, 100, 1000, 0.3, 1), MACHINE, List.of(
        new Outcome(ROW, ROW.peers().get(1), new Statistics.Interval(1.234, 1.1, 12.5), 10.04, 123.4, Verdict.MET,
            7, 2),
        new Outcome(ROW, ROW.peers().get(2), new Statistics.Interval(Double.NaN, Double.NaN, Double.NaN), Double.NaN,
            Double.NaN, Verdict.NOT_MEASURABLE, 7, 2)));

    @Test
    void shouldPrintAnAlignedTable()
    {
        assertEquals("""
            row  ours beside  ours ns  peer ns  ratio   low   high  goal  verdict              kept/dropped
            X1   held            10.0    123.4   1.23  1.10  12.50  0.90  met                           7/2
            X1   lossy              -        -      -     -      -     -  not measurable here           7/2
            """, REPORT.table());
    }

    @Test
    void shouldSayWhereItWasMeasured()
    {
        assertEquals("""
            machine   Model 1, 2 processors, Linux 6, Vendor 17
            flags     -Xms256m -Xmx256m
            plan      rounds=9 forks=3 turnMs=100 warmUpMs=1000 band=0.3

            """, REPORT.heading());
    }

    @Test
    void shouldPrintOneJsonObject()
    {
        assertEquals("{\"machine\":{\"processor\":\"Model 1\",\"processors\":2,\"system\":\"Linux 6\"," +
            "\"jdk\":\"Vendor 17\",\"flags\":\"-Xms256m -Xmx256m\"}," +
            "\"plan\":{\"rounds\":9,\"forks\":3,\"turnMs\":100,\"warmUpMs\":1000,\"band\":0.3,\"seed\":1}," +
            "\"rows\":[" +
            "{\"id\":\"X1\",\"what\":\"nothing\",\"peer\":\"held\",\"oursNs\":10.04,\"peerNs\":123.4," +
            "\"ratio\":1.234,\"low\":1.1,\"high\":12.5,\"goal\":0.9,\"verdict\":\"met\"," +
            "\"keptRounds\":7,\"droppedRounds\":2}," +
            "{\"id\":\"X1\",\"what\":\"nothing\",\"peer\":\"lossy\",\"oursNs\":null,\"peerNs\":null," +
            "\"ratio\":null,\"low\":null,\"high\":null,\"goal\":null,\"verdict\":\"not measurable here\"," +
            "\"keptRounds\":7,\"droppedRounds\":2}]," +
            "\"droppedRounds\":2}", REPORT.json());
    }
}
