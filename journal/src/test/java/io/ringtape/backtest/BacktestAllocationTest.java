package io.ringtape.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.RunInfo;
import io.ringtape.journal.TapeEnd;
import io.ringtape.risk.AccountLimits;
import io.ringtape.risk.RiskGate;
import io.ringtape.risk.RiskLimits;
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
    /** All that pass but for the position, which rejects an order now and then. */
    private static final RiskLimits LIMITS = new RiskLimits(1_000, 1L << 60, 20, 20, 10_000, 1L << 60,
        RiskLimits.MAX_MESSAGES, RiskLimits.MAX_MESSAGES, 1L << 60);
    private static final AccountLimits ACCOUNT =
        new AccountLimits(1L << 60, 1L << 60, RiskLimits.MAX_MESSAGES, RiskLimits.MAX_MESSAGES);
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @EnumSource
    void shouldAllocateNothingOnceWarm(final QueueModel model)
    {
        requireNothingAllocated(model, BacktestHandlers.factory((definitions, books) -> new OpenGate(1_000),
            (definitions) -> new Quoter(2, 20), "test", 1, 16));
    }

    @ParameterizedTest
    @EnumSource
    void shouldAllocateNothingOnceWarmBehindTheRiskGate(final QueueModel model)
    {
        final BacktestCounts counts = requireNothingAllocated(model, BacktestHandlers.factory(
            (definitions, books) -> RiskGate.builder(definitions, books::book).venueAnswers()
                .otherLimits((definition) -> LIMITS).otherAccounts(ACCOUNT).build(),
            (definitions) -> new Quoter(2, 20), "test", 1, 16));

        assertTrue(counts.rejected() > ROUNDS, () -> "counts=" + counts);
    }

    private static BacktestCounts requireNothingAllocated(
        final QueueModel model, final BacktestHandlers.Factory handlers)
    {
        final MarketTape market = new MarketTape().clear().random(11, VENUE_EVENTS);
        final LatencyTable table = LatencyTable.of(new int[]{0, LatencyTable.WHOLE}, new long[]{100, 9_000});
        final BacktestConfig config = new BacktestConfig(
            model, LatencyModel.roundTrips(table, 1), FeeSchedule.FREE, 16, 500, 200);
        final BacktestTotals totals = new BacktestTotals(config);
        final BacktestRun run = new BacktestRun(new RunInfo(1, 0, 0, -1, 1), MarketTape.definitions(),
            handlers, config, totals, FillListener.NONE);
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
        return result.counts();
    }

    private static void feed(final BacktestRun run, final MarketTape market, final OrderBookEvent event)
    {
        for (int i = 0; i < market.count(); i++)
        {
            run.onEvent(event.wrap(market.buffer(), i * OrderBookEvent.SIZE_BYTES), true);
        }
    }
}
