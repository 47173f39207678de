package io.ringtape.bus;

import com.lmax.disruptor.Sequence;
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
import org.agrona.concurrent.ringbuffer.RecordDescriptor;
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
 * Thread safety: any thread offers, lock-free but where it waits for room; the writer's thread drains.
 * Allocation: none.
 */
public final class Inbox implements EventPublisher
{
    /** The least capacity. */
    public static final int MIN_CAPACITY = 4;
    /** The largest capacity. */
    public static final int MAX_CAPACITY = 1 << 23;

    /** Where a drain ends that takes all there is. */
    static final long ALL = Long.MAX_VALUE;

    private static final int EVENTS = 1;
    // A single event takes 72 bytes as a message; a power of two above it keeps the promise of the capacity.
    private static final int BYTES_PER_MESSAGE = 72;
    private static final int BYTES_PER_EVENT = 128;
    // Half as many single events as the capacity, out of what a power of two has beyond the promise.
    private static final int RESERVED_PER_EVENT = BYTES_PER_MESSAGE / 2;
    // Of the end of the buffer where no single event fits: once among all that waits, ahead of either limit.
    private static final int MOST_LEFT = BYTES_PER_MESSAGE - RecordDescriptor.ALIGNMENT;

    private final String name;
    private final int capacity;
    private final int maxBatch;
    private final int offerLimit;
    private final int reservedLimit;
    private final BackPressure backPressure;
    private final BusControl control;
    private final WriterCore writer;
    private final WriterTimers timers;
    private final WriterRole role;
    private final ManyToOneRingBuffer ring;
    // Offers that found it full: answered so, or made to wait, as the back-pressure says.
    private final StripedCount withoutRoom = new StripedCount();
    private final StripedCount accepted = new StripedCount();
    // Written by the writer's thread alone.
    private final Sequence published = new Sequence(0);
    // How far it was drained when an offer last had to know: the writer's own count would be fetched at each offer.
    private final Sequence drainedTo = new Sequence(0);
    private final AtomicLong refusedCount = new AtomicLong();
    private final MessageHandler onMessage = this::onMessage;
    private final String waiting;
    private int drainedCount;

    Inbox(
        final EventBusBuilder.InboxSpec spec, final BusControl control, final WriterCore writer, final WriterRole role,
        final WriterTimers timers)
    {
        name = spec.name();
        capacity = spec.capacity();
        backPressure = spec.backPressure();
        this.control = control;
        this.writer = writer;
        this.timers = timers;
        this.role = role;
        waiting = "inbox=" + name;
        maxBatch = Math.min(capacity / 4, writer.capacity());
        offerLimit = Math.max(capacity * BYTES_PER_MESSAGE + BYTES_PER_MESSAGE,
            capacity * (BYTES_PER_EVENT - RESERVED_PER_EVENT) - MOST_LEFT);
        reservedLimit = offerLimit + capacity * RESERVED_PER_EVENT + MOST_LEFT;
        ring = new ManyToOneRingBuffer(new UnsafeBuffer(BufferUtil.allocateDirectAligned(
            BitUtil.findNextPositivePowerOfTwo(reservedLimit) + RingBufferDescriptor.TRAILER_LENGTH,
            BitUtil.CACHE_LINE_LENGTH)));
    }

    /**
     * Hands over the events of a batch, all or none, in order; the batch may be reused at once. Where there is no room
     * it does what the {@link #backPressure()} says: with {@link BackPressure#FAIL} it never waits, with the others
     * until there is room or the bus ends, whatever interrupts the thread. Where the bus has no writer thread of its
     * own, somebody must be its writer, or it waits for that too.
     * <p>
     * An inbox that waits refuses handlers of its bus and the writer's thread at each call, full or not: the writer may
     * be waiting for the handler's lane, and nobody would drain it.
     *
     * @param batch 1 to {@link #maxBatchCount()} events.
     * @return {@link #ACCEPTED}, {@link #FULL} (before the bus is started with any back-pressure) or {@link #CLOSED}.
     * @throws IllegalArgumentException if the batch is empty or too large.
     * @throws IllegalStateException    if the inbox waits, and a handler or the writer's thread offers while the bus
     *                                  runs.
     */
    @Override
    public int offer(final EventBatch batch)
    {
        return offer(batch, offerLimit);
    }

    /**
     * Hands over a batch as {@link #offer(EventBatch)} does, and may use the room that it leaves: half as many single
     * events as the {@link #capacity()}, where one thread offers.
     */
    @Override
    public int offerReserved(final EventBatch batch)
    {
        return offer(batch, reservedLimit);
    }

