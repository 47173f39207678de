package io.ringtape.journal;

import static io.ringtape.journal.TapeBus.await;
import static io.ringtape.journal.TapeBus.publish;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bus.EventBus;
import io.ringtape.bus.FaultPhase;
import io.ringtape.bus.FaultPolicy;
import io.ringtape.bus.Lane;
import io.ringtape.bus.LaneState;
import io.ringtape.bus.LaneStatus;
import io.ringtape.bus.OverflowPolicy;
import io.ringtape.bus.SpillException;
import io.ringtape.bus.SpillException.Reason;
import io.ringtape.event.RangeHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lanes that fall behind the ring go on from a real tape while it is written, or end ahead of what is not on it. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class TapeSpillTest
{
    private static final TapeConfig SMALL = TapeConfig.defaults().withRollBytes(TapeConfig.MIN_ROLL_BYTES);
    private static final long CLOSE_LIMIT_NS = 20_000_000_000L;
    private static final int CAPACITY = 256;
    private static final RangeHandler NOTHING = (buffer, offset, first, count) ->
    {
    };

    private final Path tape = Tapes.fresh("spill");
    private final Outage outage = new Outage(tape);

    @AfterEach
    void clean()
    {
        Tapes.delete(tape);
    }

    @Test
    void shouldGoOnFromTheTapeOverSeveralFilesAndComeBackLive()
    {
        Tapes.record(tape, 3, 100);
        try (TapeWriter writer = Tapes.open(tape, SMALL))
        {
            final SequenceChecker slow = new SequenceChecker(300);
            slow.holdAt(400);
            final EventBus bus = started(writer, NOTHING, spilling("slow", slow));
            publish(bus, 1_000);
            await(() -> slow.next() == 400);
            publish(bus, 60_000);
            slow.release();
            bus.writer().awaitLane("slow");
            await(() -> !bus.lane("slow").isOnTape());
            publish(bus, 100);

            assertTrue(bus.close(CLOSE_LIMIT_NS));
            assertEquals(61_400, slow.next());
            assertEquals(1, bus.lane("slow").spillCount());
            assertEquals(61_399, slow.stoppedAt());
        }
    }

    @Test
    void shouldServeLanesOfAnyPaceOnceAndInOrder()
    {
        final Random random = new Random(20_261_126);
        final SequenceChecker[] slow = new SequenceChecker[3];
        final Lane[] lanes = new Lane[slow.length];
        try (TapeWriter writer = Tapes.open(tape, SMALL))
        {
            for (int i = 0; i < slow.length; i++)
            {
                slow[i] = new SequenceChecker(0);
                slow[i].holdAt(0);
                lanes[i] = spilling("slow-" + i, slow[i]);
            }
            final EventBus bus = started(writer, NOTHING, lanes);
            for (int i = 0; i < 60; i++)
            {
                publish(bus, random.nextInt(2_000));
                final SequenceChecker one = slow[random.nextInt(slow.length)];
                one.holdAt(random.nextBoolean() ? Long.MAX_VALUE : one.next() + random.nextInt(1_500));
                if (one.holdAt() == Long.MAX_VALUE && random.nextBoolean())
                {
                    one.holdAt(bus.cursor() + random.nextInt(1_000));
                }
            }
            for (final SequenceChecker one : slow)
            {
                one.release();
            }

            assertTrue(bus.close(CLOSE_LIMIT_NS));
            for (int i = 0; i < slow.length; i++)
            {
                assertEquals(bus.cursor() + 1, slow[i].next());
                assertTrue(bus.lane("slow-" + i).spillCount() > 0);
            }
        }
    }

    @Test
    void shouldDrainFromTheTapeAtAClose()
    {
        try (TapeWriter writer = Tapes.open(tape, SMALL))
        {
            final SequenceChecker slow = new SequenceChecker(0);
            slow.holdAt(5);
            final EventBus bus = started(writer, NOTHING, spilling("slow", slow));
            publish(bus, 10_000);

            slow.release();

            assertTrue(bus.close(CLOSE_LIMIT_NS));
            assertEquals(10_000, slow.next());
        }
    }

    @Test
    void shouldEndAheadOfWhatADeadRecorderDidNotWrite()
    {
        try (TapeWriter writer = Tapes.open(tape, SMALL))
        {
            final SequenceChecker slow = new SequenceChecker(0);
            slow.holdAt(5);
            final RangeHandler dying = (buffer, offset, first, count) ->
            {
                if (first > 3_000)
                {
                    throw new IllegalStateException("drill");
                }
            };
            final EventBus bus = started(writer, dying, spilling("slow", slow));
            publish(bus, 5_000);
            await(() -> bus.lane("tape").state() == LaneState.DETACHED);

            slow.release();

            assertEnded(bus, slow, writer.journaledSequence() + 1, Reason.RECORDER_ENDED);
        }
    }

    @Test
    void shouldEndAheadOfWhatIsNotJournaledInAnOutage()
    {
        try (TapeWriter writer = outage.open(Durability.PAGE_CACHE))
        {
            final SequenceChecker slow = new SequenceChecker(0);
            slow.holdAt(5);
            final EventBus bus = started(writer, NOTHING, spilling("slow", slow));
            publish(bus, 1_000);
            outage.isFull = true;
            while (writer.isJournaling())
            {
                publish(bus, 1_000);
            }

            slow.release();

            assertEnded(bus, slow, writer.journaledSequence() + 1, Reason.NOT_ON_TAPE);
        }
    }

    @Test
    void shouldNotGoOnAcrossWhatAnOutageLeftOut()
    {
        try (TapeWriter writer = outage.open(Durability.PAGE_CACHE))
        {
            final SequenceChecker slow = new SequenceChecker(0);
            slow.holdAt(5);
            final RangeHandler passing = (buffer, offset, first, count) -> outage.pass();
            final EventBus bus = started(writer, passing, spilling("slow", slow));
            publish(bus, 10);
            // Held before it can fall behind: it comes to the tape when both runs are there, with a gap between them.
            await(() -> slow.next() == 5);
            publish(bus, 990);
            outage.isFull = true;
            while (writer.isJournaling())
            {
                publish(bus, 1_000);
            }
            outage.isFull = false;
            while (!writer.isJournaling())
            {
                publish(bus, 100);
            }
            publish(bus, 1_000);

            slow.release();

            await(() -> bus.lane("slow").state() == LaneState.DETACHED);
            assertTrue(slow.next() <= writer.missingRanges().get(0).firstSequence());
            assertEnded(bus, slow, slow.next(), Reason.NOT_ON_TAPE);
        }
    }

    @Test
    void shouldEndAheadOfAFileThatWasRemoved() throws IOException
    {
        try (TapeWriter writer = Tapes.open(tape, SMALL))
        {
            final SequenceChecker slow = new SequenceChecker(0);
            slow.holdAt(5);
            final EventBus bus = started(writer, NOTHING, spilling("slow", slow));
            publish(bus, 64_000);
            bus.writer().awaitLane("tape");
            for (final RunDirectory run : Tape.open(tape).runs())
            {
                Files.delete(run.files().get(1).path());
            }

            slow.release();

            await(() -> bus.lane("slow").state() == LaneState.DETACHED);
            assertTrue(slow.next() < 64_000);
            assertEnded(bus, slow, slow.next(), Reason.UNREADABLE);
        }
    }

    private static void assertEnded(
        final EventBus bus, final SequenceChecker checker, final long sequence, final Reason reason)
    {
        final LaneStatus lane = bus.lane("slow");
        await(() -> lane.state() == LaneState.DETACHED);
        publish(bus, 2 * CAPACITY);
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        final SpillException cause = (SpillException)lane.fault().orElseThrow().cause();
        assertEquals(FaultPhase.SPILL, lane.fault().orElseThrow().phase());
        assertEquals(reason, cause.reason());
        assertEquals(sequence, cause.sequence());
        assertEquals(sequence, checker.next());
        assertEquals(sequence - 1, checker.stoppedAt());
    }

    private EventBus started(final TapeWriter writer, final RangeHandler ahead, final Lane... lanes)
    {
        return TapeBus.start(CAPACITY, tape, writer, Lane.named("tape").onFault(FaultPolicy.DETACH)
            .rangeHandler("ahead", ahead).rangeHandler("recorder", writer), lanes);
    }

    private static Lane spilling(final String name, final SequenceChecker checker)
    {
        return Lane.named(name).idle(new YieldingIdleStrategy()).overflow(OverflowPolicy.SPILL)
            .onFault(FaultPolicy.DETACH).handler(name, checker).build();
    }
}
