package io.ringtape.backtest;

import io.ringtape.backtest.BacktestResult.RunSpan;

/**
 * Two values over the time from the first fill to the last, in as many points as a series of all the time has: that one
 * has few where all fills are in a small part of it. A kill counts as the last fill does, unless fills took less than a
 * fifth of the time up to it, of which they take a second at least. Hot path.
 * <p>
 * Thread safety: none; the thread of the backtest.
 * Allocation: on construction only.
 */
final class TradedSeries
{
    private static final long LEAST_NS = 1_000_000_000L;
    private static final int MOST_LENGTHS = 5;

    private final ChartSeries traded;
    private final ChartSeries since;
    private long firstNs = BacktestResult.NO_TIME;
    private long lastNs = BacktestResult.NO_TIME;

    /**
     * No points.
     *
     * @param capacity    points at most, at least 2.
     * @param keepLargest whether a point has the largest second value of its span, not the last.
     */
    TradedSeries(final int capacity, final boolean keepLargest)
    {
        traded = new ChartSeries(capacity, keepLargest);
        since = new ChartSeries(capacity, keepLargest);
    }

    /** The points up to the last fill, or the kill. */
    ChartSeries points()
    {
        return traded;
    }

    /** Adds values, which count if a fill comes behind them and one was ahead of them. */
    void add(final long timeNs, final long first, final long second)
    {
        if (firstNs != BacktestResult.NO_TIME)
        {
            since.add(timeNs, first, second);
        }
    }

    /** The values at a fill; without a time it has no place in a chart. */
    void onFill(final long timeNs, final long first, final long second)
    {
        if (firstNs == BacktestResult.NO_TIME)
        {
            firstNs = timeNs;
        }
        lastNs = timeNs;
        take(timeNs, first, second);
    }

    /** The values at the kill. */
    void onKill(final long timeNs, final long first, final long second)
    {
        if (firstNs != BacktestResult.NO_TIME &&
            RunSpan.lengthNs(firstNs, timeNs) / MOST_LENGTHS <= Math.max(LEAST_NS, RunSpan.lengthNs(firstNs, lastNs)))
        {
            take(timeNs, first, second);
        }
    }

    private void take(final long timeNs, final long first, final long second)
    {
        add(timeNs, first, second);
        since.moveTo(traded);
    }
}
