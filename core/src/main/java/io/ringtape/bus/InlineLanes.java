package io.ringtape.bus;

/**
 * The lanes that run on the writer's thread, in the order in which they run after each other.
 */
final class InlineLanes
{
    static final InlineLanes NONE = new InlineLanes(new LaneRunner[0], 1);

    private final LaneRunner[] all;
    private final int[] batchLimits;
    private boolean started;

    InlineLanes(final LaneRunner[] all, final int capacity)
    {
        this.all = all;
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
     * Delivers a claim to each lane that is still attached.
     *
     * @param last sequence of the claim.
     */
    void deliver(final long last)
    {
        for (int i = 0; i < all.length; i++)
        {
            final LaneRunner lane = all[i];
            final int limit = batchLimits[i];
            long next = lane.sequence() + 1;
            while (next <= last && lane.isAttached())
            {
                final long end = Math.min(last, next + limit - 1);
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
}
