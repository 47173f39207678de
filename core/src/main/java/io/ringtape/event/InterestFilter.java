package io.ringtape.event;

/**
 * Lets through to a handler what its {@link Interest} includes: the one place where an interest is applied.
 * <p>
 * The lane of a bus asks {@link #accepts(long)} before it moves its flyweight to an event. Where handlers are called
 * directly, as in a replay, the filter stands in the handler's place. Either way the handler gets the same events. It
 * holds one bit of state: whether the event that details may follow was of interest. A detail that comes first is not.
 * <p>
 * Start, end of batch, what was shed and stop are passed on as they come, also for a batch of which nothing was of
 * interest.
 * <p>
 * Hot path.
 * <p>
 * Thread safety: none; that of the handler.
 * Allocation: none.
 */
public final class InterestFilter implements EventHandler
{
    // Its own references to what the interest holds: one step less for each event that is kept away.
    private final byte[] answers;
    private final long[] words;
    private final EventHandler handler;
    private boolean accepted;

    /**
     * A filter that has seen nothing.
     *
     * @param interest of the handler.
     * @param handler  to pass the events to.
     */
    public InterestFilter(final Interest interest, final EventHandler handler)
    {
        answers = interest.answers;
        words = interest.words;
        this.handler = handler;
    }

    /**
     * Whether the handler asks for an event; to be asked once for each event in sequence order, details included, void
     * events at will.
     *
     * @param tail the last eight bytes of the event, see {@link EventLayout#tail(int, int, int, int)}.
     * @return true if it is to be delivered.
     */
    public boolean accepts(final long tail)
    {
        final byte answer = answers[EventLayout.type(tail)];
        if (answer == Interest.BY_INSTRUMENT)
        {
            final boolean isAskedFor = hasInstrument(EventLayout.instrumentId(tail));
            accepted = isAskedFor;
            return isAskedFor;
        }
        if (answer != Interest.AS_BEFORE)
        {
            accepted = answer == Interest.ACCEPTED;
        }
        return accepted;
    }

    private boolean hasInstrument(final int id)
    {
        // Unsigned, so that an id below 0 is out of range as well.
        final int word = id >>> 6;
        return word < words.length && (words[word] >>> id & 1L) != 0;
    }

    @Override
    public void onStart(final long firstSequence)
    {
        handler.onStart(firstSequence);
    }

    @Override
    public void onEvent(final OrderBookEvent event)
    {
        if (accepts(EventLayout.tail(event.instrumentId(), event.type(), 0, 0)))
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
