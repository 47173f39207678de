package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.batch;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.EventHandler;
import io.ringtape.event.EventType;
import io.ringtape.event.Interest;
import io.ringtape.event.OrderBookEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Joins onto a running lane, leaves, slow and throwing handlers, and a close: old and new see all, once, in order. */
final class LaneJoinPropertyTest
{
    private static final Duration HANG_LIMIT = Duration.ofSeconds(10);
    private static final int MAX_EVENTS = 4_096;

    @Property(tries = 100)
    void shouldDeliverToOldAndNewTheirEventsOnceAndInOrder(
        @ForAll @IntRange(max = 7) final int capacityBits,
        @ForAll @LongRange(max = 1L << 41) final long first,
        @ForAll @IntRange(min = 1, max = 200) final int moves,
        @ForAll final long seed)
    {
        assertTimeoutPreemptively(HANG_LIMIT, () -> run(1 << capacityBits, first, moves, new Random(seed)));
    }

    private static void run(final int capacity, final long first, final int moves, final Random random)
    {
        final ArrayHistory history = new ArrayHistory(first, MAX_EVENTS);
        final Lane.Builder tape = lane("tape").batchLimit(1 + random.nextInt(20)).rangeHandler("recorder", history);
        final Joiner old = new Joiner(Long.MAX_VALUE, random.nextLong(), random.nextInt(50));
        final EventBus bus = bus(capacity).firstSequence(first).history(history, "tape")
            .lane((random.nextBoolean() ? tape.inline() : tape).build())
            .lane(lane("work").onFault(FaultPolicy.DETACH).batchLimit(1 + random.nextInt(20))
                .handler("old", old).build()).build();
        bus.start();
        final List<Joined> joined = new ArrayList<>();

        for (int i = 0; i < moves; i++)
        {
            switch (random.nextInt(12))
            {
                case 0 -> join(bus, joined, random);
                case 1 ->
                {
                    if (!joined.isEmpty())
                    {
                        final Joined one = joined.get(random.nextInt(joined.size()));
                        one.asked = true;
                        one.attachment.leave();
                    }
                }
                default ->
                {
                    final int count = 1 + random.nextInt(Math.min(capacity, 16));
                    assertEquals(Writer.ACCEPTED, bus.writer().publish(batch(bus.cursor() + 1, count)));
                }
            }
        }

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        final boolean isWhole = bus.lane("work").state() == LaneState.STOPPED;
        old.requireFrom(first);
        assertTrue(!isWhole || old.stopped == bus.cursor());
        joined.forEach((one) -> one.requireWhole(bus.cursor(), isWhole));
        assertEquals(0, history.openCount());
    }

    private static void join(final EventBus bus, final List<Joined> joined, final Random random)
    {
        final long next = bus.cursor() + 1;
        final long from = bus.firstSequence() + random.nextInt((int)(next - bus.firstSequence()) + 1);
        final boolean isLive = random.nextInt(3) == 0;
        final long expected = isLive ? next : from;
        final long failsAt = random.nextInt(8) == 0 ? expected + random.nextInt(200) : Long.MAX_VALUE;
        final Joiner joiner = new Joiner(failsAt, random.nextLong(), random.nextInt(100));
        final Interest interest =
            random.nextBoolean() ? Interest.all() : Interest.all().withTypes(EventType.ORDER_ADD);
        try
        {
            final Attachment attachment = bus.attach("work", "new-" + joined.size(), joiner, interest,
                isLive ? JoinFrom.live() : JoinFrom.sequence(from));
            assertEquals(expected, attachment.firstSequence());
            joined.add(new Joined(attachment, joiner));
        }
        catch (final JoinRefusedException e)
        {
            assertEquals(JoinRefusedException.Reason.LANE_ENDED, e.reason());
            assertEquals(LaneState.DETACHED, bus.lane("work").state());
        }
    }

    /** What became of a join. */
    private static final class Joined
    {
        private final Attachment attachment;
        private final Joiner joiner;
        private boolean asked;

        private Joined(final Attachment attachment, final Joiner joiner)
        {
            this.attachment = attachment;
            this.joiner = joiner;
        }

        private void requireWhole(final long cursor, final boolean isWhole)
        {
            final LeaveReason reason = attachment.reason().orElseThrow();
            joiner.requireFrom(attachment.firstSequence());
            assertEquals(reason, joiner.left);
            assertEquals(joiner.stopped, joiner.leftAt);
            switch (reason)
            {
                case CLOSED -> assertEquals(cursor, joiner.stopped);
                // Its own fault, or that of another handler of the lane that it had joined.
                case FAULT -> assertTrue(joiner.stopped == joiner.failsAt - 1 || !isWhole);
                case ASKED -> assertTrue(asked);
                case LANE -> assertFalse(isWhole);
                default -> throw new AssertionError("reason=" + reason);
            }
        }
    }

    /** Loses time now and then, and may fail once. */
    private static final class Joiner implements EventHandler, JoinListener
    {
        private final BusFixture.Recorder events = new BusFixture.Recorder();
        private final long failsAt;
        private final Random random;
        private final int perMille;
        private LeaveReason left = LeaveReason.HISTORY;
        private long leftAt;
        private long stopped;

        private Joiner(final long failsAt, final long seed, final int perMille)
        {
            this.failsAt = failsAt;
            random = new Random(seed);
            this.perMille = perMille;
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            if (event.sequence() == failsAt)
            {
                throw new IllegalStateException("drill");
            }
            if (random.nextInt(1_000) < perMille)
            {
                for (int i = random.nextInt(2_000); i > 0; i--)
                {
                    Thread.onSpinWait();
                }
            }
            events.onEvent(event);
        }

        @Override
        public void onLeft(final long sequence, final LeaveReason reason)
        {
            left = reason;
            leftAt = sequence;
        }

        @Override
        public void onStop(final long lastSequence)
        {
            stopped = lastSequence;
        }

        // What it was told at its stop is what it has seen: no event is missing, none came twice.
        private void requireFrom(final long first)
        {
            final long[] all = LongStream.rangeClosed(first, stopped).toArray();
            assertArrayEquals(all, events.sequences());
            assertArrayEquals(all, events.orderIds());
        }
    }
}
