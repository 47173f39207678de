package io.ringtape.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtape.book.OrderBook;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import io.ringtape.order.FeeRate;
import io.ringtape.order.OrderSender;
import io.ringtape.order.Timers;
import io.ringtape.strategy.Strategy;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What ends a backtest, in one line that says at which event of the tape. */
@Timeout(60)
final class BacktestFailureTest
{
    private static final int LVL = MarketTape.BY_PRICE;
    /** Buys each level of the other side, without any limit. */
    private static final Strategy BUYER = (event, book, sender) ->
    {
        if (event.type() == EventType.LEVEL_SET && event.side() == Side.ASK)
        {
            sender.newLimit(LVL, Side.BID, event.price(), event.quantity());
        }
    };

    @TempDir
    private Path parent;

    private Path directory;

    @BeforeEach
    void setUp()
    {
        directory = parent.resolve("tape");
    }

    @Test
    void shouldNameTheEventAtWhichAStrategyFails()
    {
        new MarketTape().level(0, Side.BID, 99, 5).level(5, Side.BID, 99, 6).level(9, Side.BID, 99, 7)
            .record(directory);
        final Strategy strategy = (event, book, sender) ->
        {
            if (event.sequence() == 1)
            {
                throw new IllegalStateException("boom");
            }
        };

        assertEquals("strategy failed: class=" + strategy.getClass().getName() +
            " tapeSequence=1 type=level-set reason=java.lang.IllegalStateException: boom",
            failure(strategy, FeeRate.FREE, 1_000));
    }

    @Test
    void shouldNameTheEventAtWhichAFeeDoesNotFit()
    {
        new MarketTape().level(0, Side.ASK, 101, Long.MAX_VALUE).level(10, Side.BID, 90, 1).record(directory);

        assertEquals("fee does not fit: instrument=LVL price=101 quantity=9223372036854775807 tapeSequence=0",
            failure(BUYER, FeeRate.ofNotional(0, 1_000_000), Long.MAX_VALUE));
    }

    @Test
    void shouldNameTheEventAtWhichAPositionDoesNotFit()
    {
        new MarketTape().level(0, Side.ASK, 101, Long.MAX_VALUE).level(10, Side.ASK, 102, 5).record(directory);

        assertEquals("position does not fit: instrument=LVL price=102 quantity=5 position=9223372036854775807 " +
            "tapeSequence=1", failure(BUYER, FeeRate.FREE, Long.MAX_VALUE));
    }

    @Test
    void shouldStopAStrategyThatAnswersItselfWithoutEnd()
    {
        new MarketTape().level(0, Side.BID, 99, 5).level(5, Side.BID, 99, 6).record(directory);
        final Strategy strategy = (event, book, sender) -> sender.newLimit(LVL, Side.BID, 99, 5_000);

        assertEquals("strategy answers its own events without end: sequence=1048577 tapeSequence=0",
            failure(strategy, FeeRate.FREE, 1_000));
    }

    @Test
    void shouldStopAStrategyWhoseTimersAreAlwaysDue()
    {
        new MarketTape().level(0, Side.BID, 99, 5).level(5, Side.BID, 99, 6).record(directory);

        assertEquals("strategy answers its own events without end: sequence=2097153 tapeSequence=0",
            failure(new Ticker(0), FeeRate.FREE, 1_000));
    }

    @Test
    void shouldLetAStrategyHaveAnyNumberOfTimersInASilence()
    {
        new MarketTape().level(0, Side.BID, 99, 5).level(1_100_000, Side.BID, 99, 6).record(directory);

        final BacktestResult result = backtest(new Ticker(1), FeeRate.FREE, 1_000)
            .run(Tape.open(directory), TapeRange.ALL, (sequence) ->
            {
            });

        assertEquals(1_100_000, result.timers());
    }

    private String failure(final Strategy strategy, final FeeRate fees, final long maxQuantity)
    {
        final Backtest backtest = backtest(strategy, fees, maxQuantity);

        return assertThrows(BacktestException.class,
            () -> backtest.run(Tape.open(directory), TapeRange.ALL, (sequence) ->
            {
            })).getMessage();
    }

    private static Backtest backtest(final Strategy strategy, final FeeRate fees, final long maxQuantity)
    {
        return new Backtest(
            BacktestConfig.of(QueueModel.PESSIMISTIC, LatencyModel.constant(0, 0), FeeSchedule.of(fees)),
            BacktestHandlers.factory(
                (definitions, books) -> new OpenGate(maxQuantity), (definitions) -> strategy, "test", 1, 16),
            FillListener.NONE);
    }

    /** Asks at its first event, and at each timer, for one so many ns on. */
    private static final class Ticker implements Strategy
    {
        private final long stepNs;
        private Timers timers;
        private boolean started;

        Ticker(final long stepNs)
        {
            this.stepNs = stepNs;
        }

        @Override
        public void useTimers(final Timers given)
        {
            timers = given;
        }

        @Override
        public void onEvent(final OrderBookEvent event, final OrderBook book, final OrderSender sender)
        {
            if (!started || event.type() == EventType.TIMER)
            {
                started = true;
                timers.schedule(1, event.receiveTimeNs() + stepNs);
            }
        }
    }
}
