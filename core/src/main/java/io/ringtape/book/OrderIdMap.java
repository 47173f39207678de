package io.ringtape.book;

import java.util.Arrays;

/**
 * Finds an order's place in the {@link OrderPool} by the venue's order id, which may be any 64-bit value.
 * <p>
 * Open addressing with linear probing, at most half full; a removal shifts the entries behind it back, so the map
 * does not wear out.
 * <p>
 * Hot path.
 * Thread safety: none; one thread.
 * Allocation: on growth only, which doubles the room.
 */
final class OrderIdMap
{
    /** The value that says that an id is not in the map. */
    static final int MISSING = -1;

    private static final int INITIAL_CAPACITY = 128;
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    private long[] ids = new long[INITIAL_CAPACITY];
    private int[] orders = emptyOrders(INITIAL_CAPACITY);
    private int shift = Long.numberOfLeadingZeros(INITIAL_CAPACITY - 1L);
    private int size;

    int size()
    {
        return size;
    }

    int get(final long id)
    {
        final int[] values = orders;
        final long[] keys = ids;
        final int mask = values.length - 1;
        int slot = home(id);
        int order = values[slot];
        while (order != MISSING && keys[slot] != id)
        {
            slot = slot + 1 & mask;
            order = values[slot];
        }
        return order;
    }

    /**
     * Adds an id.
     *
     * @param id    that is not in the map.
     * @param order its place in the pool, 0 or more.
     */
    void add(final long id, final int order)
    {
        if (2 * size == orders.length)
        {
            grow();
        }
        insert(id, order);
        size++;
    }

    /**
     * Removes an id.
     *
     * @param id that is in the map.
     */
    void remove(final long id)
    {
        final int[] values = orders;
        final long[] keys = ids;
        final int mask = values.length - 1;
        int hole = home(id);
        while (keys[hole] != id || values[hole] == MISSING)
        {
            hole = hole + 1 & mask;
        }
        int slot = hole + 1 & mask;
        while (values[slot] != MISSING)
        {
            final int distanceFromHome = slot - home(keys[slot]) & mask;
            if (distanceFromHome >= (slot - hole & mask))
            {
                keys[hole] = keys[slot];
                values[hole] = values[slot];
                hole = slot;
            }
            slot = slot + 1 & mask;
        }
        values[hole] = MISSING;
        size--;
    }

    void clear()
    {
        Arrays.fill(orders, MISSING);
        size = 0;
    }

    // The high bits of the product depend on all bits of the id: ids that count up, or in steps, spread evenly.
    private int home(final long id)
    {
        return (int)((id * GOLDEN_RATIO) >>> shift);
    }

    private void insert(final long id, final int order)
    {
        final int[] values = orders;
        final int mask = values.length - 1;
        int slot = home(id);
        while (values[slot] != MISSING)
        {
            slot = slot + 1 & mask;
        }
        ids[slot] = id;
        values[slot] = order;
    }

    private void grow()
    {
        final long[] oldIds = ids;
        final int[] oldOrders = orders;
        ids = new long[2 * oldIds.length];
        orders = emptyOrders(2 * oldOrders.length);
        shift--;
        for (int i = 0; i < oldOrders.length; i++)
        {
            if (oldOrders[i] != MISSING)
            {
                insert(oldIds[i], oldOrders[i]);
            }
        }
    }

    private static int[] emptyOrders(final int capacity)
    {
        final int[] values = new int[capacity];
        Arrays.fill(values, MISSING);
        return values;
    }
}
