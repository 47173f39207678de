package io.ringtape.book;

import java.util.Arrays;

/**
 * The levels of a book by order as parallel arrays: total, number of orders, and the ends of the queue of orders.
 * A level keeps its index as long as it has an order, wherever its price moves to in the {@link PriceLadder}, so an
 * order finds its level without a search.
 * <p>
 * Hot path: the book reads the arrays in place; they are replaced only by {@link #take(int, long)}.
 * Thread safety: none; one thread.
 * Allocation: on growth only, which doubles the room.
 */
final class LevelPool
{
    private static final int INITIAL_CAPACITY = 32;

    long[] price = new long[INITIAL_CAPACITY];
    long[] quantity = new long[INITIAL_CAPACITY];
    int[] side = new int[INITIAL_CAPACITY];
    int[] orderCount = new int[INITIAL_CAPACITY];
    int[] first = new int[INITIAL_CAPACITY];
    int[] last = new int[INITIAL_CAPACITY];
    private int firstFree = OrderPool.NONE;
    private int used;

    /**
     * Takes a free level and makes it empty.
     *
     * @param levelSide  of the level.
     * @param levelPrice of the level.
     * @return its index.
     */
    int take(final int levelSide, final long levelPrice)
    {
        int level = firstFree;
        if (level != OrderPool.NONE)
        {
            firstFree = first[level];
        }
        else
        {
            if (used == price.length)
            {
                grow();
            }
            level = used++;
        }
        price[level] = levelPrice;
        quantity[level] = 0;
        side[level] = levelSide;
        orderCount[level] = 0;
        first[level] = OrderPool.NONE;
        last[level] = OrderPool.NONE;
        return level;
    }

    void release(final int level)
    {
        first[level] = firstFree;
        firstFree = level;
    }

    void clear()
    {
        firstFree = OrderPool.NONE;
        used = 0;
    }

    private void grow()
    {
        final int capacity = 2 * used;
        price = Arrays.copyOf(price, capacity);
        quantity = Arrays.copyOf(quantity, capacity);
        side = Arrays.copyOf(side, capacity);
        orderCount = Arrays.copyOf(orderCount, capacity);
        first = Arrays.copyOf(first, capacity);
        last = Arrays.copyOf(last, capacity);
    }
}
