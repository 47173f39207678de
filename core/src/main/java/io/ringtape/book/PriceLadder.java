package io.ringtape.book;

import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import java.util.Arrays;

/**
 * The prices of one side of a book in order, the best at the end, each with a value: the total of a book by price, the
 * level's place in the {@link LevelPool} of a book by order.
 * <p>
 * Most changes happen near the top, so a search looks at the last few prices first, and an insert or remove there
 * moves few entries; a deep one is a binary search and two array copies. Prices are kept as keys that grow towards
 * the best of either side: the price itself of bids, its complement of asks.
 * <p>
 * Hot path.
 * Thread safety: none; one thread.
 * Allocation: on growth only, which doubles the room.
 */
final class PriceLadder
{
    private static final int INITIAL_CAPACITY = 16;
    private static final int NEAR_TOP = 8;

    private final long keyMask;
    private long[] keys = new long[INITIAL_CAPACITY];
    private long[] values = new long[INITIAL_CAPACITY];
    private int count;

    PriceLadder(final int side)
    {
        keyMask = side == Side.BID ? 0L : -1L;
    }

    int count()
    {
        return count;
    }

    long bestPrice()
    {
        final int size = count;
        return size == 0 ? OrderBookEvent.NULL_PRICE : keys[size - 1] ^ keyMask;
    }

    /**
     * Finds a price.
     *
     * @param price any price but null.
     * @return its index, or the complement of the index where it would be inserted, which is negative.
     */
    int find(final long price)
    {
        final long[] local = keys;
        final long key = price ^ keyMask;
        final int size = count;
        final int end = Math.max(0, size - NEAR_TOP);
        int index = size - 1;
        while (index >= end && local[index] > key)
        {
            index--;
        }
        if (index < end)
        {
            return Arrays.binarySearch(local, 0, end, key);
        }
        return local[index] == key ? index : ~(index + 1);
    }

    /**
     * The index of a level.
     *
     * @param level 0 for the best.
     * @return its index.
     * @throws IndexOutOfBoundsException if there is no such level.
     */
    int indexOfLevel(final int level)
    {
        if (level < 0 || level >= count)
        {
            throw new IndexOutOfBoundsException("level=" + level + " levelCount=" + count);
        }
        return count - 1 - level;
    }

    long price(final int index)
    {
        return keys[index] ^ keyMask;
    }

    long value(final int index)
    {
        return values[index];
    }

    void value(final int index, final long value)
    {
        values[index] = value;
    }

    void insert(final int index, final long price, final long value)
    {
        final int size = count;
        if (size == keys.length)
        {
            keys = Arrays.copyOf(keys, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        final long[] localKeys = keys;
        final long[] localValues = values;
        if (size - index > NEAR_TOP)
        {
            System.arraycopy(localKeys, index, localKeys, index + 1, size - index);
            System.arraycopy(localValues, index, localValues, index + 1, size - index);
        }
        else
        {
            for (int i = size; i > index; i--)
            {
                localKeys[i] = localKeys[i - 1];
                localValues[i] = localValues[i - 1];
            }
        }
        localKeys[index] = price ^ keyMask;
        localValues[index] = value;
        count = size + 1;
    }

    void remove(final int index)
    {
        final int size = count - 1;
        final long[] localKeys = keys;
        final long[] localValues = values;
        if (size - index > NEAR_TOP)
        {
            System.arraycopy(localKeys, index + 1, localKeys, index, size - index);
            System.arraycopy(localValues, index + 1, localValues, index, size - index);
        }
        else
        {
            for (int i = index; i < size; i++)
            {
                localKeys[i] = localKeys[i + 1];
                localValues[i] = localValues[i + 1];
            }
        }
        count = size;
    }

    /**
     * Removes the best levels.
     *
     * @param newCount levels that stay, those farthest from the top.
     */
    void truncate(final int newCount)
    {
        count = newCount;
    }
}
