package io.ringtape.backtest;

import io.ringtape.event.OrderBookEvent;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Events on their way, each with the time when it is due: first in, first out, because none overtakes another. It
 * doubles when it is full.
 */
final class DueEvents
{
    /** The time at which nothing is due. */
    static final long NEVER = Long.MAX_VALUE;

    private static final int INITIAL_CAPACITY = 64;

    private final OrderBookEvent slot = new OrderBookEvent();
    private UnsafeBuffer buffer = allocate(INITIAL_CAPACITY);
    private long[] timesNs = new long[INITIAL_CAPACITY];
    private int head;
    private int size;

    boolean isEmpty()
    {
        return size == 0;
    }

    void add(final OrderBookEvent event, final long timeNs)
    {
        if (size == timesNs.length)
        {
            grow();
        }
        final int index = head + size & timesNs.length - 1;
        slot.moveTo(buffer, index * OrderBookEvent.SIZE_BYTES).copyFrom(event);
        timesNs[index] = timeNs;
        size++;
    }

    /** When the oldest event is due, or {@link #NEVER}. */
    long dueNs()
    {
        return size == 0 ? NEVER : timesNs[head];
    }

    /**
     * Takes the oldest event.
     *
     * @param event is overwritten with it.
     */
    void take(final OrderBookEvent event)
    {
        event.copyFrom(slot.moveTo(buffer, head * OrderBookEvent.SIZE_BYTES));
        head = head + 1 & timesNs.length - 1;
        size--;
    }

    private void grow()
    {
        final int capacity = timesNs.length;
        final UnsafeBuffer larger = allocate(2 * capacity);
        final long[] largerTimes = Arrays.copyOf(timesNs, 2 * capacity);
        for (int i = 0; i < size; i++)
        {
            final int from = head + i & capacity - 1;
            larger.putBytes(i * OrderBookEvent.SIZE_BYTES, buffer, from * OrderBookEvent.SIZE_BYTES,
                OrderBookEvent.SIZE_BYTES);
            largerTimes[i] = timesNs[from];
        }
        buffer = larger;
        timesNs = largerTimes;
        head = 0;
    }

    private static UnsafeBuffer allocate(final int events)
    {
        return new UnsafeBuffer(ByteBuffer.allocateDirect(events * OrderBookEvent.SIZE_BYTES));
    }
}
