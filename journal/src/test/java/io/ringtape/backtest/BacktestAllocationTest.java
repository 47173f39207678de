package io.ringtape.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.RunInfo;
import io.ringtape.journal.TapeEnd;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No byte is allocated for an event, an order, an answer or a fill once a backtest is warm. */
@Timeout(120)
final class BacktestAllocationTest
{
    private static final int VENUE_EVENTS = 4_000;
    private static final int ROUNDS = 14;
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @EnumSource
    void shouldAllocateNothingOnceWarm(final QueueModel model)
    {
        final MarketTape market = new MarketTape().clear().random(11, VENUE_EVENTS);
        final LatencyTable table = LatencyTable.of(new int[]{0, LatencyTable.WHOLE}, new long[]{100, 9_000});
        final BacktestConfig config = new BacktestConfig(
            model, LatencyModel.roundTrips(table, 1), FeeSchedule.FREE, 16, 500, 200);
        final BacktestTotals totals = new BacktestTotals(config);
        final BacktestRun run = new BacktestRun(new RunInfo(1, 0, 0, -1, 1), MarketTape.definitions(),
            BacktestHandlers.factory((definitions, books) -> new OpenGate(1_000),
                (definitions) -> new Quoter(2, 20), "test", 1, 16), config, totals, FillListener.NONE);
        final OrderBookEvent event = new OrderBookEvent();
        long least = Long.MAX_VALUE;

        // The first rounds grow queues, books and columns and let the compilers settle; then all do the same work.
        for (int round = 0; round < ROUNDS; round++)
        {
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            feed(run, market, event);
            market.shift(VENUE_EVENTS * 2_000L);
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }

        run.end();
        final BacktestResult result = totals.result(new TapeEnd(TapeEnd.Kind.CLOSED, ""));
        assertTrue(result.counts().fills() > ROUNDS * 100L, () -> "counts=" + result.counts());
        assertEquals(0, least);
    }

    private static void feed(final BacktestRun run, final MarketTape market, final OrderBookEvent event)
    {
        for (int i = 0; i < market.count(); i++)
        {
            run.onEvent(event.wrap(market.buffer(), i * OrderBookEvent.SIZE_BYTES), true);
        }
    }
}
