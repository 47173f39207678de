package io.ringtape.bus;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Who has a handler that joins a running lane: the thread that catches it up, or the lane.
 * <pre>{@code
 *  FOLLOWING --thread: offer--> OFFERED --lane, at the end of a batch: take--> TAKEN --live: join--> JOINED
 *      ^                           |                                             |
 *      +---- thread: reclaim ------+                                             +--fault: giveBack--> RETURNED
 * }</pre>
 * Each of them touches the handler only in the states that are its own: the lane in TAKEN and JOINED, the thread in all
 * others but OFFERED. Every change is seen with all that was done before it, so no handler is called by two threads at
 * once. Neither waits for the other: the lane takes what is offered or goes on.
 */
final class Handover
{
    /** Looks at an offer that is not taken, with the lane ahead, before it is reclaimed. */
    static final int PATIENCE = 16;

    /** Whose the handler is. */
    enum State
    {
        /** The thread's: it goes where the lane has been. */
        FOLLOWING,
        /** Nobody's: it stands still. */
        OFFERED,
        /** The lane's, which delivers what it is ahead. */
        TAKEN,
        /** The lane's, as one of its handlers. */
        JOINED,
        /** The thread's, to be ended after a fault. */
        RETURNED
    }

    private final LaneRunner target;
    private final long mostAhead;
    private final int patience;
    private final AtomicReference<State> state = new AtomicReference<>(State.FOLLOWING);
    private int looks;

    /**
     * A handler that is the thread's.
     *
     * @param target    the lane that it joins.
     * @param mostAhead events that the lane may be ahead when it takes the handler, at least 1.
     * @param patience  looks of {@link #reclaims(long)} that change nothing.
     */
    Handover(final LaneRunner target, final long mostAhead, final int patience)
    {
        this.target = target;
        this.mostAhead = mostAhead;
        this.patience = patience;
    }

    LaneRunner target()
    {
        return target;
    }

    State state()
    {
        return state.get();
    }

    boolean isJoined()
    {
        return state.get() == State.JOINED;
    }

    /**
     * How far the lane is: the handler never goes further, so it sees nothing that the lane's predecessors have not.
     *
     * @return a sequence.
     */
    long bound()
    {
        return target.sequence();
    }

    void offer()
    {
        looks = 0;
        state.set(State.OFFERED);
    }

    /**
     * Takes an offer back that lasts, because the lane is in a long batch or too far ahead.
     *
     * @param position where the handler stands.
     * @return true if the handler is the thread's again.
     */
    boolean reclaims(final long position)
    {
        if (bound() <= position)
        {
            return false;
        }
        looks++;
        return looks > patience && reclaim();
    }

    boolean reclaim()
    {
        return state.compareAndSet(State.OFFERED, State.FOLLOWING);
    }

    /**
     * Takes the handler, on the thread of the lane, if it is offered and near.
     *
     * @param position where the handler stands.
     * @param last     the last sequence that the lane has delivered.
     * @return true if it is the lane's.
     */
    boolean take(final long position, final long last)
    {
        return position <= last && last - position <= mostAhead && state.get() == State.OFFERED &&
            state.compareAndSet(State.OFFERED, State.TAKEN);
    }

    void join()
    {
        state.set(State.JOINED);
    }

    void giveBack()
    {
        state.set(State.RETURNED);
    }
}
