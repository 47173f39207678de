package io.ringtape.bus;

/**
 * A handler of a lane that is attached late implements it to hear how its join goes; see {@link EventBus#attach}.
 * <pre>{@code
 *  onStart --> onCatchUp --> events from the history --> onLive --> events from the ring --> onLeft --> onStop
 *     |                                                    ^
 *     +---------------- from = live -----------------------+
 * }</pre>
 * What one of them throws is a fault of the handler, see {@link FaultPolicy}.
 * <p>
 * Thread safety: called on the thread of the lane, between batches.
 * Allocation: told by the implementation; called a few times in a life.
 */
public interface JoinListener
{
    /**
     * Events from the history follow.
     *
     * @param firstSequence of the first of them.
     */
    default void onCatchUp(final long firstSequence)
    {
    }

    /**
     * All that follows comes from the ring.
     *
     * @param sequence of the first event that does.
     */
    default void onLive(final long sequence)
    {
    }

    /**
     * No event follows; the ring does not wait for the lane any more.
     *
     * @param sequence the last that all handlers of the lane have seen, one below the first if there was none.
     * @param reason   why.
     */
    default void onLeft(final long sequence, final LeaveReason reason)
    {
    }
}
