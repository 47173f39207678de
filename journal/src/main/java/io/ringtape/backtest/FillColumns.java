package io.ringtape.backtest;

import io.ringtape.backtest.InstrumentResult.FillPoint;
import io.ringtape.event.EventFlags;
import io.ringtape.event.OrderBookEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fills that are kept for a chart, as columns; they grow while fills are added.
 */
final class FillColumns
{
    private static final int INITIAL_CAPACITY = 64;

    private long[] timesNs = new long[INITIAL_CAPACITY];
    private long[] prices = new long[INITIAL_CAPACITY];
    private long[] quantities = new long[INITIAL_CAPACITY];
    private int[] flags = new int[INITIAL_CAPACITY];
    private int count;

    void add(final OrderBookEvent fill)
    {
        if (count == timesNs.length)
        {
            timesNs = Arrays.copyOf(timesNs, 2 * count);
            prices = Arrays.copyOf(prices, 2 * count);
            quantities = Arrays.copyOf(quantities, 2 * count);
            flags = Arrays.copyOf(flags, 2 * count);
        }
        timesNs[count] = fill.receiveTimeNs();
        prices[count] = fill.price();
        quantities[count] = fill.quantity();
        flags[count] = fill.flags();
        count++;
    }

    List<FillPoint> points()
    {
        final List<FillPoint> points = new ArrayList<>(count);
        for (int i = 0; i < count; i++)
        {
            points.add(new FillPoint(timesNs[i], flags[i] & EventFlags.SIDE_MASK, prices[i], quantities[i],
                (flags[i] & EventFlags.MAKER) != 0));
        }
        return points;
    }
}
