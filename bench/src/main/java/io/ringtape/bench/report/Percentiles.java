package io.ringtape.bench.report;

import org.HdrHistogram.AbstractHistogram;

/**
 * What a peer of a row did with single events, over all its turns: those of rounds that were dropped too.
 * <p>
 * Thread safety: immutable.
 * Allocation: none.
 *
 * @param row  id of the row.
 * @param peer index of the peer in it.
 * @param p50  ns that half of its events took at most.
 * @param p90  the same of nine in ten.
 * @param p99  the same of 99 in a hundred.
 * @param p999 the same of 999 in a thousand.
 */
public record Percentiles(String row, int peer, long p50, long p90, long p99, long p999)
{
    /**
     * Reads them off a histogram.
     *
     * @param row       id of the row.
     * @param peer      index of the peer in it.
     * @param latencies in ns.
     * @return the four.
     */
    public static Percentiles of(final String row, final int peer, final AbstractHistogram latencies)
    {
        return new Percentiles(row, peer, latencies.getValueAtPercentile(50), latencies.getValueAtPercentile(90),
            latencies.getValueAtPercentile(99), latencies.getValueAtPercentile(99.9));
    }

    /** As the table has them. */
    String text()
    {
        return "p50 " + p50 + " ns, p90 " + p90 + " ns, p99 " + p99 + " ns, p99.9 " + p999 + " ns";
    }
}
