package io.ringtape.backtest;

import java.util.Arrays;

/**
 * What own orders took from the displayed quantity of one side of a recorded book, which shows it all the same.
 * <p>
 * What was taken stays taken. When a level shrinks, what leaves it is first of all what was taken, because that stood
 * first in its queue; when it grows, what is new is there to take; when it is gone, nothing is taken from it any more.
 * A level behind the window of its source is not gone: what was taken stays taken until it shows again. So no displayed
 * unit is ever sold twice.
 */
final class TakenLevels
{
    private static final int INITIAL_CAPACITY = 16;

    private final int side;
    private long[] prices = new long[INITIAL_CAPACITY];
    private long[] taken = new long[INITIAL_CAPACITY];
    private long[] shown = new long[INITIAL_CAPACITY];
    private int count;

    TakenLevels(final int side)
    {
        this.side = side;
    }

    boolean isEmpty()
    {
        return count == 0;
    }

    /**
     * What is left to take.
     *
     * @param price     of the level.
     * @param displayed what the book shows there.
     * @return 0 or more.
     */
    long available(final long price, final long displayed)
    {
        final int index = find(price);
        return index < 0 ? displayed : Math.max(0, displayed - taken[index]);
    }

    void take(final long price, final long displayed, final long quantity)
    {
        int index = find(price);
        if (index < 0)
        {
            index = count;
            if (count == prices.length)
            {
                grow();
            }
            count++;
            prices[index] = price;
            taken[index] = 0;
        }
        taken[index] += quantity;
        shown[index] = displayed;
    }

    /** Holds what was taken against the book, at the end of a venue event. */
    void update(final DisplayedBook book)
    {
        for (int i = count - 1; i >= 0; i--)
        {
            final long now =
                book.isBeyondWindow(side, prices[i]) ? shown[i] : book.quantityAt(side, prices[i]);
            taken[i] = Math.max(0, taken[i] - Math.max(0, shown[i] - now));
            shown[i] = now;
            if (taken[i] == 0)
            {
                count--;
                prices[i] = prices[count];
                taken[i] = taken[count];
                shown[i] = shown[count];
            }
        }
    }

    private int find(final long price)
    {
        int index = count - 1;
        while (index >= 0 && prices[index] != price)
        {
            index--;
        }
        return index;
    }

    private void grow()
    {
        prices = Arrays.copyOf(prices, 2 * count);
        taken = Arrays.copyOf(taken, 2 * count);
        shown = Arrays.copyOf(shown, 2 * count);
    }
}
