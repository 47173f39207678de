package io.ringtape.event;

import java.nio.ByteBuffer;

/**
 * The timers that were asked for and are not due yet, in the order in which they come due: deadline, owner, id.
 * <p>
 * It is a function of the {@link EventType#TIMER_REQUEST} events that it is given: the writer of a bus feeds it with
 * those that it publishes, a replay with those on tape, and both get the same timers out of it. An owner has one timer
 * of an id: a request replaces it, one without a deadline cancels it.
 * <p>
 * Thread safety: none; one thread.
 * Allocation: none after construction. A request takes time in proportion to the timers that are pending, the look at
 * the next deadline is one compare.
 */
public final class TimerQueue implements Stateful
{
    /** The largest capacity. */
    public static final int MAX_CAPACITY = 4096;

    private static final int WIDTH = 4;
    private static final int OWNER = 1;
    private static final int ID = 2;
    private static final int NUMBER = 3;

    // One array of records (deadline, owner, id, number); the next one due stands last, so that taking it moves none.
    private final long[] records;
    private int end;
    private long nextDeadlineNs = Long.MAX_VALUE;

    /**
     * An empty queue.
     *
     * @param capacity how many timers may be pending, 0 to {@link #MAX_CAPACITY}.
     * @throws IllegalArgumentException if the capacity is out of its range.
     */
    public TimerQueue(final int capacity)
    {
        if (capacity < 0 || capacity > MAX_CAPACITY)
        {
            throw new IllegalArgumentException("timers must be 0 to " + MAX_CAPACITY + ": timers=" + capacity);
        }
        records = new long[WIDTH * capacity];
    }

    /**
     * Applies a request.
     *
     * @param request of type {@link EventType#TIMER_REQUEST}.
     * @return false if it asks for one timer more than there is room for; then nothing changed.
     */
    public boolean apply(final OrderBookEvent request)
    {
        final int owner = request.sourceId();
        final long id = request.orderId();
        final long deadlineNs = request.price();
        final int known = find(owner, id);
        if (deadlineNs != OrderBookEvent.NULL_PRICE && known < 0 && end == records.length)
        {
            return false;
        }
        if (known >= 0)
        {
            System.arraycopy(records, known + WIDTH, records, known, end - known - WIDTH);
            end -= WIDTH;
        }
        if (deadlineNs != OrderBookEvent.NULL_PRICE)
        {
            insert(deadlineNs, owner, id, request.quantity());
        }
        findNext();
        return true;
    }

    /**
     * Whether a timer is due. Hot path.
     *
     * @param timeNs receive time, ns since the epoch, UTC.
     * @return true if the earliest deadline is at or before the time.
     */
    public boolean isDue(final long timeNs)
    {
        return nextDeadlineNs <= timeNs && end > 0;
    }

    /**
     * Takes the timer that is due next.
     *
     * @param event becomes the {@link EventType#TIMER}, but for the sequence; both its times are the deadline.
     * @throws IllegalStateException if no timer is pending.
     */
    public void take(final OrderBookEvent event)
    {
        if (end == 0)
        {
            throw new IllegalStateException("no timer is pending");
        }
        end -= WIDTH;
        final long deadlineNs = records[end];
        final int owner = (int)records[end + OWNER];
        event.set(deadlineNs, deadlineNs, records[end + ID], deadlineNs, owner, records[end + NUMBER],
            EventLayout.tail(0, EventType.TIMER, owner, 0));
        findNext();
    }

    /**
     * How many timers are pending.
     *
     * @return 0 to the capacity.
     */
    public int size()
    {
        return end / WIDTH;
    }

    @Override
    public String stateName()
    {
        return "timer-queue";
    }

    @Override
    public int stateVersion()
    {
        return 1;
    }

    @Override
    public long stateParameters()
    {
        return records.length / WIDTH;
    }

    @Override
    public long stateBytes()
    {
        return (long)end * Long.BYTES;
    }

    @Override
    public void writeState(final ByteBuffer target)
    {
        for (int at = 0; at < end; at++)
        {
            target.putLong(records[at]);
        }
    }

    @Override
    public void readState(final ByteBuffer source)
    {
        final int bytes = source.remaining();
        if (bytes % (WIDTH * Long.BYTES) != 0 || bytes / Long.BYTES > records.length)
        {
            throw new IllegalArgumentException(
                "state of timers has a wrong length: bytes=" + bytes + " timers=" + records.length / WIDTH);
        }
        for (end = 0; source.hasRemaining(); end++)
        {
            records[end] = source.getLong();
        }
        findNext();
    }

    private void findNext()
    {
        nextDeadlineNs = end == 0 ? Long.MAX_VALUE : records[end - WIDTH];
    }

    private int find(final int owner, final long id)
    {
        for (int at = end - WIDTH; at >= 0; at -= WIDTH)
        {
            if (records[at + ID] == id && records[at + OWNER] == owner)
            {
                return at;
            }
        }
        return -1;
    }

    private void insert(final long deadlineNs, final int owner, final long id, final long number)
    {
        int at = end;
        while (at > 0 && isBefore(at - WIDTH, deadlineNs, owner, id))
        {
            at -= WIDTH;
        }
        System.arraycopy(records, at, records, at + WIDTH, end - at);
        records[at] = deadlineNs;
        records[at + OWNER] = owner;
        records[at + ID] = id;
        records[at + NUMBER] = number;
        end += WIDTH;
    }

    private boolean isBefore(final int at, final long deadlineNs, final int owner, final long id)
    {
        if (records[at] != deadlineNs)
        {
            return records[at] < deadlineNs;
        }
        return records[at + OWNER] == owner ? records[at + ID] < id : records[at + OWNER] < owner;
    }
}
