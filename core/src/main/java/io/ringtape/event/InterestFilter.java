package io.ringtape.event;

import java.util.List;

/**
 * Stands in a handler's place where handlers are called directly, as in a replay, and lets through to it what its
 * {@link Interest} includes, by an {@link InterestTable}: what it would get on the lane of a bus.
 * <p>
 * Start, end of batch, what was shed and stop are passed on as they come, also for a batch of which nothing was of
 * interest.
 * <p>
 * Hot path.
 * <p>
 * Thread safety: none; that of the handler.
 * Allocation: on construction.
 */
public final class InterestFilter implements EventHandler
{
    private final InterestTable table;
    private final EventHandler handler;

    /**
     * A filter that has seen nothing.
     *
     * @param interest of the handler.
     * @param handler  to pass the events to.
     */
    public InterestFilter(final Interest interest, final EventHandler handler)
    {
        table = new InterestTable(List.of(interest), 0);
        this.handler = handler;
    }

    @Override
    public void onStart(final long firstSequence)
    {
        handler.onStart(firstSequence);
    }

    @Override
    public void onEvent(final OrderBookEvent event)
    {
        if (table.askedBy(EventLayout.tail(event.instrumentId(), event.type(), 0, 0)) != 0)
        {
            handler.onEvent(event);
        }
    }

    @Override
    public void onBatchEnd(final long lastSequence)
    {
        handler.onBatchEnd(lastSequence);
    }

    @Override
    public void onShed(final long firstSequence, final long lastSequence)
    {
        handler.onShed(firstSequence, lastSequence);
    }

    @Override
    public void onStop(final long lastSequence)
    {
        handler.onStop(lastSequence);
    }
}
