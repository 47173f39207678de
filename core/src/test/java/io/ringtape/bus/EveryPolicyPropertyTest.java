package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static io.ringtape.bus.SpillFixture.spilling;
import static io.ringtape.bus.SpillFixture.tape;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.function.LongPredicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * All overflow policies on one ring, each lane at a random pace: a lane that loses nothing sees its interest once and
 * in order, and the others account for the rest.
 */
final class EveryPolicyPropertyTest
{
    private static final Duration HANG_LIMIT = Duration.ofSeconds(20);
    private static final int MOST_EVENTS = 8;

    @Property(tries = 150)
    void shouldGiveEachLosslessLaneItsInterestOnceAndInOrder(
        @ForAll @IntRange(max = 7) final int capacityBits, @ForAll @LongRange(max = 1L << 41) final long first,
        @ForAll @IntRange(min = 1, max = 3) final int spilling,
        @ForAll @IntRange(min = 1, max = 400) final int publishes, @ForAll final long seed)
    {
        assertTimeoutPreemptively(
            HANG_LIMIT, () -> new Run(1 << capacityBits, first, spilling, new Random(seed)).run(publishes));
    }

    private static boolean isTrade(final long sequence)
    {
        return sequence % 3 == 0;
    }

    private static void fill(final OrderBookEvent event, final long sequence)
    {
        OverflowFixture.fill(event, sequence).instrumentId((int)(sequence % LastPrice.INSTRUMENTS))
            .type(isTrade(sequence) ? EventType.TRADE : EventType.QUOTE);
    }

    /** One bus. */
    private static final class Run
    {
        private final long first;
        private final int capacity;
        private final Random random;
        private final OverflowFixture.Hold hold = new OverflowFixture.Hold();
        private final List<Seen> seen = new ArrayList<>();
        private final Conflated conflated = new Conflated();
        private final int spilling;

        private Run(final int capacity, final long first, final int spilling, final Random random)
        {
            this.capacity = capacity;
            this.first = first;
            this.spilling = spilling;
            this.random = random;
        }

        private void run(final int publishes)
        {
            final ArrayHistory history = new ArrayHistory(first, (publishes + capacity) * MOST_EVENTS);
            final EventBus bus = makeBus(history);
            bus.start();

            final int held = random.nextInt(publishes);
            for (int i = 0; i < publishes; i++)
            {
                publish(bus, 1 + random.nextInt(Math.min(capacity, MOST_EVENTS)));
                if (i == held)
                {
                    // The first lane that spills has stood still so far.
                    hold.awaitHeld();
                    final long evictions = bus.cursor() - first >= capacity + capacity ? 1 : 0;
                    assertTrue(bus.lane("spill-0").evictionCount() >= evictions);
                    hold.release();
                }
            }

            assertTrue(bus.close(CLOSE_LIMIT_NS), () -> bus.fault().map(Fault::describe).orElse("late"));
            final long last = bus.cursor();
            for (final Seen handler : seen)
            {
                handler.requireAll(last);
            }
            final LaneStatus merged = bus.lane("conflate");
            assertEquals(last - first + 1, merged.conflatedCount() + conflated.trades + merged.shedCount());
            assertTrue(conflated.isOrdered);
            for (int i = 0; i < spilling; i++)
            {
                final LaneStatus lane = bus.lane("spill-" + i);
                assertEquals(0, lane.shedCount());
                assertTrue(lane.spillCount() <= lane.evictionCount());
                assertEquals(last, lane.sequence());
            }
            assertEquals(0, history.openCount());
        }

        private EventBus makeBus(final ArrayHistory history)
        {
            final Lane.Builder recording = tape(history);
            final EventBusBuilder builder = bus(capacity).firstSequence(first).history(history, "tape")
                .lane((random.nextBoolean() ? recording.inline() : recording.batchLimit(1 + random.nextInt(5))).build())
                .lane(lane("gate").handler("gate", seen("gate", (at) -> true, new Slow(random, 5))).build())
                .lane(lane("shed").overflow(OverflowPolicy.SHED)
                    .handler("shed", seen("shed", (at) -> true, new Slow(random, random.nextInt(200)))).build())
                .lane(lane("conflate").conflate(
                    new LastPrice(), random.nextBoolean() ? OverflowPolicy.GATE : OverflowPolicy.SHED)
                    .handler("conflate", conflated).build());
            for (int i = 0; i < spilling; i++)
            {
                builder.lane(spillLane(i));
            }
            return builder.build();
        }

