package io.ringtape.event;

/**
 * Gets the events of a bus or of a replay one at a time, in sequence order.
 * <p>
 * The flyweight is the caller's: it is valid during the call only, and must not be written to. Time comes from the
 * events alone, and the events are the only input, so that a replay makes the same decisions. A handler never blocks.
 * <p>
 * With an {@link Interest} it gets the events that the interest includes and no others; the ends of batches and the
 * sequence at the stop count them all.
 * <p>
 * Thread safety: one thread at a time calls all the methods of a handler.
 * Allocation: an implementation on a hot path allocates nothing once warm.
 */
@FunctionalInterface
public interface EventHandler
{
    /**
     * Called once before the first event, on the thread that will deliver the events.
     *
     * @param firstSequence the sequence of the first event that can be delivered.
     */
    default void onStart(final long firstSequence)
    {
    }

    /**
     * Called for each event.
     *
     * @param event valid during the call only.
     */
    void onEvent(OrderBookEvent event);

    /**
     * Called after the last event of each batch, also when one of them failed and was skipped.
     *
     * @param lastSequence the sequence of the last event of the batch.
     */
    default void onBatchEnd(final long lastSequence)
    {
    }

    /**
     * Called where a lane that sheds or conflates has lost events, between the last event before them and the first one
     * behind them. Whatever the handler knows from the stream may be wrong from here.
     *
     * @param firstSequence the first sequence that is not delivered.
     * @param lastSequence  the last sequence that is not delivered, not below the first.
     */
    default void onShed(final long firstSequence, final long lastSequence)
    {
    }

    /**
     * Called once after the last event, on the thread that delivered the events.
     *
     * @param lastSequence the last sequence that was delivered or told as shed, one below the first if none was.
     */
    default void onStop(final long lastSequence)
    {
    }
}
