package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.batch;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.event.EventHandler;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.RangeHandler;
import java.util.stream.LongStream;

/** What the tests of late lanes share. */
final class JoinFixture
{
    private JoinFixture()
    {
    }

    /** A bus whose events are in a history at once. */
    static EventBus started(final ArrayHistory history)
    {
        final EventBus bus = bus(8).history(history, "tape")
            .lane(lane("tape").inline().rangeHandler("recorder", history).build()).build();
        bus.start();
        return bus;
    }

    /** A bus whose recorder fails on the last of so many events, and is detached. */
    static EventBus failingRecorder(final ArrayHistory history, final int events)
    {
        final RangeHandler recorder = (buffer, offset, first, count) ->
        {
            if (first + count >= events)
            {
                throw new IllegalStateException("disk is full");
            }
            history.onRange(buffer, offset, first, count);
        };
        final EventBus bus = bus(8).history(history, "tape")
            .lane(lane("tape").inline().onFault(FaultPolicy.DETACH).rangeHandler("recorder", recorder).build()).build();
        bus.start();
        return bus;
    }

    static void publish(final EventBus bus, final int count)
    {
        for (int i = 0; i < count; i++)
        {
            assertEquals(Writer.ACCEPTED, bus.writer().publish(batch(bus.cursor() + 1, 1)));
        }
    }

    /** Notes all that it is told. */
    static final class Tale implements EventHandler, JoinListener
    {
        private final BusFixture.Recorder events = new BusFixture.Recorder();
        private volatile String text = "";

        @Override
        public void onStart(final long firstSequence)
        {
            add("start " + firstSequence);
        }

        @Override
        public void onCatchUp(final long firstSequence)
        {
            add("catch up " + firstSequence);
        }

        @Override
        public void onLive(final long sequence)
        {
            add("live " + sequence);
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            events.onEvent(event);
        }

        @Override
        public void onLeft(final long sequence, final LeaveReason reason)
        {
            add("left " + sequence + " " + reason);
        }

        @Override
        public void onStop(final long lastSequence)
        {
            add("stop " + lastSequence);
        }

        private void add(final String more)
        {
            text = text.isEmpty() ? more : text + ", " + more;
        }

        String text()
        {
            return text;
        }

        void requireAll(final long first, final long last)
        {
            final long[] all = LongStream.rangeClosed(first, last).toArray();
            assertArrayEquals(all, events.sequences());
            assertArrayEquals(all, events.orderIds());
        }
    }
}
