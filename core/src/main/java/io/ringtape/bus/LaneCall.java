package io.ringtape.bus;

import com.lmax.disruptor.Sequence;

/**
 * Which handler of a lane is being called, for the watchdog. Hot path.
 * <p>
 * A sequence, because that has cache lines to itself on both sides: it is stored twice a batch, and what lies beside it
 * is read by other threads.
 * <p>
 * Thread safety: the thread of the lane sets it, the watchdog reads it.
 * Allocation: on construction only.
 */
final class LaneCall
{
    /** No handler is being called. */
    static final int NONE = -1;

    private final Sequence index = new Sequence(NONE);
    private final boolean isWatched;

    /**
     * Nothing is being called.
     *
     * @param isWatched whether anybody looks: where nobody does, nothing is stored, which several handlers on one lane
     *     would pay for at each event.
     */
    LaneCall(final boolean isWatched)
    {
        this.isWatched = isWatched;
    }

    /**
     * A call begins.
     *
     * @param handler its place on the lane, range handlers behind the event handlers.
     */
    void to(final int handler)
    {
        if (isWatched)
        {
            index.set(handler);
        }
    }

    void none()
    {
        to(NONE);
    }

    int index()
    {
        return (int)index.get();
    }
}
