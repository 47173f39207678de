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

    /** Does the work of a run block by block; the sum of what it gave. */
    long run(final Blocks work)
    {
        return run(work, () ->
        {
        });
    }

    /**
     * Does the work of a run block by block.
     *
     * @param work   that is timed.
     * @param behind each block, not timed.
     * @return the sum of what the work gave.
     */
    long run(final Blocks work, final Runnable behind)
    {
        long added = 0;
        int from = 0;
        for (int i = 0; i < ns.length; i++)
        {
            // The last block has what is left, too.
            final int to = i + 1 == ns.length ? events : from + EVENTS;
            final long start = PeerClock.nanoTime();
            added += work.apply(from, to);
            ns[i] = (double)(PeerClock.nanoTime() - start) / (to - from);
            behind.run();
            from = to;
        }
        return added;
    }

    /** What all events of the run take at the mean in the middle. */
    long cost()
    {
        final double[] sorted = ns.clone();
        Arrays.sort(sorted);
        return Math.round(sorted[sorted.length / 2] * events);
    }

    /** What is done with the events of a block. */
    @FunctionalInterface
    interface Blocks
    {
        /** From the first index to the one before the second; a sum that proves it. */
        long apply(int from, int to);
    }
}
