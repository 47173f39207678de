package io.ringtape.bus;

/**
 * The lanes that run on the writer's thread, in the order in which they run after each other.
 */
final class InlineLanes
{
    static final InlineLanes NONE = new InlineLanes(new LaneRunner[0], new LaneRunner[0][], 1);

    private final LaneRunner[] all;
    private final LaneRunner[][] predecessors;
    private final int[] batchLimits;
    private boolean started;

    /**
     * The inline lanes of a bus.
     *
     * @param all          each behind those that it runs after.
     * @param predecessors of each lane, inline themselves.
     * @param capacity     of the ring.
     */
    InlineLanes(final LaneRunner[] all, final LaneRunner[][] predecessors, final int capacity)
    {
        this.all = all;
        this.predecessors = predecessors;
        batchLimits = new int[all.length];
        for (int i = 0; i < all.length; i++)
        {
            batchLimits[i] = all[i].lane().batchLimit(capacity);
        }
    }

    boolean isEmpty()
    {
        return all.length == 0;
    }

    void start()
    {
        if (!started)
        {
            started = true;
            for (final LaneRunner lane : all)
            {
                lane.start();
            }
        }
    }

    /**
     * Delivers a claim to each lane that is still attached, as far as the lanes that it runs after got.
     *
     * @param last sequence of the claim.
     */
    void deliver(final long last)
    {
        for (int i = 0; i < all.length; i++)
        {
            final LaneRunner lane = all[i];
            final int limit = batchLimits[i];
            final long bound = predecessors[i].length == 0 ? last : reached(predecessors[i], last);
            long next = lane.sequence() + 1;
            while (next <= bound && lane.isAttached())
            {
                final long end = Math.min(bound, next + limit - 1);
                lane.deliver(next, end);
                next = end + 1;
            }
        }
    }

    void stop()
    {
        for (final LaneRunner lane : all)
        {
            lane.stop();
        }
    }

    // A predecessor that failed stays where it was, and so do all lanes behind it.
    private static long reached(final LaneRunner[] predecessors, final long last)
    {
        long least = last;
        for (final LaneRunner predecessor : predecessors)
        {
            least = Math.min(least, predecessor.sequence());
        }
        return least;
    }
}
