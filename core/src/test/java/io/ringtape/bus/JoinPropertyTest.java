package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.batch;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.EventHandler;
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

/** Joins, leaves, slow and throwing handlers, and a close, in any order: each lane sees its events once, in order. */
final class JoinPropertyTest
{
    private static final Duration HANG_LIMIT = Duration.ofSeconds(10);
    private static final int MAX_EVENTS = 4_096;

    @Property(tries = 100)
    void shouldDeliverToEachJoinerItsEventsOnceAndInOrder(
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
        final Lane.Builder tape = lane("tape").batchLimit(1 + random.nextInt(20))
            .handler("stall", new Joiner(Long.MAX_VALUE, random.nextLong(), random.nextInt(50)))
            .rangeHandler("recorder", history);
        final EventBus bus = bus(capacity).firstSequence(first).history(history, "tape")
            .lane((random.nextBoolean() ? tape.inline() : tape).build()).build();
        bus.start();
        final List<Joined> joined = new ArrayList<>();

        for (int i = 0; i < moves; i++)
        {
            switch (random.nextInt(12))
            {
                case 0 -> joined.add(join(bus, joined.size(), random));
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
        joined.forEach((one) -> one.requireWhole(bus.cursor()));
        assertEquals(0, history.openCount());
    }

    private static Joined join(final EventBus bus, final int index, final Random random)
    {
        final long next = bus.cursor() + 1;
        final long from = bus.firstSequence() + random.nextInt((int)(next - bus.firstSequence()) + 1);
        final long expected;
        final JoinFrom start;
        switch (random.nextInt(3))
        {
            case 0 ->
            {
                start = JoinFrom.live();
                expected = next;
            }
            case 1 ->
            {
                start = JoinFrom.sequence(from);
                expected = from;
            }
            default ->
            {
                start = JoinFrom.start();
                expected = bus.firstSequence();
            }
        }
        final long failsAt = random.nextInt(4) == 0 ? expected + random.nextInt(200) : Long.MAX_VALUE;
        final Joiner joiner = new Joiner(failsAt, random.nextLong(), random.nextInt(100));
        final Attachment attachment = bus.attach(lane("late-" + index).onFault(FaultPolicy.DETACH)
            .batchLimit(1 + random.nextInt(30)).handler("late-" + index, joiner).build(), start);
        assertEquals(expected, attachment.firstSequence());
        return new Joined(attachment, joiner);
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

        private void requireWhole(final long cursor)
        {
            final LeaveReason reason = attachment.reason().orElseThrow();
            final long last = attachment.firstSequence() + joiner.events.count() - 1;
            final long[] all = LongStream.rangeClosed(attachment.firstSequence(), last).toArray();
            assertArrayEquals(all, joiner.events.sequences());
            assertArrayEquals(all, joiner.events.orderIds());
            assertEquals(reason, joiner.left);
            switch (reason)
            {
                case CLOSED -> assertEquals(cursor, last);
                case FAULT -> assertEquals(joiner.failsAt - 1, last);
                case ASKED -> assertTrue(asked);
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
        }
    }
}
