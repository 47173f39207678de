package io.ringtape.event;

import java.nio.ByteBuffer;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A reusable off-heap list of events that are published with one claim: what a decoder makes of one packet or of one
 * venue event, or an own event with its detail.
 * <p>
 * Thread safety: none; one thread owns a batch.
 * Allocation: none, but for growth by {@link #append()} beyond the capacity, which doubles it.
 */
public final class EventBatch
{
    /** The most events that a batch holds: as many as the largest ring. */
    public static final int MAX_COUNT = 1 << 24;

    private final OrderBookEvent event = new OrderBookEvent();
    private UnsafeBuffer buffer;
    private int count;

    /**
     * An empty batch.
     *
     * @param initialCapacity events that fit before the batch grows, at least 1, at most {@link #MAX_COUNT}.
     * @throws IllegalArgumentException if it is above that.
     */
    public EventBatch(final int initialCapacity)
    {
        if (initialCapacity > MAX_COUNT)
        {
            throw new IllegalArgumentException(
                "initialCapacity must be at most " + MAX_COUNT + ": initialCapacity=" + initialCapacity);
        }
        buffer = allocate(Math.max(1, initialCapacity));
    }

    /**
     * Adds a blank event, see {@link OrderBookEvent#reset()}.
     *
     * @return the batch's own flyweight on the new event; the next call moves it.
     * @throws IllegalStateException if there are {@link #MAX_COUNT} already.
     */
    public OrderBookEvent append()
    {
        final int offset = count * OrderBookEvent.SIZE_BYTES;
        if (offset == buffer.capacity())
        {
            grow();
        }
        count++;
        return event.wrap(buffer, offset).reset();
    }

    /**
     * Moves the batch's own flyweight to an event.
     *
     * @param index of the event, 0 to {@link #count()} - 1.
     * @return the flyweight.
     */
    public OrderBookEvent event(final int index)
    {
        if (index < 0 || index >= count)
        {
            throw new IndexOutOfBoundsException("index=" + index + " count=" + count);
        }
        return event.wrap(buffer, index * OrderBookEvent.SIZE_BYTES);
    }

    /**
     * How many events the batch holds.
     *
     * @return 0 or more.
     */
    public int count()
    {
        return count;
    }

    /**
     * Removes all events and keeps the room.
     */
    public void clear()
    {
        count = 0;
    }

    /**
     * The events as they stand, {@link #count()} times 64 bytes from offset 0.
     *
     * @return the buffer; growth replaces it.
     */
    public UnsafeBuffer buffer()
    {
        return buffer;
    }

    private void grow()
    {
        if (count == MAX_COUNT)
        {
            throw new IllegalStateException("batch is full: count=" + count);
        }
        final UnsafeBuffer larger = allocate(Math.min(MAX_COUNT, 2 * count));
        larger.putBytes(0, buffer, 0, buffer.capacity());
        buffer = larger;
    }

    private static UnsafeBuffer allocate(final int capacity)
    {
        final ByteBuffer bytes =
            BufferUtil.allocateDirectAligned(capacity * OrderBookEvent.SIZE_BYTES, BitUtil.CACHE_LINE_LENGTH);
        return new UnsafeBuffer(bytes);
    }
}
