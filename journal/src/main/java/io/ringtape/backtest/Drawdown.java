package io.ringtape.backtest;

/**
 * How far profit is below its highest so far, which starts at 0, and how far it ever was.
 */
final class Drawdown
{
    private long highest;
    private long now;
    private long largest;

    void add(final long pnlNano)
    {
        highest = Math.max(highest, pnlNano);
        final long below = highest - pnlNano;
        now = below < 0 ? Long.MAX_VALUE : below;
        largest = Math.max(largest, now);
    }

    long now()
    {
        return now;
    }

    long largest()
    {
        return largest;
    }
}
