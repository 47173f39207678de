package io.ringtape.feed;

/**
 * The levels of one side inside the window that a LOBSTER capture shows, best first, in LOBSTER's units.
 * <p>
 * Hot path.
 * Thread safety: none; one thread.
 * Allocation: on construction only.
 */
final class LobsterLevels
{
    final int side;
    final long[] prices;
    final long[] sizes;
    int count;

    private final long direction;

    /** Direction is 1 where higher prices are deeper (asks), -1 where lower ones are (bids). */
    LobsterLevels(final int side, final int direction, final int depth)
    {
        this.side = side;
        this.direction = direction;
        // One more than shown while an order joins in front of a full window, or before the first row.
        prices = new long[depth + 2];
        sizes = new long[depth + 2];
    }

    /** Index of a level, or -1 - the index where it would stand. */
    int find(final long price)
    {
        final long[] levels = prices;
        final int levelCount = count;
        for (int i = 0; i < levelCount; i++)
        {
            if (levels[i] == price)
            {
                return i;
            }
            if ((levels[i] - price) * direction > 0)
            {
                return -1 - i;
            }
        }
        return -1 - levelCount;
    }

    boolean isBehindDeepest(final long price)
    {
        return count == 0 || (price - prices[count - 1]) * direction > 0;
    }

    void insert(final int index, final long price, final long size)
    {
        System.arraycopy(prices, index, prices, index + 1, count - index);
        System.arraycopy(sizes, index, sizes, index + 1, count - index);
        prices[index] = price;
        sizes[index] = size;
        count++;
    }

    void remove(final int index)
    {
        count--;
        System.arraycopy(prices, index + 1, prices, index, count - index);
        System.arraycopy(sizes, index + 1, sizes, index, count - index);
    }

    /** Adds to a level; false if the total does not fit into 64 bits. */
    boolean add(final long price, final long size)
    {
        final int index = find(price);
        if (index < 0)
        {
            insert(-1 - index, price, size);
            return true;
        }
        if (sizes[index] > Long.MAX_VALUE - size)
        {
            return false;
        }
        sizes[index] += size;
        return true;
    }
}