        private Lane spillLane(final int index)
        {
            final EventHandler slow = new Slow(random, random.nextInt(200));
            final EventHandler pace = index == 0 ? (event) ->
            {
                hold.onEvent(event);
                slow.onEvent(event);
            } : slow;
            final String name = "spill-" + index;
            final Lane.Builder lane = spilling(name, seen(name, (at) -> true, pace)).handler(name + "-trades",
                seen(name + "-trades", EveryPolicyPropertyTest::isTrade, SpillFixture.none()),
                Interest.all().withTypes(EventType.TRADE));
            if (random.nextBoolean())
            {
                lane.privateBuffer(1 << random.nextInt(8));
            }
            if (random.nextBoolean())
            {
                lane.batchLimit(1 + random.nextInt(20));
            }
            if (random.nextInt(3) == 0)
            {
                lane.after("gate");
            }
            return lane.build();
        }

        private Seen seen(final String name, final LongPredicate asked, final EventHandler pace)
        {
            final Seen made = new Seen(name, first, asked, pace);
            seen.add(made);
            return made;
        }

        private void publish(final EventBus bus, final int count)
        {
            final Writer writer = bus.writer();
            final long claimed = writer.claim(count);
            for (int i = 0; i < count; i++)
            {
                fill(writer.slot(claimed + i), claimed + i);
            }
            writer.publish();
        }
    }

    /** Expects each event that it asked for once, whole and in order, or to be told that it was shed. */
    private static final class Seen implements EventHandler
    {
        private final OrderBookEvent expected =
            new OrderBookEvent().wrap(new UnsafeBuffer(new byte[OrderBookEvent.SIZE_BYTES]), 0);
        private final String name;
        private final LongPredicate asked;
        private final EventHandler pace;
        private final StringBuilder wrong = new StringBuilder();
        private long next;

        private Seen(final String name, final long first, final LongPredicate asked, final EventHandler pace)
        {
            this.name = name;
            this.asked = asked;
            this.pace = pace;
            next = first;
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            toAsked();
            fill(expected, next);
            expected.sequence(next);
            if (wrong.length() < 1_000 && !isSame(expected, event))
            {
                wrong.append("sequence=").append(event.sequence()).append(" expected=").append(next).append(' ');
            }
            next = event.sequence() + 1;
            pace.onEvent(event);
        }

        @Override
        public void onShed(final long firstSequence, final long lastSequence)
        {
            if (!name.equals("shed") || firstSequence != next)
            {
                wrong.append("shed=").append(firstSequence).append("..").append(lastSequence).append(' ');
            }
            next = lastSequence + 1;
        }

        private void toAsked()
        {
            while (!asked.test(next))
            {
                next++;
            }
        }

        private static boolean isSame(final OrderBookEvent one, final OrderBookEvent other)
        {
            boolean same = true;
            for (int i = 0; i < OrderBookEvent.SIZE_BYTES; i += Long.BYTES)
            {
                same &= one.buffer().getLong(one.offset() + i) == other.buffer().getLong(other.offset() + i);
            }
            return same;
        }

        private void requireAll(final long last)
        {
            assertEquals("", wrong.toString(), name);
            toAsked();
            assertTrue(next > last, () -> name + " next=" + next + " last=" + last);
        }
    }

    /** Counts what was not merged. */
    private static final class Conflated implements EventHandler
    {
        private long last = -1;
        private long trades;
        private boolean isOrdered = true;

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            isOrdered &= event.sequence() > last;
            last = event.sequence();
            trades += event.type() == EventType.TRADE ? 1 : 0;
        }
    }

    /** Loses time, in some stretches of events more than in others. */
    private static final class Slow implements EventHandler
    {
        private final Random random;
        private final int perMille;
        private int stretch;
        private boolean isSlow;

        private Slow(final Random random, final int perMille)
        {
            this.random = new Random(random.nextLong());
            this.perMille = perMille;
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            if (stretch == 0)
            {
                stretch = 1 + random.nextInt(200);
                isSlow = random.nextBoolean();
            }
            stretch--;
            if (isSlow && random.nextInt(1_000) < perMille)
            {
                for (int i = random.nextInt(5_000); i > 0; i--)
                {
                    Thread.onSpinWait();
                }
            }
        }
    }
}
