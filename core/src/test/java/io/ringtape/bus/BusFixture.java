package io.ringtape.bus;

import com.lmax.disruptor.Sequencer;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.RangeHandler;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.jspecify.annotations.Nullable;

/** What the tests of the bus share. */
final class BusFixture
{
    static final long CLOSE_LIMIT_NS = 5_000_000_000L;
    private static final long AWAIT_LIMIT_NS = 60_000_000_000L;

    private BusFixture()
    {
    }

    static IdleStrategy yielding()
    {
        return new YieldingIdleStrategy();
    }

    static EventBusBuilder bus(final int capacity)
    {
        return EventBus.builder().capacity(capacity).idle(yielding());
    }

    static Lane.Builder lane(final String name)
    {
        return Lane.named(name).idle(yielding());
    }

    static EventBatch batch(final long firstOrderId, final int count)
    {
        final EventBatch batch = new EventBatch(count);
        for (int i = 0; i < count; i++)
        {
            batch.append().type(EventType.ORDER_ADD).orderId(firstOrderId + i);
        }
        return batch;
    }

    /** The sequencer of a bus of which a test has parts only. */
    static Sequencer sequencer(final int capacity, final long firstSequence)
    {
        return Sequencers.of(new BusConfig(capacity, firstSequence, 1, 0, BusConfig.NO_STALL_LIMIT), false);
    }

    /** A wait of a minute is a failure: a yielding thread hears no interrupt, so the limit of a test ends none. */
    static void await(final BooleanSupplier condition)
    {
        final IdleStrategy idle = yielding();
        final long deadlineNs = System.nanoTime() + AWAIT_LIMIT_NS;
        while (!condition.getAsBoolean())
        {
            if (System.nanoTime() - deadlineNs > 0)
            {
                throw new AssertionError("waited in vain");
            }
            idle.idle();
        }
    }

    /**
     * Runs a task on a thread of its own.
     *
     * @param task to run.
     * @return what it threw, null if it ended well.
     */
    static @Nullable Throwable onThread(final Runnable task)
    {
        final AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        final Thread thread = new Thread(() ->
        {
            try
            {
                task.run();
            }
            catch (final Throwable t)
            {
                thrown.set(t);
            }
        });
        thread.setDaemon(true);
        thread.start();
        await(() -> !thread.isAlive());
        return thrown.get();
    }

    /** Notes what it gets. */
    static final class Recorder implements EventHandler
    {
        private final StringBuilder calls = new StringBuilder();
        private long[] sequences = new long[1024];
        private long[] orderIds = new long[1024];
        private volatile int count;
        private volatile long stoppedAt = Long.MIN_VALUE;
        private volatile long startedAt = Long.MIN_VALUE;
        private int ends;

        @Override
        public void onStart(final long firstSequence)
        {
            startedAt = firstSequence;
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            final int index = count;
            if (index == sequences.length)
            {
                sequences = Arrays.copyOf(sequences, 2 * index);
                orderIds = Arrays.copyOf(orderIds, 2 * index);
            }
            sequences[index] = event.sequence();
            orderIds[index] = event.orderId();
            count = index + 1;
        }

        @Override
        public void onBatchEnd(final long lastSequence)
        {
            ends++;
            calls.append(lastSequence).append(' ');
        }

        @Override
        public void onStop(final long lastSequence)
        {
            stoppedAt = lastSequence;
        }

        int count()
        {
            return count;
        }

        int ends()
        {
            return ends;
        }

        String batchEnds()
        {
            return calls.toString().trim();
        }

        long startedAt()
        {
            return startedAt;
        }

        long stoppedAt()
        {
            return stoppedAt;
        }

        long[] sequences()
        {
            return Arrays.copyOf(sequences, count);
        }

        long[] orderIds()
        {
            return Arrays.copyOf(orderIds, count);
        }
    }

    /** Notes the ranges that it gets. */
    static final class Ranges implements RangeHandler
    {
        private final StringBuilder ranges = new StringBuilder();
        private volatile long stoppedAt = Long.MIN_VALUE;
        private volatile long last = Long.MIN_VALUE;

        @Override
        public void onRange(final UnsafeBuffer buffer, final int offset, final long firstSequence, final int count)
        {
            final OrderBookEvent event = new OrderBookEvent();
            ranges.append(firstSequence).append('+').append(count).append(':');
            for (int i = 0; i < count; i++)
            {
                event.wrap(buffer, offset + i * OrderBookEvent.SIZE_BYTES);
                if (event.sequence() != firstSequence + i)
                {
                    throw new AssertionError("sequence=" + event.sequence() + " expected=" + (firstSequence + i));
                }
                ranges.append(event.type() == EventType.VOID ? 'v' : 'e');
            }
            ranges.append(' ');
            last = firstSequence + count - 1;
        }

        @Override
        public void onStop(final long lastSequence)
        {
            stoppedAt = lastSequence;
        }

        String ranges()
        {
            return ranges.toString().trim();
        }

        long last()
        {
            return last;
        }

        long stoppedAt()
        {
            return stoppedAt;
        }
    }

    /** Holds its lane until it is let go. */
    static final class Hold implements EventHandler
    {
        private volatile boolean held;
        private volatile boolean released;

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            held = true;
            await(() -> released);
        }

        void awaitHeld()
        {
            await(() -> held);
        }

        void release()
        {
            released = true;
        }
    }
}
