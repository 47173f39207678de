package io.ringtape.replay;

import io.ringtape.event.OrderBookEvent;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A first-in-first-out queue of events off heap that doubles when it is full.
 */
final class EventQueue
{
    private final OrderBookEvent flyweight = new OrderBookEvent();
    private UnsafeBuffer buffer;
    private int capacity;
    private int head;
    private int size;

    /**
     * An empty queue.
     *
     * @param initialCapacity events, a power of two.
     */
    EventQueue(final int initialCapacity)
    {
        capacity = initialCapacity;
        buffer = allocate(initialCapacity);
    }

    int size()
    {
        return size;
    }

    boolean isEmpty()
    {
        return size == 0;
    }

    void add(final OrderBookEvent event)
    {
        if (size == capacity)
        {
            grow();
        }
        flyweight.wrap(buffer, offset(size)).copyFrom(event);
        size++;
    }

    /**
     * Moves a flyweight to the oldest event; it stays valid until the next {@link #add(OrderBookEvent)}.
     *
     * @param event the flyweight to move.
     */
    void peek(final OrderBookEvent event)
    {
        event.wrap(buffer, offset(0));
    }

    void remove()
    {
        head = head + 1 & capacity - 1;
        size--;
    }

    /** Of what {@link #store(ByteBuffer)} writes. */
    long storedBytes()
    {
        return (long)size * OrderBookEvent.SIZE_BYTES;
    }

    void store(final ByteBuffer target)
    {
        for (int i = 0; i < size; i++)
        {
            buffer.getBytes(offset(i), target, OrderBookEvent.SIZE_BYTES);
        }
    }

    /**
     * Makes it what it was when it was written.
     *
     * @param source of the events.
     * @param count  of the events.
     */
    void load(final ByteBuffer source, final int count)
    {
        head = 0;
        size = 0;
        if ((long)count * OrderBookEvent.SIZE_BYTES > source.remaining())
        {
            throw new BufferUnderflowException();
        }
        while (size < count)
        {
            if (size == capacity)
            {
                grow();
            }
            buffer.putBytes(offset(size), source, OrderBookEvent.SIZE_BYTES);
            size++;
        }
    }

    private int offset(final int index)
    {
        return (head + index & capacity - 1) * OrderBookEvent.SIZE_BYTES;
    }

    private void grow()
    {
        final UnsafeBuffer larger = allocate(2 * capacity);
        for (int i = 0; i < size; i++)
        {
            larger.putBytes(i * OrderBookEvent.SIZE_BYTES, buffer, offset(i), OrderBookEvent.SIZE_BYTES);
        }
        buffer = larger;
        capacity = 2 * capacity;
        head = 0;
    }

    private static UnsafeBuffer allocate(final int events)
    {
        return new UnsafeBuffer(ByteBuffer.allocateDirect(events * OrderBookEvent.SIZE_BYTES));
    }
}
