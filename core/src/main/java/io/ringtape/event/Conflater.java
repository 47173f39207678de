package io.ringtape.event;

/**
 * Merges events that a slow reader did not get to: of many changes of one thing the last state is left.
 * <p>
 * A lane of a bus that conflates offers it each event in sequence order. What is merged turns up once, as an event made
 * by the conflater, with the sequence of the last event that changed it; what is not merged the lane delivers as it is.
 * The lane takes merged events and others in the order of their sequences.
 * <p>
 * Thread safety: one thread at a time calls all the methods of a conflater; it serves one lane.
 * Allocation: an implementation allocates nothing once warm.
 */
public interface Conflater
{
    /** The {@link #nextSequence()} of a conflater that has nothing pending. */
    long NONE = Long.MAX_VALUE;

    /**
     * Takes an event in, or leaves it.
     *
     * @param event the next one in sequence order, never {@link EventType#VOID}; valid during the call only.
     * @return true if it is merged and not to be delivered itself; false if it is to be delivered as it is.
     */
    boolean merge(OrderBookEvent event);

    /**
     * How many merged events wait to be taken. One event may add two at most.
     *
     * @return 0 or more.
     */
    int pendingCount();

    /**
     * The sequence of the merged event that is taken next; over several takes it never goes back.
     *
     * @return its sequence, or {@link #NONE}.
     */
    long nextSequence();

    /**
     * Takes the next merged event; only while there is one.
     *
     * @param to all of whose 64 bytes are set.
     */
    void take(OrderBookEvent to);

    /**
     * Called where events were lost, when all that was pending has been taken: what was merged from the stream may be
     * wrong from here.
     *
     * @param firstSequence the first sequence that is not offered.
     * @param lastSequence  the last sequence that is not offered, not below the first.
     */
    void onShed(long firstSequence, long lastSequence);
}
