package io.ringtape.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.event.EventType;
import io.ringtape.event.Side;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nothing of the strategy's stands between the events of one venue event, as on a ring. */
@Timeout(60)
final class BacktestVenueEventTest
{
    @TempDir
    private Path parent;

    @Test
    void shouldLetAnOrderOutBehindTheVenueEventThatHasAHeartbeatInside()
    {
        final Path directory = parent.resolve("tape");
        final MarketTape tape = new MarketTape().level(0, Side.BID, 99, 5);
        tape.at(1).instrumentId(MarketTape.BY_PRICE).type(EventType.LEVEL_SET).flags(Side.ASK).price(101).quantity(5);
        tape.at(1).instrumentId(MarketTape.BY_PRICE).type(EventType.HEARTBEAT);
        tape.level(1, Side.ASK, 101, 0);
        tape.at(5).type(EventType.HEARTBEAT);
        tape.record(directory);
        final List<String> log = new ArrayList<>();

        new Backtest(
            BacktestConfig.of(QueueModel.PESSIMISTIC, LatencyModel.constant(0, 0), FeeSchedule.FREE),
            BacktestHandlers.factory((definitions, books) -> new OpenGate(1_000),
                (definitions) -> (event, book, sender) ->
                {
                    log.add(EventType.name(event.type()));
                    if (event.type() == EventType.HEARTBEAT)
                    {
                        sender.newLimit(MarketTape.BY_PRICE, Side.BID, 101, 1);
                    }
                }, "test", 1, 16),
            FillListener.NONE).run(Tape.open(directory), TapeRange.ALL, (sequence) ->
            {
            });

        assertEquals(List.of("level-set", "level-set", "heartbeat", "level-set", "own-new", "detail", "own-accepted",
            "heartbeat", "own-new", "detail", "own-accepted"), log);
    }
}
