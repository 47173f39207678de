package io.ringtape.bus;

import io.ringtape.event.EventBatch;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.OrderBookEvent;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * A bounded way into the ring for every thread that is not the writer: handlers, gateways, other feed threads.
 * <p>
 * One batch is one message is one claim: its events stand next to each other in the ring. An offer that was accepted
 * is published and handled, also when the bus is closed at the same time; only a halt drops what waits. An offer
 * claims its room in the inbox <em>before</em> it looks at the state of the bus, and a close looks at the claims
 * <em>after</em> it set the state, so each offer is seen by the close or sees it.
 * <p>
 * Thread safety: any thread offers, wait-free but for other offers at the same moment; the writer's thread drains.
 * Allocation: none.
 */
public final class Inbox implements EventPublisher
{
    /** The least capacity. */
    public static final int MIN_CAPACITY = 4;
    /** The largest capacity. */
    public static final int MAX_CAPACITY = 1 << 23;

    private static final int EVENTS = 1;
    // A single event takes 72 bytes as a message; a power of two above it keeps the promise of the capacity.
    private static final int BYTES_PER_MESSAGE = 72;
    private static final int BYTES_PER_EVENT = 128;

    private final String name;
    private final int capacity;
    private final int maxBatch;
    private final BusControl control;
    private final WriterCore writer;
    private final WriterTimers timers;
    private final ManyToOneRingBuffer ring;
    private final AtomicLong fullCount = new AtomicLong();
    private final AtomicLong refusedCount = new AtomicLong();
    private final MessageHandler onMessage = this::onMessage;
    private int drained;

    Inbox(
        final String name, final int capacity, final BusControl control, final WriterCore writer,
        final WriterTimers timers)
    {
        this.name = name;
        this.capacity = capacity;
        this.control = control;
        this.writer = writer;
        this.timers = timers;
        maxBatch = Math.min(capacity / 4, writer.capacity());
        ring = new ManyToOneRingBuffer(new UnsafeBuffer(BufferUtil.allocateDirectAligned(
            capacity * BYTES_PER_EVENT + RingBufferDescriptor.TRAILER_LENGTH, BitUtil.CACHE_LINE_LENGTH)));
    }

    /**
     * Hands over the events of a batch, all or none, in order. Never blocks; the batch may be reused at once.
     *
     * @param batch 1 to {@link #maxBatchCount()} events.
     * @return {@link #ACCEPTED}, {@link #FULL} (also before the bus is started) or {@link #CLOSED}.
     * @throws IllegalArgumentException if the batch is empty or too large.
     */
    @Override
    public int offer(final EventBatch batch)
    {
        final int count = batch.count();
        if (count < 1 || count > maxBatch)
        {
            throw new IllegalArgumentException(
                "count must be 1 to " + maxBatch + ": inbox=" + name + " count=" + count);
        }
        final int state = control.state();
        if (state != BusControl.RUNNING)
        {
            refusedCount.incrementAndGet();
            return state == BusControl.NEW ? FULL : CLOSED;
        }
        final int length = count * OrderBookEvent.SIZE_BYTES;
        final int index = ring.tryClaim(EVENTS, length);
        if (index == RingBuffer.INSUFFICIENT_CAPACITY)
        {
            fullCount.incrementAndGet();
            return FULL;
        }
        if (!control.isRunning())
        {
            ring.abort(index);
            refusedCount.incrementAndGet();
            return CLOSED;
        }
        ring.buffer().putBytes(index, batch.buffer(), 0, length);
        ring.commit(index);
        return ACCEPTED;
    }

    /**
     * Publishes what waits, each batch with one claim; waits while the ring is full. On the writer's thread only.
     *
     * @return events published; 0 if there were none or the bus is closed.
     * @throws BusHaltedException    if the bus is halted.
     * @throws IllegalStateException if this is not the writer's thread.
     */
    public int drain()
    {
        return writer.drain(this);
    }

    /**
     * The name of the inbox.
     *
     * @return not empty.
     */
    public String name()
    {
        return name;
    }

    /**
     * How many events it holds at least, where each is offered alone.
     *
     * @return a power of two.
     */
    public int capacity()
    {
        return capacity;
    }

    /**
     * The largest batch that it takes.
     *
     * @return a quarter of the capacity, or the capacity of the ring if that is less.
     */
    public int maxBatchCount()
    {
        return maxBatch;
    }

    /**
     * Offers that found it full.
     *
     * @return 0 or more.
     */
    public long fullCount()
    {
        return fullCount.get();
    }

    /**
     * Offers that were refused because the bus did not run.
     *
     * @return 0 or more.
     */
    public long refusedCount()
    {
        return refusedCount.get();
    }

    /**
     * How much waits in it, as events that were offered alone; those of a batch count for up to a ninth less, and the
     * end of the buffer that a batch did not fit into counts too.
     *
     * @return 0 to {@link #mostDepth()}.
     */
    public int depth()
    {
        return ring.size() / BYTES_PER_MESSAGE;
    }

    /**
     * The depth at which it is full.
     *
     * @return more than {@link #capacity()}, which is a promise.
     */
    public int mostDepth()
    {
        return ring.capacity() / BYTES_PER_MESSAGE;
    }

    /**
     * Whether nothing waits in it.
     *
     * @return true if all that was offered is published.
     */
    public boolean isEmpty()
    {
        return ring.consumerPosition() == ring.producerPosition();
    }

    int read()
    {
        drained = 0;
        final long end = ring.producerPosition();
        long position = ring.consumerPosition();
        while (position < end)
        {
            ring.read(onMessage);
            final long moved = ring.consumerPosition();
            if (moved == position)
            {
                // An offer that has claimed its room is still copying; it is published by the next drain.
                break;
            }
            // A read ends where the buffer wraps, maybe with nothing but padding: what waits behind is still due.
            position = moved;
        }
        return drained;
    }

    // Where an offer that can still be accepted ends; meaningful once the bus has stopped to run.
    long claimed()
    {
        return ring.producerPosition();
    }

    boolean isDrainedTo(final long position)
    {
        return ring.consumerPosition() >= position;
    }

    private void onMessage(final int type, final MutableDirectBuffer buffer, final int index, final int length)
    {
        drained += timers.publishMarked(writer, buffer, index, length / OrderBookEvent.SIZE_BYTES);
    }
}
