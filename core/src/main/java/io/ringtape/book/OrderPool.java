package io.ringtape.book;

import java.util.Arrays;

/**
 * The live orders of a book by order, four words each, so that an update finds all of an order in one cache line or
 * two: its id, its quantity, its level with the order before it, and the order behind it. They are linked by index in
 * the queue of their level. A freed place is used again, the last one first.
 * <p>
 * Hot path.
 * Thread safety: none; one thread.
 * Allocation: on growth only, which doubles the room.
 */
final class OrderPool
{
    /** The index that ends a list, and the level of a place that is free. */
    static final int NONE = -1;

    private static final int INITIAL_CAPACITY = 64;
    private static final int WORDS_SHIFT = 2;
    private static final int QUANTITY = 1;
    private static final int LEVEL_AND_PREVIOUS = 2;
    private static final int NEXT = 3;

    private long[] words = new long[INITIAL_CAPACITY << WORDS_SHIFT];
    private int firstFree = NONE;
    private int used;

    /**
     * Takes a free place for an order.
     *
     * @param id       of the order.
     * @param quantity of the order.
     * @return its index; it is live once it was {@link #link linked}.
     */
    int take(final long id, final long quantity)
    {
        int order = firstFree;
        if (order != NONE)
        {
            firstFree = next(order);
        }
        else
        {
            if (used << WORDS_SHIFT == words.length)
            {
                words = Arrays.copyOf(words, 2 * words.length);
            }
            order = used++;
        }
        words[order << WORDS_SHIFT] = id;
        quantity(order, quantity);
        return order;
    }

    void release(final int order)
    {
        link(order, NONE, NONE);
        next(order, firstFree);
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
        return order >= 0 && order < used && level(order) != NONE;
    }

    long id(final int order)
    {
        return words[order << WORDS_SHIFT];
    }

    long quantity(final int order)
    {
        return words[(order << WORDS_SHIFT) + QUANTITY];
    }

    void quantity(final int order, final long quantity)
    {
        words[(order << WORDS_SHIFT) + QUANTITY] = quantity;
    }

    int level(final int order)
    {
        return (int)words[(order << WORDS_SHIFT) + LEVEL_AND_PREVIOUS];
    }

    int previous(final int order)
    {
        return (int)(words[(order << WORDS_SHIFT) + LEVEL_AND_PREVIOUS] >> Integer.SIZE);
    }

    int next(final int order)
    {
        return (int)words[(order << WORDS_SHIFT) + NEXT];
    }

    /** Puts an order at the end of a queue, behind another one, or {@link #NONE}. */
    void link(final int order, final int level, final int previous)
    {
        words[(order << WORDS_SHIFT) + LEVEL_AND_PREVIOUS] = pair(level, previous);
        words[(order << WORDS_SHIFT) + NEXT] = NONE;
    }

    void next(final int order, final int next)
    {
        words[(order << WORDS_SHIFT) + NEXT] = next;
    }

    void previous(final int order, final int previous)
    {
        words[(order << WORDS_SHIFT) + LEVEL_AND_PREVIOUS] = pair(level(order), previous);
    }

    /** Two indices in one word. */
    static long pair(final int low, final int high)
    {
        return (low & 0xFFFF_FFFFL) | ((long)high << Integer.SIZE);
    }
}
