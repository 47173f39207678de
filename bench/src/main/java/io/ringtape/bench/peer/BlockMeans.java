package io.ringtape.bench.peer;

import java.util.Arrays;

/**
 * The means over blocks of {@link #EVENTS} of a run, which cost one look at the clock each: the one in the middle
 * counts.
 * <p>
 * Thread safety: one thread owns it. Allocation: none but in {@link #begin(int)}.
 */
final class BlockMeans
{
    /** Events between two looks at the clock. */
    static final int EVENTS = 1_000;

    private double[] ns = new double[1];
    private int events;

    /** Makes room for a run of so many events. */
    void begin(final int count)
    {
        events = count;
        ns = new double[Math.max(1, count / EVENTS)];
    }

    int blocks()
    {
        return ns.length;
    }

    /** The event behind the last one of a block; the last block has what is left, too. */
    int end(final int block)
    {
        return block + 1 == ns.length ? events : (block + 1) * EVENTS;
    }

    void took(final int block, final long elapsedNs)
    {
        ns[block] = (double)elapsedNs / (end(block) - block * EVENTS);
    }

    /** What all events of the run take at the mean in the middle. */
    long cost()
    {
        final double[] sorted = ns.clone();
        Arrays.sort(sorted);
        return Math.round(sorted[sorted.length / 2] * events);
    }
}
