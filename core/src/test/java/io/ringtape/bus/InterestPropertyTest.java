package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.EventBatch;
import io.ringtape.event.EventType;
import io.ringtape.event.Interest;
import io.ringtape.event.InterestFilter;
import io.ringtape.event.OrderBookEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A handler with an interest gets the same events from a lane, from a filter called directly, and by a naive twin. */
final class InterestPropertyTest
{
    private static final Duration HANG_LIMIT = Duration.ofSeconds(10);
    private static final int INSTRUMENTS = 70;
    private static final int[] TYPES = {EventType.ORDER_ADD, EventType.ORDER_DELETE, EventType.TRADE, EventType.QUOTE,
        EventType.GAP, EventType.TIMER, EventType.OWN_NEW, EventType.CONTROL, EventType.HEARTBEAT, 0, 200};

    @Property(tries = 150)
    void shouldDeliverWhatANaiveFilterLetsThrough(
        @ForAll @IntRange(min = 1, max = 40) final int handlerCount,
        @ForAll @IntRange(min = 1, max = 200) final int claims, @ForAll final long seed)
    {
        assertTimeoutPreemptively(HANG_LIMIT, () -> run(handlerCount, claims, new Random(seed)));
    }

    private static void run(final int handlerCount, final int claims, final Random random)
    {
        final List<Choice> choices = new ArrayList<>();
        final Lane.Builder lane = lane("l").batchLimit(1 + random.nextInt(5));
        for (int i = 0; i < handlerCount; i++)
        {
            final Choice choice = new Choice(random);
            choices.add(choice);
            lane.handler("h" + i, choice.live, choice.interest());
        }
        final EventBus bus = bus(64).lane((random.nextBoolean() ? lane.inline() : lane).build()).build();
        bus.start();

        OrderBookEvent extended = new OrderBookEvent();
        for (int i = 0; i < claims; i++)
        {
            final EventBatch batch = randomClaim(random);
            if (random.nextInt(10) == 0)
            {
                bus.writer().claim(batch.count());
                bus.writer().abandon();
                continue;
            }
            final long first = bus.cursor() + 1;
            assertEquals(Writer.ACCEPTED, bus.writer().publish(batch));
            for (int k = 0; k < batch.count(); k++)
            {
                final OrderBookEvent event = new OrderBookEvent().copyFrom(batch.event(k).sequence(first + k));
                extended = event.type() == EventType.DETAIL ? extended : event;
                for (final Choice choice : choices)
                {
                    choice.onEvent(event, extended);
                }
            }
        }

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        for (final Choice choice : choices)
        {
            final long[] expected = choice.expected.stream().mapToLong(Long::longValue).toArray();
            assertArrayEquals(expected, choice.live.sequences());
            assertArrayEquals(expected, choice.direct.sequences());
            assertEquals(bus.cursor(), choice.live.stoppedAt());
        }
    }

    private static EventBatch randomClaim(final Random random)
    {
        final EventBatch batch = new EventBatch(8);
        do
        {
            batch.append().type(TYPES[random.nextInt(TYPES.length)]).instrumentId(random.nextInt(INSTRUMENTS) - 1);
            for (int details = random.nextInt(3); details > 0; details--)
            {
                batch.append().type(EventType.DETAIL).instrumentId(random.nextInt(INSTRUMENTS) - 1);
            }
        }
        while (batch.count() < 40 && random.nextBoolean());
        return batch;
    }

    /** A random interest, who gets what, and the naive twin. */
    private static final class Choice
    {
        private final int[] types;
        private final int[] instruments;
        private final BusFixture.Recorder live = new BusFixture.Recorder();
        private final BusFixture.Recorder direct = new BusFixture.Recorder();
        private final List<Long> expected = new ArrayList<>();
        private final InterestFilter filter;

        private Choice(final Random random)
        {
            types = random.ints(random.nextInt(4), 0, 9).map((index) -> TYPES[index]).toArray();
            instruments = random.ints(random.nextInt(4), 0, INSTRUMENTS).toArray();
            filter = new InterestFilter(interest(), direct);
        }

        private Interest interest()
        {
            final Interest some = types.length == 0 ? Interest.all() : Interest.all().withTypes(types);
            return instruments.length == 0 ? some : some.withInstruments(instruments);
        }

        private void onEvent(final OrderBookEvent event, final OrderBookEvent extended)
        {
            if (asksFor(extended.type(), extended.instrumentId()))
            {
                expected.add(event.sequence());
            }
            filter.onEvent(event);
        }

        private boolean asksFor(final int type, final int instrumentId)
        {
            final boolean hasType = types.length == 0 || Arrays.stream(types).anyMatch((chosen) -> chosen == type);
            final boolean isOfAll = !EventType.isKnown(type) ||
                (type >= EventType.GAP && type <= EventType.TIMER) || type >= EventType.CONTROL;
            final boolean hasInstrument = instruments.length == 0 || isOfAll ||
                Arrays.stream(instruments).anyMatch((chosen) -> chosen == instrumentId);
            return hasType && hasInstrument;
        }
    }
}
