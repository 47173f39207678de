package io.ringtape.book;

import java.util.Arrays;

/**
 * The levels of a book by order, four words each: price, total, side with the number of orders, and the ends of the
 * queue of orders. A level keeps its index as long as it has an order, wherever its price moves to in the
 * {@link PriceLadder}, so an order finds its level without a search.
 * <p>
 * Hot path.
 * Thread safety: none; one thread.
 * Allocation: on growth only, which doubles the room.
 */
final class LevelPool
{
    private static final int INITIAL_CAPACITY = 32;
    private static final int WORDS_SHIFT = 2;
    private static final int QUANTITY = 1;
    private static final int SIDE_AND_COUNT = 2;
    private static final int ENDS = 3;
    /** One more order in the upper half of a word. */
    private static final long ONE_ORDER = 1L << Integer.SIZE;

    private long[] words = new long[INITIAL_CAPACITY << WORDS_SHIFT];
    private int firstFree = OrderPool.NONE;
    private int used;

    /**
     * Takes a free level and makes it empty.
     *
     * @param side  of the level.
     * @param price of the level.
     * @return its index.
     */
    int take(final int side, final long price)
    {
        int level = firstFree;
        if (level != OrderPool.NONE)
        {
            firstFree = first(level);
        }
        else
        {
            if (used << WORDS_SHIFT == words.length)
            {
                words = Arrays.copyOf(words, 2 * words.length);
            }
            level = used++;
        }
        final int at = level << WORDS_SHIFT;
        words[at] = price;
        words[at + QUANTITY] = 0;
        words[at + SIDE_AND_COUNT] = OrderPool.pair(side, 0);
        words[at + ENDS] = OrderPool.pair(OrderPool.NONE, OrderPool.NONE);
        return level;
    }

    void release(final int level)
    {
        first(level, firstFree);
        firstFree = level;
    }

    void clear()
    {
        firstFree = OrderPool.NONE;
        used = 0;
    }

    long price(final int level)
    {
        return words[level << WORDS_SHIFT];
    }

    long quantity(final int level)
    {
        return words[(level << WORDS_SHIFT) + QUANTITY];
    }

    void quantity(final int level, final long quantity)
    {
        words[(level << WORDS_SHIFT) + QUANTITY] = quantity;
    }

    void addQuantity(final int level, final long amount)
    {
        words[(level << WORDS_SHIFT) + QUANTITY] += amount;
    }

    int side(final int level)
    {
        return (int)words[(level << WORDS_SHIFT) + SIDE_AND_COUNT];
    }

    int orderCount(final int level)
    {
        return (int)(words[(level << WORDS_SHIFT) + SIDE_AND_COUNT] >> Integer.SIZE);
    }

    void addOrder(final int level)
    {
        words[(level << WORDS_SHIFT) + SIDE_AND_COUNT] += ONE_ORDER;
    }

    void removeOrder(final int level)
    {
        words[(level << WORDS_SHIFT) + SIDE_AND_COUNT] -= ONE_ORDER;
    }

    int first(final int level)
    {
        return (int)words[(level << WORDS_SHIFT) + ENDS];
    }

    void first(final int level, final int first)
    {
        words[(level << WORDS_SHIFT) + ENDS] = OrderPool.pair(first, last(level));
    }

    int last(final int level)
    {
        return (int)(words[(level << WORDS_SHIFT) + ENDS] >> Integer.SIZE);
    }

    void last(final int level, final int last)
    {
        words[(level << WORDS_SHIFT) + ENDS] = OrderPool.pair(first(level), last);
    }
}
