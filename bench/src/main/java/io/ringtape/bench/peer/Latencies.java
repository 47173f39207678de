package io.ringtape.bench.peer;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Histograms of nanoseconds, alike for all peers, so that they add up.
 * <p>
 * Thread safety: stateless. Allocation: a histogram is made once and used again.
 */
public final class Latencies
{
    private static final long MOST_NS = TimeUnit.MINUTES.toNanos(1);
    private static final int DIGITS = 3;

    private Latencies()
    {
    }

    /**
     * An empty histogram.
     *
     * @return of three digits, up to a minute.
     */
    public static Histogram histogram()
    {
        return new Histogram(MOST_NS, DIGITS);
    }

    /** Counts a latency; none is below 0, as clocks of two processors may say, and a longer one counts as a minute. */
    static void record(final Histogram histogram, final long ns)
    {
        histogram.recordValue(Math.min(Math.max(0, ns), MOST_NS));
    }
}
