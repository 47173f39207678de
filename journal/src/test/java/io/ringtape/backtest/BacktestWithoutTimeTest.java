package io.ringtape.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.Side;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import io.ringtape.strategy.Strategy;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is done ahead of the first event with a good time. */
@Timeout(60)
final class BacktestWithoutTimeTest
{
    @TempDir
    private Path parent;

    @Test
    void shouldLetAnOrderArriveThoughATimerWaits()
    {
        final Path directory = parent.resolve("tape");
        final MarketTape tape = new MarketTape();
        tape.at(0).instrumentId(MarketTape.BY_PRICE).type(EventType.LEVEL_SET).price(101).quantity(5)
            .flags(Side.ASK | EventFlags.LAST | EventFlags.BAD_TIME);
        tape.level(100, Side.BID, 99, 5).record(directory);
        final Strategy strategy = new TimerStrategy((event, book, sender) ->
        {
            if (event.type() == EventType.LEVEL_SET && event.price() == 101)
            {
                sender.newLimit(MarketTape.BY_PRICE, Side.BID, 101, 2);
            }
        });

        final BacktestResult result = run(directory, strategy);

        assertEquals(1, result.counts().accepted());
        assertEquals(1, result.counts().fills());
    }

    @Test
    void shouldHaveNoPlaceInAChartForAFillAheadOfTheFirstGoodTime()
    {
        final Path directory = parent.resolve("tape");
        final MarketTape tape = new MarketTape();
        for (int quantity = 5; quantity <= 6; quantity++)
        {
            tape.at(3_600_000_000_000L).instrumentId(MarketTape.BY_PRICE).type(EventType.LEVEL_SET).price(101)
                .quantity(quantity).flags(Side.ASK | EventFlags.LAST | EventFlags.BAD_TIME);
        }
        tape.record(directory);
        tape.level(100, Side.BID, 99, 5).level(200, Side.BID, 99, 6).record(directory);

        final BacktestResult result = run(directory, (event, book, sender) ->
        {
            if (event.type() == EventType.LEVEL_SET && event.price() == 101 && event.quantity() == 5)
            {
                sender.newLimit(MarketTape.BY_PRICE, Side.BID, 101, 2);
            }
        });

        // The first run has no good time at all, the second has one behind its fill.
        assertEquals(2, result.counts().fills());
        assertEquals(List.of(), result.instruments().get(0).chart());
        assertEquals(List.of(MarketTape.START_NS + 100, MarketTape.START_NS + 200),
            result.instruments().get(1).chart().stream().map(InstrumentResult.MarkPoint::timeNs).toList());
        assertEquals(List.of(), result.instruments().get(1).chartFills());
        assertEquals(1, result.spans().size());
    }

    private static BacktestResult run(final Path directory, final Strategy strategy)
    {
        return new Backtest(
            BacktestConfig.of(QueueModel.PESSIMISTIC, LatencyModel.constant(0, 0), FeeSchedule.FREE),
            BacktestHandlers.factory(
                (definitions, books) -> new OpenGate(1_000), (definitions) -> strategy, "test", 1, 16),
            FillListener.NONE).run(Tape.open(directory), TapeRange.ALL, (sequence) ->
            {
            });
    }
}
