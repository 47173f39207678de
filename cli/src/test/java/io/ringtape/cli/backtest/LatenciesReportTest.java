package io.ringtape.cli.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.backtest.LatencyTable;
import io.ringtape.backtest.OrderLatencies;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class LatenciesReportTest
{
    @Test
    void shouldWarnOnlyWhereEveryRoundTripIsNothing()
    {
        assertTrue(warning(0).startsWith("all round trips are 0 ns: "), warning(0));
        assertEquals("", warning(1));
    }

    private static String warning(final long longestNs)
    {
        final LatencyTable table = LatencyTable.of(new int[] {0, LatencyTable.WHOLE}, new long[] {0, longestNs});
        return new LatenciesReport(new OrderLatencies(1, 0, Optional.of(table)), table, Optional.empty()).warning();
    }
}
