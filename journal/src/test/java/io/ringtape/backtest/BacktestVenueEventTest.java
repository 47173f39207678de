package io.ringtape.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.Side;
import io.ringtape.event.VenueEvents;
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
        tape.at(5).type(EventType.HEARTBEAT).sourceSequence(VenueEvents.WRITERS_HEARTBEAT);
        tape.record(directory);

        final List<String> log = run(directory, TapeRange.ALL);

        assertEquals(List.of("level-set", "level-set", "heartbeat", "level-set", "own-new", "detail", "own-accepted",
            "heartbeat", "own-new", "detail", "own-accepted"), log);
    }

    @Test
    void shouldLetAnOrderOutBehindTheVenueEventThatBeginsWithAHeartbeat()
    {
        final Path directory = parent.resolve("tape");
        final MarketTape tape = new MarketTape().level(0, Side.BID, 99, 5);
        tape.at(1).instrumentId(MarketTape.BY_PRICE).type(EventType.HEARTBEAT);
        tape.level(1, Side.ASK, 101, 5).level(2, Side.ASK, 101, 4).record(directory);

        final List<String> log = run(directory, TapeRange.ALL);

        assertEquals(List.of("level-set", "heartbeat", "level-set", "own-new", "detail", "own-accepted", "own-fill",
            "detail", "level-set"), log);
    }

    @Test
    void shouldLetNoOrderOutWhereTheRangeEndsInsideOfAVenueEvent()
    {
        final Path directory = parent.resolve("tape");
        final MarketTape tape = new MarketTape().level(0, Side.BID, 99, 5);
        tape.at(1).instrumentId(MarketTape.BY_PRICE).type(EventType.HEARTBEAT);
        tape.level(1, Side.ASK, 101, 5).record(directory);

        assertEquals(List.of("level-set", "heartbeat"), run(directory, TapeRange.sequences(0, 1)));
    }

    @Test
    void shouldLetAnOrderOutBehindTheDetailOfTheVenueEvent()
    {
        final Path directory = parent.resolve("tape");
        final MarketTape tape = new MarketTape().level(0, Side.BID, 99, 5);
        tape.at(1).instrumentId(MarketTape.BY_PRICE).type(EventType.HEARTBEAT).flags(EventFlags.LAST);
        detail(tape);
        tape.level(2, Side.ASK, 102, 5).record(directory);

        final List<String> log = run(directory, TapeRange.ALL);

        assertEquals(List.of("level-set", "heartbeat", "detail", "own-new", "detail", "own-accepted", "level-set"),
            log);
    }

    @Test
    void shouldLetAnAnswerInBehindTheDetailOfTheVenueEvent()
    {
        final Path directory = parent.resolve("tape");
        final MarketTape tape = new MarketTape();
        tape.at(0).instrumentId(MarketTape.BY_PRICE).type(EventType.HEARTBEAT).flags(EventFlags.LAST);
        tape.level(1, Side.ASK, 101, 5);
        detail(tape);
        tape.level(2, Side.ASK, 101, 4).record(directory);

        final List<String> log = run(directory, TapeRange.ALL);

        assertEquals(List.of("heartbeat", "own-new", "detail", "own-accepted", "level-set", "detail", "own-fill",
            "detail", "level-set"), log);
    }

    @Test
    void shouldLetAnOrderOutBehindTheVenueEventInsideOfWhichTheRangeStarts()
    {
        final Path directory = parent.resolve("tape");
        final MarketTape tape = new MarketTape();
        tape.at(0).instrumentId(MarketTape.BY_PRICE).type(EventType.LEVEL_SET).flags(Side.BID).price(99).quantity(5);
        tape.at(0).instrumentId(MarketTape.BY_PRICE).type(EventType.HEARTBEAT).sourceSequence(
            VenueEvents.WRITERS_HEARTBEAT);
        tape.level(0, Side.ASK, 101, 5).level(1, Side.ASK, 101, 4).record(directory);

        assertEquals(
            List.of("heartbeat", "level-set", "own-new", "detail", "own-accepted", "own-fill", "detail", "level-set"),
            run(directory, TapeRange.sequences(1, 3)));
    }

    private static void detail(final MarketTape tape)
    {
        tape.at(0).instrumentId(MarketTape.BY_PRICE).type(EventType.DETAIL);
    }

    private static List<String> run(final Path directory, final TapeRange range)
    {
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
            FillListener.NONE).run(Tape.open(directory), range, (sequence) ->
            {
            });
        return log;
    }
}
