package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.batch;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.EventHandler;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** User code that wraps the flyweight of the bus elsewhere harms neither the next event nor the ring. */
@Timeout(10)
final class FlyweightTest
{
    private static final int ELSEWHERE_BYTES = 1 << 12;

    private final UnsafeBuffer elsewhere = new UnsafeBuffer(new byte[ELSEWHERE_BYTES]);
    private final BusFixture.Recorder recorder = new BusFixture.Recorder();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldGiveNextEventToSingleHandlerThatWraps(final boolean inline)
    {
        final Wrapping wrapping = new Wrapping(elsewhere);
        final Lane.Builder lane = lane("l").handler("wrapping", wrapping);

        publishOn(bus(16).lane((inline ? lane.inline() : lane).build()).build());

        assertArrayEquals(LongStream.range(0, 24).toArray(), Arrays.copyOf(wrapping.seen, wrapping.count));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldGiveEachEventToHandlersBehindOneThatWraps(final boolean inline)
    {
        final Wrapping wrapping = new Wrapping(elsewhere);
        final Lane.Builder lane = lane("l").handler("wrapping", wrapping).handler("recorder", recorder);

        publishOn(bus(16).lane((inline ? lane.inline() : lane).build()).build());

        final long[] expected = LongStream.range(0, 24).toArray();
        assertArrayEquals(expected, Arrays.copyOf(wrapping.seen, wrapping.count));
        assertArrayEquals(expected, recorder.sequences());
        assertArrayEquals(expected, recorder.orderIds());
    }

    @Test
    void shouldFillItsOwnSlotsThoughFillerWraps()
    {
        final EventBus bus = bus(16).lane(lane("l").inline().handler("recorder", recorder).build()).build();
        bus.start();

        for (int i = 0; i < 5; i++)
        {
            final long base = 10L * i;
            bus.writer().publish(4, (event, index) -> event.type(EventType.TRADE).orderId(base + index)
                .wrap(elsewhere, 64 * index).orderId(-1));
        }

        assertArrayEquals(
            new long[]{0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23, 30, 31, 32, 33, 40, 41, 42, 43},
            recorder.orderIds());
        assertArrayEquals(LongStream.range(0, 20).toArray(), recorder.sequences());
        assertEquals(-1, elsewhere.getLong(64 * 3 + 24));
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldMoveToSlotThoughTheSlotBeforeWasWrapped()
    {
        final EventBus bus = bus(16).lane(lane("l").inline().handler("recorder", recorder).build()).build();
        bus.start();

        final long first = bus.writer().claim(2);
        bus.writer().slot(first).reset().type(EventType.TRADE).orderId(1).wrap(elsewhere, 0);
        bus.writer().slot(first + 1).reset().type(EventType.TRADE).orderId(2).wrap(elsewhere, 0);
        bus.writer().publish();

        assertArrayEquals(new long[]{1, 2}, recorder.orderIds());
        assertArrayEquals(new byte[ELSEWHERE_BYTES], elsewhere.byteArray());
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    private static void publishOn(final EventBus bus)
    {
        bus.start();
        for (int i = 0; i < 6; i++)
        {
            assertEquals(Writer.ACCEPTED, bus.writer().publish(batch(4L * i, 4)));
        }
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    /** Notes sequences, and leaves the flyweight on other memory. */
    private static final class Wrapping implements EventHandler
    {
        private final UnsafeBuffer elsewhere;
        private final long[] seen = new long[64];
        private int count;

        private Wrapping(final UnsafeBuffer elsewhere)
        {
            this.elsewhere = elsewhere;
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            seen[count++] = event.sequence();
            event.wrap(elsewhere, 64 * (count & 1));
        }
    }
}
