package io.ringtape.gateway;

import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.OrderBookEvent;
import java.util.function.Consumer;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The answers of a gateway on their way to the tape: each is kept from when it was given until the tape has it, in the
 * order in which they were given.
 * <pre>
 *  given --offer--&gt; in the inbox --writer--&gt; on the ring --recorder--&gt; on tape: forgotten
 *    |  inbox full: offered again at the gateway's next look
 *    +-- bus halted at any of these: {@link #take(OrderBookEvent)} gives them to safe mode
 * </pre>
 * Its room is bounded and reserved at the start, and shared so that what a venue says finds some left:
 * <ul>
 * <li>where less than half of it is left, {@link #hasRoom()} says no and no new order is to leave;</li>
 * <li>where less than a quarter is left, which holds the largest answer, {@link #hasRoomForReject()} says no to what
 * the gateway itself has to say of orders that it holds back;</li>
 * <li>where none is left an answer is {@link #FULL}.</li>
 * </ul>
 * <p>
 * Thread safety: one thread at a time gives answers; the gateway's thread calls the rest. They meet at a lock that
 * neither holds for longer than a copy.
 * Allocation: on construction only.
 */
public final class AnswerBox implements EventPublisher
{
    /** The room where nothing else is said, in events. */
    public static final int DEFAULT_CAPACITY = 1 << 14;
    /** The most that {@link #offer(EventBatch)} takes at once. */
    public static final int MAX_BATCH = 64;
    /** The least room: a quarter of it holds the largest answer. */
    public static final int MIN_CAPACITY = 4 * MAX_BATCH;

    /** The sequence of what was not seen on the ring. */
    static final long UNSEEN = -1;

    private static final int REJECT_EVENTS = 2;

    private final Object lock = new Object();
    private final OrderBookEvent at = new OrderBookEvent();
    private final EventBatch out = new EventBatch(MAX_BATCH);
    private final UnsafeBuffer slots;
    private final int capacity;
    // Counts of events since the start: given, offered to the inbox, seen on the ring, forgotten.
    private long given;
    private long offered;
    private long seen;
    private long forgotten;
    private long baseSequence;
    private volatile long waiting;
    private boolean closed;
    private @Nullable EventPublisher inbox;

    /**
     * A box that is not connected yet.
     *
     * @param capacity in events, a power of two, at least {@link #MIN_CAPACITY}.
     * @throws IllegalArgumentException if it is none.
     */
    public AnswerBox(final int capacity)
    {
        if (capacity < MIN_CAPACITY || Integer.bitCount(capacity) != 1)
        {
            throw new IllegalArgumentException(
                "capacity must be a power of two, at least " + MIN_CAPACITY + ": capacity=" + capacity);
        }
        this.capacity = capacity;
        slots = new UnsafeBuffer(
            BufferUtil.allocateDirectAligned(capacity * OrderBookEvent.SIZE_BYTES, BitUtil.CACHE_LINE_LENGTH));
    }

    /**
     * Connects the box to the bus, before that starts.
     *
     * @param newInbox      of the bus, which fails where it is full; nobody else hands it events of this source.
     * @param firstSequence of the bus.
     * @throws IllegalArgumentException if the inbox does not take the largest answer.
     */
    public void connect(final EventPublisher newInbox, final long firstSequence)
    {
        if (newInbox.maxBatchCount() < MAX_BATCH)
        {
            throw new IllegalArgumentException("inbox of the answers must take batches of " + MAX_BATCH +
                " events: maxBatchCount=" + newInbox.maxBatchCount());
        }
        synchronized (lock)
        {
            inbox = newInbox;
            baseSequence = firstSequence - 1;
        }
    }

    /**
     * Takes an answer, and hands it on if the inbox has room. It is taken too when the bus has halted, until safe mode
     * has ended.
     *
     * @param batch 1 to {@link #MAX_BATCH} events, the last one, and no other, flagged {@link EventFlags#LAST}.
     * @return {@link #ACCEPTED}, {@link #FULL} if there is no room for another one, or {@link #CLOSED} when nobody
     *     keeps it any more.
     * @throws IllegalArgumentException if the batch is no answer.
     */
    @Override
    public int offer(final EventBatch batch)
    {
        final int count = batch.count();
        if (count < 1 || count > MAX_BATCH || !batch.event(count - 1).has(EventFlags.LAST))
        {
            throw new IllegalArgumentException("an answer has 1 to " + MAX_BATCH +
                " events and ends with the flag last: count=" + count);
        }
        synchronized (lock)
        {
            if (closed)
            {
                return CLOSED;
            }
            if (capacity - (given - forgotten) < count)
            {
                return FULL;
            }
            for (int i = 0; i < count; i++)
            {
                slot(given++).copyFrom(batch.event(i)).sequence(UNSEEN);
            }
            waiting = given - forgotten;
            hand();
            return ACCEPTED;
        }
    }

    /**
     * Whether another order may leave: at least half of the room is left for answers to those that have.
     *
     * @return false while too many answers wait.
     */
    public boolean hasRoom()
    {
        return waiting <= capacity >> 1;
    }

    /**
     * Whether another order may be answered with a reject of the gateway's own: behind it there still is a quarter of
     * the room for what the venue says.
     *
     * @return false while too many answers wait for that.
     */
    boolean hasRoomForReject()
    {
        return waiting <= rejectLimit();
    }

    /** How many events may wait where a reject is to be taken. */
    int rejectLimit()
    {
        return capacity - (capacity >> 2) - REJECT_EVENTS;
    }

    /**
     * The room.
     *
     * @return in events.
     */
    public int capacity()
    {
        return capacity;
    }

    /**
     * How many events are given and not known to be on tape.
     *
     * @return 0 to {@link #capacity()}.
     */
    public long waitingCount()
    {
        return waiting;
    }

    /**
     * Offers again what the inbox had no room for, and forgets what the tape has.
     *
     * @param journaledSequence the last sequence that is on tape.
     */
    void look(final long journaledSequence)
    {
        if (waiting == 0)
        {
            return;
        }
        synchronized (lock)
        {
            hand();
            while (forgotten < seen && slot(forgotten).sequence() <= journaledSequence)
            {
                baseSequence = at.sequence();
                forgotten++;
            }
            waiting = given - forgotten;
        }
    }

    /**
     * An event of this source came by on the ring.
     *
     * @param sequence of the event.
     * @throws IllegalStateException if none is on its way.
     */
    void onSeen(final long sequence)
    {
        synchronized (lock)
        {
            if (seen == offered)
            {
                throw new IllegalStateException("an answer is on the ring that was not given: sequence=" + sequence);
            }
            slot(seen++).sequence(sequence);
        }
    }

    /** Takes no more answers: what is in the box from here on is all there is. */
    void close()
    {
        synchronized (lock)
        {
            closed = true;
        }
    }

    /** Shows what has not been seen on the ring, and keeps it. */
    void unseen(final Consumer<OrderBookEvent> consumer)
    {
        synchronized (lock)
        {
            for (long i = seen; i < given; i++)
            {
                consumer.accept(slot(i));
            }
        }
    }

    /**
     * Takes the oldest event; the bus has ended.
     *
     * @param into gets it; its sequence is -1 if it was not seen on the ring.
     * @return false if there is none.
     */
    boolean take(final OrderBookEvent into)
    {
        synchronized (lock)
        {
            if (forgotten == given)
            {
                return false;
            }
            into.copyFrom(slot(forgotten++));
            seen = Math.max(seen, forgotten);
            offered = Math.max(offered, forgotten);
            waiting = given - forgotten;
            return true;
        }
    }

    long baseSequence()
    {
        synchronized (lock)
        {
            return baseSequence;
        }
    }

    // An answer is one claim again, with its details.
    private void hand()
    {
        final EventPublisher to = inbox;
        while (to != null && offered < given)
        {
            out.clear();
            boolean isLast = false;
            while (!isLast)
            {
                isLast = out.append().copyFrom(slot(offered + out.count() - 1)).has(EventFlags.LAST);
            }
            if (to.offer(out) != ACCEPTED)
            {
                return;
            }
            offered += out.count();
        }
    }

    private OrderBookEvent slot(final long position)
    {
        return at.wrap(slots, (int)(position & (capacity - 1)) * OrderBookEvent.SIZE_BYTES);
    }
}
