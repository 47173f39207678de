package io.ringtape.event;

/**
 * Where handlers and other threads hand over the events that they make: an inbox of the bus, or a replay that compares
 * them with those on tape.
 * <p>
 * Thread safety: told by the implementation.
 * Allocation: none.
 */
@FunctionalInterface
public interface EventPublisher
{
    /** The events were taken and will be published with one claim. */
    int ACCEPTED = 1;
    /** There is no room now; nothing was taken, try again later. */
    int FULL = -1;
    /** The bus is closed or halted; nothing was taken and nothing will be. */
    int CLOSED = -2;

    /**
     * Hands over the events of a batch, all or none, in order; the batch may be reused at once. Never blocks, unless
     * it was made to wait for room, which then is not for handlers.
     *
     * @param batch at least one event; the sequence field is filled when the events are published.
     * @return {@link #ACCEPTED}, {@link #FULL} or {@link #CLOSED}.
     */
    int offer(EventBatch batch);

    /**
     * Hands over what must not be held up by other events that fill the room, a cancel above all: an inbox keeps room
     * for it that {@link #offer(EventBatch)} leaves alone.
     *
     * @param batch as there.
     * @return as there.
     */
    default int offerReserved(final EventBatch batch)
    {
        return offer(batch);
    }

    /**
     * The largest batch that it takes.
     *
     * @return in events; any by default.
     */
    default int maxBatchCount()
    {
        return Integer.MAX_VALUE;
    }
}
