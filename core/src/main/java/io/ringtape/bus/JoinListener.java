package io.ringtape.bus;

/**
 * A handler of a lane that is attached late implements it to hear how its join goes; see {@link EventBus#attach}.
 * <pre>{@code
 *  onStart --> onCatchUp --> events from the history --> onLive --> events from the ring --> onLeft --> onStop
 *     |                                                    ^
 *     +---------------- from = live -----------------------+
 * }</pre>
 * From a snapshot a handler takes its state over between {@code onStart} and {@code onCatchUp}, see
 * {@link JoinFrom#snapshot()}.
 * <p>
 * A handler that joins a running lane hears {@code onCatchUp} from live too: of what is published after the call, it
 * gets what the lane passes until it is taken over ahead of {@code onLive}.
 * <p>
 * What one of them throws is a fault of the handler, see {@link FaultPolicy}.
 * <p>
 * Thread safety: called on the thread that delivers, between batches; a handler that joins a lane changes to the lane's
 * with {@code onLive}, and sees all that it did before.
 * Allocation: told by the implementation; called a few times in a life.
 */
public interface JoinListener
{
    /**
     * Events from the history follow.
     *
     * @param firstSequence of the first of them; from a snapshot the one behind it, or, where none was of use,
     *                      {@link EventBus#firstSequence()}.
     */
    default void onCatchUp(final long firstSequence)
    {
    }

    /**
     * All that follows comes from the ring; of a handler that joins a lane: as one of its handlers.
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
