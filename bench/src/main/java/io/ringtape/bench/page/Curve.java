package io.ringtape.bench.page;

import io.ringtape.bench.report.Percentiles;
import org.HdrHistogram.AbstractHistogram;

/**
 * The latencies of one peer of a row.
 * <p>
 * Thread safety: as the histogram.
 * Allocation: none.
 *
 * @param row       id of the row.
 * @param peer      index of the peer in it.
 * @param slug      the peer's name as the name of its file has it.
 * @param latencies in ns.
 */
public record Curve(String row, int peer, String slug, AbstractHistogram latencies)
{
    /**
     * The latencies in a few numbers.
     *
     * @return p50, p90, p99 and p99.9.
     */
    public Percentiles percentiles()
    {
        return Percentiles.of(row, peer, latencies);
    }
}
