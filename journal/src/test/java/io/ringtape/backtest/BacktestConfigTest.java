package io.ringtape.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtape.event.BookKind;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.order.FeeRate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class BacktestConfigTest
{
    private static final LatencyModel LATENCY = LatencyModel.constant(1, 2);

    @Test
    void shouldRefuseFieldsOutOfRange()
    {
        assertEquals("timers must be 1 to 4096: timers=0", refusal(0, 2, 0));
        assertEquals("chartPoints must be 2 to 1000000: chartPoints=1", refusal(1, 1, 0));
        assertEquals("chartFills must be 0 to 10000000: chartFills=-1", refusal(1, 2, -1));
    }

    @Test
    void shouldNameQueueModels()
    {
        assertEquals(QueueModel.PESSIMISTIC, QueueModel.ofText("pessimistic"));
        assertEquals(QueueModel.EXACT_BY_ORDER_ID, QueueModel.ofText("exact-by-order-id"));
        assertEquals("queue model must be pessimistic or exact-by-order-id: queueModel=exact",
            assertThrows(IllegalArgumentException.class, () -> QueueModel.ofText("exact")).getMessage());
    }

    @Test
    void shouldFindTheRateOfAnInstrument()
    {
        final FeeRate own = new FeeRate(-20, 50, 1, 3_000_000);
        final FeeSchedule fees = new FeeSchedule(FeeRate.ofUnits(-2_500_000, 0), Map.of("B", FeeRate.FREE, "A", own));

        assertEquals(own, fees.rate(instrument("A")));
        assertEquals(FeeRate.ofUnits(-2_500_000, 0), fees.rate(instrument("C")));
        assertEquals("A: maker -20 ppm, taker 50 ppm, maker 0.000000001 a unit, taker 0.003 a unit; B: none; " +
            "others: maker -0.0025 a unit, taker 0 a unit", fees.describe());
        assertEquals("A: maker -20 ppm, taker 50 ppm, maker 0.000000001 a unit, taker 0.003 a unit; others: none",
            new FeeSchedule(FeeRate.FREE, Map.of("A", own)).describe());
        assertEquals("none", FeeSchedule.FREE.describe());
    }

    @Test
    void shouldNameRejectsOfTheVenue()
    {
        final List<String> names = List.of("venue:unknown-instrument", "venue:bad-fields", "venue:not-supported",
            "venue:duplicate-id", "venue:would-take", "venue:unknown(6)");

        for (int code = 1; code <= names.size(); code++)
        {
            assertEquals(names.get(code - 1), VenueReason.rejectText(code));
        }
    }

    private static String refusal(final int timers, final int chartPoints, final int chartFills)
    {
        return assertThrows(IllegalArgumentException.class, () -> new BacktestConfig(
            QueueModel.PESSIMISTIC, LATENCY, FeeSchedule.FREE, timers, chartPoints, chartFills)).getMessage();
    }

    private static InstrumentDefinition instrument(final String symbol)
    {
        return new InstrumentDefinition(0, symbol, 0, -9, 0, BookKind.MBP, 0, 0, 0, 1);
    }
}
