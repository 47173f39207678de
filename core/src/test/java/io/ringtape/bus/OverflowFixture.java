package io.ringtape.bus;

import io.ringtape.event.EventBatch;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.RangeHandler;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Events that show if they were torn, and handlers that hold what they get against what they were told. */
final class OverflowFixture
{
    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

    private OverflowFixture()
    {
    }

    static long mix(final long sequence, final int word)
    {
        return (sequence + word) * GOLDEN ^ sequence;
    }

    /** Fills all words of an event from the sequence that it will get. */
    static OrderBookEvent fill(final OrderBookEvent event, final long sequence)
    {
        return event.reset().eventTimeNs(mix(sequence, 1)).receiveTimeNs(mix(sequence, 2)).orderId(mix(sequence, 3))
            .price(mix(sequence, 4)).quantity(mix(sequence, 5)).sourceSequence(mix(sequence, 6))
            .instrumentId((int)mix(sequence, 7)).type(EventType.TRADE);
    }

    static boolean isWhole(final OrderBookEvent event)
    {
        final long sequence = event.sequence();
        return event.eventTimeNs() == mix(sequence, 1) && event.receiveTimeNs() == mix(sequence, 2) &&
            event.orderId() == mix(sequence, 3) && event.price() == mix(sequence, 4) &&
            event.quantity() == mix(sequence, 5) && event.sourceSequence() == mix(sequence, 6) &&
            event.instrumentId() == (int)mix(sequence, 7) && event.type() == EventType.TRADE;
    }

    /** Publishes events with one claim, waiting for the lanes that gate. */
    static void publish(final EventBus bus, final int count)
    {
        final Writer writer = bus.writer();
        final long first = writer.claim(count);
        for (int i = 0; i < count; i++)
        {
            fill(writer.slot(first + i), first + i);
        }
        writer.publish();
    }

    /** A bus with a ring of 8 that has started. */
    static EventBus started(final Lane.Builder... lanes)
    {
        final EventBusBuilder builder = BusFixture.bus(8);
        for (final Lane.Builder lane : lanes)
        {
            builder.lane(lane.build());
        }
        final EventBus bus = builder.build();
        bus.start();
        return bus;
    }

    /** Publishes one event, and batches once a handler is held at it. */
    static void publishBehind(final EventBus bus, final Hold hold, final int... counts)
    {
        publish(bus, 1);
        hold.awaitHeld();
        for (final int count : counts)
        {
            publish(bus, count);
        }
    }

    /** The batch that would come next. */
    static EventBatch batch(final long first, final int count)
    {
        final EventBatch batch = new EventBatch(count);
        for (int i = 0; i < count; i++)
        {
            fill(batch.append(), first + i);
        }
        return batch;
    }

    /** Expects each sequence once: delivered whole, or told as shed, in order. */
    static final class Account implements EventHandler
    {
        private final EventHandler pace;
        private final List<String> shedRanges = new ArrayList<>();
        private final StringBuilder wrong = new StringBuilder();
        private long next;
        private long delivered;
        private long shed;
        private long stoppedAt = Long.MIN_VALUE;

        Account(final EventHandler pace)
        {
            this.pace = pace;
        }

        @Override
        public void onStart(final long firstSequence)
        {
            next = firstSequence;
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            expect(event.sequence());
            if (!isWhole(event))
            {
                wrong.append("torn=").append(event.sequence()).append(' ');
            }
            next = event.sequence() + 1;
            delivered++;
            pace.onEvent(event);
        }

        @Override
        public void onShed(final long firstSequence, final long lastSequence)
        {
            expect(firstSequence);
            if (lastSequence < firstSequence)
            {
                wrong.append("empty=").append(firstSequence).append(' ');
            }
            if (shedRanges.size() < 100)
            {
                shedRanges.add(firstSequence + ".." + lastSequence);
            }
            next = lastSequence + 1;
            shed += lastSequence - firstSequence + 1;
        }

        @Override
        public void onStop(final long lastSequence)
        {
            expect(lastSequence + 1);
            stoppedAt = lastSequence;
        }

        long delivered()
        {
            return delivered;
        }

        long shed()
        {
            return shed;
        }

        long stoppedAt()
        {
            return stoppedAt;
        }

        List<String> shedRanges()
        {
            return List.copyOf(shedRanges);
        }

        String wrong()
        {
            return wrong.toString();
        }

        private void expect(final long sequence)
        {
            if (sequence != next && wrong.length() < 1_000)
            {
                wrong.append("sequence=").append(sequence).append(" expected=").append(next).append(' ');
            }
        }
    }

    /** The same account of ranges. */
    static final class RangeAccount implements RangeHandler
    {
        private final OrderBookEvent event = new OrderBookEvent();
        private final StringBuilder wrong = new StringBuilder();
        private long next;
        private long delivered;
        private long shed;

        @Override
        public void onStart(final long firstSequence)
        {
            next = firstSequence;
        }

        @Override
        public void onRange(final UnsafeBuffer buffer, final int offset, final long firstSequence, final int count)
        {
            expect(firstSequence);
            for (int i = 0; i < count; i++)
            {
                event.wrap(buffer, offset + (i << 6));
                expect(event.sequence() - i);
                if (!isWhole(event))
                {
                    wrong.append("torn=").append(event.sequence()).append(' ');
                }
            }
            next = firstSequence + count;
            delivered += count;
        }

        @Override
        public void onShed(final long firstSequence, final long lastSequence)
        {
            expect(firstSequence);
            next = lastSequence + 1;
            shed += lastSequence - firstSequence + 1;
        }

        long delivered()
        {
            return delivered;
        }

        long shed()
        {
            return shed;
        }

        String wrong()
        {
            return wrong.toString();
        }

        private void expect(final long sequence)
        {
            if (sequence != next && wrong.length() < 1_000)
            {
                wrong.append("sequence=").append(sequence).append(" expected=").append(next).append(' ');
            }
        }
    }

    /** Holds its lane at the first event that it gets after it was armed. */
    static final class Hold implements EventHandler
    {
        private volatile boolean armed = true;
        private volatile boolean held;

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            if (armed)
            {
                held = true;
                BusFixture.await(() -> !armed);
                held = false;
            }
        }

        void awaitHeld()
        {
            BusFixture.await(() -> held);
        }

        void release()
        {
            armed = false;
        }
    }
}
