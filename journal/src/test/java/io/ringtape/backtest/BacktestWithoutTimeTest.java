package io.ringtape.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.Side;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import io.ringtape.strategy.Strategy;
import java.nio.file.Path;
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

        final BacktestResult result = new Backtest(
            BacktestConfig.of(QueueModel.PESSIMISTIC, LatencyModel.constant(0, 0), FeeSchedule.FREE),
            BacktestHandlers.factory(
                (definitions, books) -> new OpenGate(1_000), (definitions) -> strategy, "test", 1, 16),
            FillListener.NONE).run(Tape.open(directory), TapeRange.ALL, (sequence) ->
            {
            });

        assertEquals(1, result.counts().accepted());
        assertEquals(1, result.counts().fills());
    }
}
