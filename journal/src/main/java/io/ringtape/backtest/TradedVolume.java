package io.ringtape.backtest;

import io.ringtape.event.Side;
import java.util.Arrays;

/**
 * What was traded in one instrument within the venue event in hand, by price, and how much of it own orders had.
 * <p>
 * A venue may tell of the same volume more than once: as executions of resting orders, as their fill reports, as
 * trades. So of each price and venue event the largest of the three sums counts.
 */
final class TradedVolume
{
    /** Executions of resting orders, which change the book. */
    static final int EXECUTED = 0;
    /** Fill reports of resting orders. */
    static final int REPORTED = 1;
    /** Trades. */
    static final int TRADED = 2;

    private static final int KINDS = 3;
    private static final int INITIAL_CAPACITY = 16;

    private long[] prices = new long[INITIAL_CAPACITY];
    private int[] sides = new int[INITIAL_CAPACITY];
    private long[] sums = new long[KINDS * INITIAL_CAPACITY];
    private long[] used = new long[INITIAL_CAPACITY];
    private int count;

    int count()
    {
        return count;
    }

    void clear()
    {
        count = 0;
    }

    /**
     * Adds a report.
     *
     * @param kind     of the report.
     * @param side     of the resting order, or none.
     * @param price    at which it was traded.
     * @param quantity above 0.
     */
    void add(final int kind, final int side, final long price, final long quantity)
    {
        int index = 0;
        while (index < count && (prices[index] != price || !isSame(sides[index], side)))
        {
            index++;
        }
        if (index == count)
        {
            open(side, price);
        }
        if (sides[index] == Side.NONE)
        {
            sides[index] = side;
        }
        final long sum = sums[KINDS * index + kind] + quantity;
        sums[KINDS * index + kind] = sum < 0 ? Long.MAX_VALUE : sum;
    }

    long price(final int index)
    {
        return prices[index];
    }

    /** Whether resting orders of a side may have been met. */
    boolean isOf(final int index, final int side)
    {
        return isSame(sides[index], side);
    }

    /** What own orders have not had. */
    long left(final int index)
    {
        final int at = KINDS * index;
        return Math.max(sums[at], Math.max(sums[at + 1], sums[at + 2])) - used[index];
    }

    void use(final int index, final long quantity)
    {
        used[index] += quantity;
    }

    private void open(final int side, final long price)
    {
        if (count == prices.length)
        {
            prices = Arrays.copyOf(prices, 2 * count);
            sides = Arrays.copyOf(sides, 2 * count);
            sums = Arrays.copyOf(sums, 2 * KINDS * count);
            used = Arrays.copyOf(used, 2 * count);
        }
        prices[count] = price;
        sides[count] = side;
        Arrays.fill(sums, KINDS * count, KINDS * (count + 1), 0);
        used[count] = 0;
        count++;
    }

    private static boolean isSame(final int one, final int other)
    {
        return one == other || one == Side.NONE || other == Side.NONE;
    }
}
