package io.ringtape.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LatencyTest
{
    private static final List<String> LINES = List.of("0 100", "50 200", "99.9 1200", "100 5000");

    @Test
    void shouldReadAndWriteATable()
    {
        final LatencyTable table = LatencyTable.parse(List.of("# made here", "", "0 100", " 50.0  200", "99.9 1200",
            "100 5000"));

        assertEquals(LINES, table.lines());
        assertEquals(table, LatencyTable.parse(table.lines()));
    }

    @Test
    void shouldGoInAStraightLineBetweenTwoRows()
    {
        final LatencyTable table = LatencyTable.parse(LINES);

        assertEquals(100, table.at(0));
        assertEquals(150, table.at(250_000));
        assertEquals(200, table.at(500_000));
        assertEquals(1200, table.at(999_000));
        assertEquals(3100, table.at(999_500));
        assertEquals(5000, table.at(LatencyTable.WHOLE));
    }

    @Test
    void shouldRefuseLinesThatAreNoTable()
    {
        assertEquals("line is not a percent and whole nanoseconds: line=2 text=50 1.5",
            refusal(List.of("0 1", "50 1.5")));
        assertEquals("line is not a percent and whole nanoseconds: line=1 text=0", refusal(List.of("0")));
        assertEquals("latency table needs two rows or more, each with a value: shares=1 values=1",
            refusal(List.of("0 1")));
        assertEquals("latency table must ascend from 0 to 100 percent, 0 to 3600000000000 ns: row=1 percent=5 ns=1",
            refusal(List.of("5 1", "100 1")));
        assertEquals("latency table must ascend from 0 to 100 percent, 0 to 3600000000000 ns: row=2 percent=99.5 ns=1",
            refusal(List.of("0 1", "99.5 1")));
        assertEquals("latency table must ascend from 0 to 100 percent, 0 to 3600000000000 ns: row=2 percent=50 ns=1",
            refusal(List.of("0 2", "50 1", "100 3")));
        assertEquals(
            "latency table must ascend from 0 to 100 percent, 0 to 3600000000000 ns: row=2 percent=100 " +
                "ns=3600000000001", refusal(List.of("0 2", "100 3600000000001")));
    }

    @Test
    void shouldDrawTheSameForTheSameSeedAndNumber()
    {
        final LatencyTable table = LatencyTable.parse(LINES);
        final LatencyModel one = LatencyModel.tables(table, table, 5);
        final LatencyModel other = LatencyModel.tables(table, table, 6);
        int equal = 0;

        for (int i = 0; i < 1_000; i++)
        {
            assertEquals(one.toVenueNs(i), LatencyModel.tables(table, table, 5).toVenueNs(i));
            equal += one.toVenueNs(i) == other.toVenueNs(i) || one.toVenueNs(i) == one.fromVenueNs(i) ? 1 : 0;
        }

        assertTrue(equal < 50, "equal=" + equal);
    }

    @Test
    void shouldDrawByTheTable()
    {
        final LatencyModel model = LatencyModel.tables(LatencyTable.parse(LINES), LatencyTable.parse(LINES), 9);
        int below = 0;
        int far = 0;

        for (int i = 0; i < 100_000; i++)
        {
            below += model.toVenueNs(i) < 200 ? 1 : 0;
            far += model.fromVenueNs(i) >= 1_200 ? 1 : 0;
        }

        assertTrue(below > 49_000 && below < 51_000, "below=" + below);
        assertTrue(far > 50 && far < 150, "far=" + far);
    }

    @Test
    void shouldHalveRoundTrips()
    {
        final LatencyModel model = LatencyModel.roundTrips(LatencyTable.parse(List.of("0 7", "100 7")), 1);

        assertEquals(3, model.toVenueNs(0));
        assertEquals(4, model.fromVenueNs(0));
    }

    @Test
    void shouldSayWhatItIs()
    {
        final LatencyTable table = LatencyTable.parse(LINES);

        assertEquals("constant: 5 ns to the venue, 6 ns back", LatencyModel.constant(5, 6).describe());
        assertEquals("round trips, half each way: ns p0=100 p50=200 p99=1181 p100=5000, seed 3",
            LatencyModel.roundTrips(table, 3).describe());
        assertEquals("tables: ns to the venue p0=100 p50=200 p99=1181 p100=5000, back p0=100 p50=200 p99=1181 " +
            "p100=5000, seed 3", LatencyModel.tables(table, table, 3).describe());
    }

    private static String refusal(final List<String> lines)
    {
        return assertThrows(IllegalArgumentException.class, () -> LatencyTable.parse(lines)).getMessage();
    }
}
