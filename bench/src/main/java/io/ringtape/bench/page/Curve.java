package io.ringtape.bench.page;

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
}
