package io.ringtape.book;

import java.util.Arrays;

/**
 * The live orders of a book by order as parallel arrays, linked by index: each order knows its level and its
 * neighbours in the queue of that level. A freed place is used again, the last one first.
 * <p>
 * Hot path: the book reads the arrays in place; they are replaced only by {@link #take()}.
 * Thread safety: none; one thread.
 * Allocation: on growth only, which doubles the room.
 */
final class OrderPool
{
    /** The index that ends a list, and the level of a place that is free. */
    static final int NONE = -1;

    private static final int INITIAL_CAPACITY = 64;

    long[] id = new long[INITIAL_CAPACITY];
    long[] quantity = new long[INITIAL_CAPACITY];
    int[] level = new int[INITIAL_CAPACITY];
    int[] next = new int[INITIAL_CAPACITY];
    int[] previous = new int[INITIAL_CAPACITY];
    private int firstFree = NONE;
    private int used;

    /**
     * Takes a free place.
     *
     * @return its index; the caller fills every array there.
     */
    int take()
    {
        final int free = firstFree;
        if (free != NONE)
        {
            firstFree = next[free];
            return free;
        }
        if (used == id.length)
        {
            grow();
        }
        return used++;
    }

    void release(final int order)
    {
        level[order] = NONE;
        next[order] = firstFree;
        firstFree = order;
    }

    void clear()
    {
        firstFree = NONE;
        used = 0;
    }

    /**
     * Whether a place holds an order.
     *
     * @param order any value.
     * @return true if the order is live.
     */
    boolean isLive(final int order)
    {
        return order >= 0 && order < used && level[order] != NONE;
    }

    private void grow()
    {
        final int capacity = 2 * used;
        id = Arrays.copyOf(id, capacity);
        quantity = Arrays.copyOf(quantity, capacity);
        level = Arrays.copyOf(level, capacity);
        next = Arrays.copyOf(next, capacity);
        previous = Arrays.copyOf(previous, capacity);
    }
}