    private int offer(final EventBatch batch, final int limit)
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
        if (backPressure.waits())
        {
            role.requireMayWait(waiting);
        }
        int index = claim(length, limit);
        if (index == RingBuffer.INSUFFICIENT_CAPACITY)
        {
            withoutRoom.add(1);
            if (!backPressure.waits())
            {
                return FULL;
            }
            index = awaitRoom(length, limit);
        }
        if (!control.isRunning())
        {
            if (index != RingBuffer.INSUFFICIENT_CAPACITY)
            {
                ring.abort(index);
            }
            refusedCount.incrementAndGet();
            return CLOSED;
        }
        // Ahead of the commit: nothing is published that is not counted.
        accepted.add(count);
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
        return writer.drain(this, ALL);
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
    @Override
    public int maxBatchCount()
    {
        return maxBatch;
    }

    /**
     * What an offer does that finds no room.
     *
     * @return as it was chosen.
     */
    public BackPressure backPressure()
    {
        return backPressure;
    }

    /**
     * Offers that were answered {@link #FULL} because there was no room.
     *
     * @return 0 or more; 0 where it waits.
     */
    public long fullCount()
    {
        return backPressure.waits() ? 0 : withoutRoom.sum();
    }

    /**
     * Offers that had to wait for room, each once, however long; also one that the end of the bus then refused.
     *
     * @return 0 or more; 0 with {@link BackPressure#FAIL}.
     */
    public long waitCount()
    {
        return backPressure.waits() ? withoutRoom.sum() : 0;
    }

    /**
     * Events that were accepted, exact once no offer is under way; of one that is, they are counted just ahead of its
     * return.
     *
     * @return 0 or more.
     */
    public long acceptedCount()
    {
        return accepted.sum();
    }

    /**
     * Events that were published from it.
     *
     * @return 0 or more, never above {@link #acceptedCount()} if that is asked afterwards.
     */
    public long publishedCount()
    {
        return published.get();
    }

    /**
     * Events that were accepted and are not published: those that wait. After a halt, or a close that passed its limit,
     * those that were dropped.
     *
     * @return 0 or more; while offers are under way it may count some that are published meanwhile.
     */
    public long depth()
    {
        // What is published first: it was counted as accepted before.
        final long out = published.get();
        return accepted.sum() - out;
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
     * The depth at which it is full of events that were offered alone; in batches a ninth more fit, and what is offered
     * as reserved comes on top.
     *
     * @return more than {@link #capacity()}, which is a promise.
     */
    public int mostDepth()
    {
        return offerLimit / BYTES_PER_MESSAGE;
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

    int read(final long limit)
    {
        drainedCount = 0;
        final boolean isAll = limit == ALL;
        final long end = isAll ? ring.producerPosition() : limit;
        long position = ring.consumerPosition();
        while (position < end)
        {
            // A read goes on with what is offered while it reads: up to an exact place only message by message.
            ring.read(onMessage, isAll ? Integer.MAX_VALUE : 1);
            final long moved = ring.consumerPosition();
            if (moved == position)
            {
                // An offer that has claimed its room is still copying; it is published by the next drain.
                break;
            }
            // A read ends where the buffer wraps, maybe with nothing but padding: what waits behind is still due.
            position = moved;
        }
        return drainedCount;
    }

    // Where an offer ends that is under way or accepted; once the bus has stopped to run none follows.
    long claimed()
    {
        return ring.producerPosition();
    }

    boolean isDrainedTo(final long position)
    {
        return ring.consumerPosition() >= position;
    }

    private int claim(final int length, final int limit)
    {
        return limit == ring.capacity() || isLeft(length, limit) ? ring.tryClaim(EVENTS, length) :
            RingBuffer.INSUFFICIENT_CAPACITY;
    }

    // What may take all of the room needs no look of its own: the claim has one.
    private boolean isLeft(final int length, final int limit)
    {
        final int record = length + RecordDescriptor.HEADER_LENGTH;
        final long position = ring.producerPosition();
        final int untilEnd = ring.capacity() - (int)(position & (ring.capacity() - 1));
        // What does not fit ahead of the end of the buffer leaves that empty.
        final long end = position + record + (record > untilEnd ? untilEnd : 0);
        if (end - drainedTo.get() > limit)
        {
            final long drained = ring.consumerPosition();
            drainedTo.set(drained);
            return end - drained <= limit;
        }
        return true;
    }

    private int awaitRoom(final int length, final int limit)
    {
        int index = RingBuffer.INSUFFICIENT_CAPACITY;
        while (index == RingBuffer.INSUFFICIENT_CAPACITY && control.isRunning())
        {
            backPressure.idle();
            index = claim(length, limit);
        }
        return index;
    }

    private void onMessage(final int type, final MutableDirectBuffer buffer, final int index, final int length)
    {
        final int count = timers.publishMarked(writer, buffer, index, length / OrderBookEvent.SIZE_BYTES);
        published.set(published.get() + count);
        drainedCount += count;
    }
}
