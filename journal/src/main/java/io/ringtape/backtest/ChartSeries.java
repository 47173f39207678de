package io.ringtape.backtest;

import java.util.ArrayList;
import java.util.List;

/**
 * Two values over time in a bounded number of points: time is cut into equal spans, each with the last values in it, of
 * 1 ns at first; when the points are used up, spans grow to twice their length and points of one span become one. Hot
 * path.
 */
final class ChartSeries
{
    private final long[] timesNs;
    private final long[] firsts;
    private final long[] seconds;
    private final boolean keepLargest;
    private long startNs;
    private int shift;
    private int count;

    /**
     * No points.
     *
     * @param capacity    points at most, at least 2.
     * @param keepLargest whether a point has the largest second value of its span, not the last.
     */
    ChartSeries(final int capacity, final boolean keepLargest)
    {
        timesNs = new long[capacity];
        firsts = new long[capacity];
        seconds = new long[capacity];
        this.keepLargest = keepLargest;
    }

    int capacity()
    {
        return timesNs.length;
    }

    int count()
    {
        return count;
    }

    long timeNs(final int index)
    {
        return timesNs[index];
    }

    long first(final int index)
    {
        return firsts[index];
    }

    long second(final int index)
    {
        return seconds[index];
    }

    /**
     * Adds values.
     *
     * @param timeNs never before that of the call before; {@link BacktestResult#NO_TIME} for none, which has no place
     *               in a chart.
     * @param first  value.
     * @param second value.
     */
    void add(final long timeNs, final long first, final long second)
    {
        if (timeNs == BacktestResult.NO_TIME)
        {
            return;
        }
        if (count == 0)
        {
            startNs = timeNs;
        }
        else if (span(timesNs[count - 1]) == span(timeNs))
        {
            put(count - 1, timeNs, first, merged(seconds[count - 1], second));
            return;
        }
        else if (count == timesNs.length)
        {
            shrink();
            add(timeNs, first, second);
            return;
        }
        put(count++, timeNs, first, second);
    }

    /** All points, each made by the maker. */
    <T> List<T> points(final PointMaker<T> maker)
    {
        final List<T> points = new ArrayList<>(count);
        for (int i = 0; i < count; i++)
        {
            points.add(maker.make(timesNs[i], firsts[i], seconds[i]));
        }
        return points;
    }

    /** Adds all points to a series whose last one is not behind the first of them, and has none then. */
    void moveTo(final ChartSeries series)
    {
        for (int i = 0; i < count; i++)
        {
            series.add(timesNs[i], firsts[i], seconds[i]);
        }
        count = 0;
        shift = 0;
    }

    private void shrink()
    {
        final int target = timesNs.length / 2;
        while (count > target)
        {
            shift++;
            int kept = 0;
            for (int i = 1; i < count; i++)
            {
                if (span(timesNs[i]) == span(timesNs[kept]))
                {
                    put(kept, timesNs[i], firsts[i], merged(seconds[kept], seconds[i]));
                }
                else
                {
                    put(++kept, timesNs[i], firsts[i], seconds[i]);
                }
            }
            count = kept + 1;
        }
    }

    private long span(final long timeNs)
    {
        return shift >= Long.SIZE ? 0 : (timeNs - startNs) >>> shift;
    }

    private long merged(final long before, final long now)
    {
        return keepLargest ? Math.max(before, now) : now;
    }

    private void put(final int index, final long timeNs, final long first, final long second)
    {
        timesNs[index] = timeNs;
        firsts[index] = first;
        seconds[index] = second;
    }

    /** Makes what a result has of a point. */
    @FunctionalInterface
    interface PointMaker<T>
    {
        T make(long timeNs, long first, long second);
    }
}
