package io.ringtape.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.SourceDefinition;
import io.ringtape.event.VenueEvents;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeRange;
import io.ringtape.journal.TapeWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is missing on the tape of a run that was killed: all that the handlers made before the last venue event. */
@Timeout(60)
final class VenueEventReplayTest
{
    private final EventBatch events = new EventBatch(8);

    @TempDir
    private Path parent;

    @Test
    void shouldMissAtTheNextVenueEventWhatAHeartbeatOfTheWriterBrought()
    {
        trade(EventFlags.LAST);
        heartbeat(0).sourceSequence(VenueEvents.WRITERS_HEARTBEAT);
        trade(EventFlags.LAST);

        assertEquals(Optional.of(new Difference(1, "echo", "type", "none", "own-cancel")), replayKilled());
    }

    @Test
    void shouldNotMissWhatAHeartbeatBroughtThatTheRunEndsWith()
    {
        trade(EventFlags.LAST);
        heartbeat(0).sourceSequence(VenueEvents.WRITERS_HEARTBEAT);

        assertEquals(Optional.empty(), replayKilled());
    }

    @Test
    void shouldNotMissInsideOfAVenueEventWhatTheHeartbeatThatBeginsItBrought()
    {
        trade(EventFlags.LAST);
        heartbeat(0);
        trade(0);
        trade(EventFlags.LAST);

        assertEquals(Optional.empty(), replayKilled());
    }

    @Test
    void shouldNotMissInsideOfAVenueEventWhatAHeartbeatOfTheWriterBrought()
    {
        trade(0);
        heartbeat(0).sourceSequence(VenueEvents.WRITERS_HEARTBEAT);
        trade(EventFlags.LAST);

        assertEquals(Optional.empty(), replayKilled());
    }

    @Test
    void shouldMissWhatAHeartbeatBroughtThatIsAVenueEvent()
    {
        trade(EventFlags.LAST);
        heartbeat(EventFlags.LAST);
        trade(0);

        assertEquals(Optional.of(new Difference(1, "echo", "type", "none", "own-cancel")), replayKilled());
    }

    @Test
    void shouldNotMissBetweenAVenueEventAndItsDetailWhatItBrought()
    {
        heartbeat(EventFlags.LAST);
        detail(0);

        assertEquals(Optional.empty(), replayKilled());
    }

    @Test
    void shouldMissBehindAVenueEventThatADetailEndsWhatItBrought()
    {
        heartbeat(0);
        detail(EventFlags.LAST);
        trade(0);

        assertEquals(Optional.of(new Difference(0, "echo", "type", "none", "own-cancel")), replayKilled());
    }

    private void detail(final int flags)
    {
        events.append().type(EventType.DETAIL).flags(flags);
    }

    private void trade(final int flags)
    {
        events.append().type(EventType.TRADE).flags(flags).price(1).quantity(1);
    }

    private OrderBookEvent heartbeat(final int flags)
    {
        return events.append().type(EventType.HEARTBEAT).flags(flags);
    }

    // The handler answers heartbeats, and none of its answers is on tape.
    private Optional<Difference> replayKilled()
    {
        final Path directory = parent.resolve("tape");
        final Definitions definitions = new Definitions();
        definitions.add(new SourceDefinition(0, SourceDefinition.Kind.FEED, "venue", 0, 0, 0));
        definitions.add(new SourceDefinition(1, SourceDefinition.Kind.STRATEGY, "echo", 0, 0, 0));
        definitions.add(new InstrumentDefinition(0, "SYM", 0, -9, 0, BookKind.MBO, 0, 0, 0, 1));
        try (TapeWriter tape =
            TapeWriter.open(directory, TapeConfig.defaults(), definitions, SystemEpochNanoClock.INSTANCE))
        {
            for (int i = 0; i < events.count(); i++)
            {
                events.event(i).sequence(i);
            }
            tape.onRange(events.buffer(), 0, 0, events.count());
        }
        return new TapeReplay((run, read, outbox) -> new Echo(outbox), (event) ->
        {
        }, TapeRange.ALL).run(Tape.open(directory), (sequence) ->
        {
        }).firstDifference();
    }

    private static final class Echo implements ReplayHandlers
    {
        private final EventBatch batch = new EventBatch(1);
        private final EventPublisher outbox;

        Echo(final EventPublisher outbox)
        {
            this.outbox = outbox;
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            if (event.type() == EventType.HEARTBEAT)
            {
                batch.clear();
                batch.append().type(EventType.OWN_CANCEL).flags(EventFlags.OWN | EventFlags.LAST).sourceId(1)
                    .sourceSequence(event.sequence());
                outbox.offer(batch);
            }
        }

        @Override
        public long bookHash()
        {
            return 0;
        }
    }
}
