package io.ringtape.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventHashes;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.VenueEvents;
import io.ringtape.journal.RunSummary;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeConfig;
import io.ringtape.journal.TapeRange;
import io.ringtape.journal.TapeWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class TimerReplayTest
{
    private static final EventHandler NOBODY = (event) ->
    {
    };

    private final EventBatch events = new EventBatch(16);
    private final int[] counts = new int[EventType.LIMIT];

    @TempDir
    private Path parent;

    private Path directory;

    @BeforeEach
    void setUp()
    {
        directory = parent.resolve("tape");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldRecordTheSameWhateverTheThreadsDo(final long seed)
    {
        final RunSummary steady = new TimerRun(parent.resolve("steady"), true, 0).record(2_000);

        final RunSummary stalled = new TimerRun(directory, (seed & 1) == 0, seed).record(2_000);

        assertEquals(steady, stalled);
    }

    @Test
    void shouldMakeTheSameTimersInAReplay()
    {
        final RunSummary recorded = new TimerRun(directory, false, 1).record(2_000);

        final ReplayResult result = replay(TapeRange.ALL, -1);

        assertEquals(Optional.empty(), result.firstDifference());
        assertTrue(result.matches() && result.trailer());
        assertEquals(recorded.eventHash(), result.eventHash());
        assertEquals(recorded.outputHash(), result.outputHash());
        assertTrue(counts[EventType.TIMER] > 1_000, "timers=" + counts[EventType.TIMER]);
        assertTrue(counts[EventType.OWN_NEW] > 0, "orders=" + counts[EventType.OWN_NEW]);
    }

    @Test
    void shouldHaveOneHashForTheSameSessionRecordedTwiceOnOneTape()
    {
        final RunSummary first = new TimerRun(directory, true, 1).record(500);
        final RunSummary second = new TimerRun(directory, true, 2).record(500);

        assertEquals(first, second);
        assertEquals(Optional.empty(), replay(TapeRange.ALL, -1).firstDifference());
    }

    @Test
    void shouldMatchWhereverARangeStartsAndEnds()
    {
        new TimerRun(directory, true, 1).record(300);

        for (long at = 400; at < 450; at++)
        {
            assertEquals(Optional.empty(), replay(TapeRange.sequences(at, at + 37), -1).firstDifference());
        }
    }

    @Test
    void shouldNameTheRequestThatDiffers()
    {
        new TimerRun(directory, true, 1).record(300);

        final Difference difference = replay(TapeRange.ALL, 400).firstDifference().orElseThrow();

        assertEquals("timed", difference.handler());
        assertEquals("price", difference.field());
        assertEquals(Long.parseLong(difference.recorded()) + 1, Long.parseLong(difference.replayed()));
    }

    @Test
    void shouldMatchATapeWithAHeartbeatAndATimerBeforeIt()
    {
        input(10);
        request(1, 15);
        timer(1, 15, 15);
        events.append().type(EventType.HEARTBEAT).eventTimeNs(20).receiveTimeNs(20)
            .sourceSequence(VenueEvents.WRITERS_HEARTBEAT);
        input(12);

        assertEquals(Optional.empty(), replayWritten());
    }

    @Test
    void shouldNotTakeTheTimeOfAnOwnEventForTheTime()
    {
        input(10);
        request(1, 15);
        events.event(events.count() - 1).receiveTimeNs(90);
        input(14);
        timer(1, 15, 15);
        input(20);

        assertEquals(Optional.empty(), replayWritten());
    }

    @Test
    void shouldNotTakeABadTimeForTheTime()
    {
        input(10);
        request(1, 15);
        input(90);
        events.event(events.count() - 1).flags(EventFlags.LAST | EventFlags.BAD_TIME);
        input(14);
        timer(1, 15, 15);
        input(20);

        assertEquals(Optional.empty(), replayWritten());
    }

    @Test
    void shouldNameATimerThatIsMissing()
    {
        input(10);
        request(1, 15);
        input(14);
        input(15);

        assertEquals(Optional.of(new Difference(3, "timed", "type", "none", "timer")), replayWritten());
    }

    @Test
    void shouldNameATimerThatNobodyAskedFor()
    {
        input(10);
        timer(1, 15, 15);

        assertEquals(Optional.of(new Difference(1, "timed", "type", "timer", "none")), replayWritten());
    }

    @Test
    void shouldNameTheFieldOfATimerThatDiffers()
    {
        input(10);
        request(1, 15);
        timer(1, 15, 14);
        input(20);

        assertEquals(Optional.of(new Difference(2, "timed", "receiveTimeNs", "14", "15")), replayWritten());
    }

    @Test
    void shouldNameATimerThatCameOutOfOrder()
    {
        input(10);
        request(2, 15);
        request(1, 15);
        timer(2, 15, 15);
        timer(1, 15, 15);
        input(20);

        assertEquals(Optional.of(new Difference(3, "timed", "orderId", "2", "1")), replayWritten());
    }

    private void input(final long receiveTimeNs)
    {
        events.append().type(EventType.TRADE).flags(EventFlags.LAST).receiveTimeNs(receiveTimeNs);
    }

    // Asked for at the first event of the tape.
    private void request(final int timerId, final long deadlineNs)
    {
        events.append().type(EventType.TIMER_REQUEST).flags(EventFlags.OWN | EventFlags.LAST).sourceId(1)
            .orderId(timerId).price(deadlineNs).quantity(1);
    }

    private void timer(final int timerId, final long deadlineNs, final long receiveTimeNs)
    {
        events.append().type(EventType.TIMER).sourceId(1).orderId(timerId).price(deadlineNs).quantity(1)
            .sourceSequence(1).eventTimeNs(deadlineNs).receiveTimeNs(receiveTimeNs);
    }

    // The handlers of this tape ask for what it says they asked for.
    private Optional<Difference> replayWritten()
    {
        final EventHashes hashes = new EventHashes();
        for (int i = 0; i < events.count(); i++)
        {
            hashes.onEvent(events.event(i).sequence(i));
        }
        try (TapeWriter tape = TapeWriter.open(
            directory, TapeConfig.defaults(), TimerRun.definitions(), SystemEpochNanoClock.INSTANCE))
        {
            tape.onRange(events.buffer(), 0, 0, events.count());
            tape.close(new RunSummary(
                hashes.inputCount(), hashes.ownCount(), hashes.eventHash(), hashes.outputHash(), 0));
        }
        return new TapeReplay((run, definitions, outbox) -> new Asking(outbox), NOBODY, TapeRange.ALL)
            .run(Tape.open(directory), (sequence) ->
            {
            }).firstDifference();
    }

    private ReplayResult replay(final TapeRange range, final long wrongOrder)
    {
        return new TapeReplay(
            (run, definitions, outbox) -> new TimerRun.Handlers(run.runId(), definitions, outbox, wrongOrder),
            (event) -> counts[event.type()]++, range).run(Tape.open(directory), (sequence) ->
            {
            });
    }

    private final class Asking implements ReplayHandlers
    {
        private final EventPublisher outbox;

        Asking(final EventPublisher outbox)
        {
            this.outbox = outbox;
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            if (event.sequence() != 0)
            {
                return;
            }
            final EventBatch one = new EventBatch(1);
            for (int i = 0; i < events.count(); i++)
            {
                if (events.event(i).type() == EventType.TIMER_REQUEST)
                {
                    one.clear();
                    one.append().copyFrom(events.event(i));
                    outbox.offer(one);
                }
            }
        }

        @Override
        public long bookHash()
        {
            return 0;
        }
    }
}
