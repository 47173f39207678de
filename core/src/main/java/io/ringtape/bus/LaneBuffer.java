package io.ringtape.bus;

/**
 * The private buffer of a lane, and the copy into it.
 * <p>
 * Hot path. An event stands at its sequence modulo the size, like in the ring.
 * Thread safety: none; the thread of the lane.
 * Allocation: on construction only.
 */
final class LaneBuffer
{
    /**
     * Where the events come from: the ring. A seam, so that a test can step into the middle of a copy.
     */
    @FunctionalInterface
    interface Source
    {
        /**
         * Copies events, see {@link Slots#copyTo(long, int, Slots)}.
         *
         * @param first  sequence of the events.
         * @param count  of events.
         * @param target to copy to.
         */
        void copyTo(long first, int count, Slots target);
    }

    private final Source ring;
    private final Slots own;
    private final PrivateGate gate;

    LaneBuffer(final Source ring, final Slots own, final PrivateGate gate)
    {
        this.ring = ring;
        this.own = own;
        this.gate = gate;
    }

    Slots slots()
    {
        return own;
    }

    PrivateGate gate()
    {
        return gate;
    }

    /**
     * Takes published events over and gives their room in the ring back.
     *
     * @param first sequence, one behind the gate.
     * @param last  sequence, at most the size of the buffer away.
     * @return false if the lane was evicted: the buffer then holds nothing of use.
     */
    boolean take(final long first, final long last)
    {
        // The first look only saves a useless copy: what counts is whether the gate still stood there at its end.
        if (gate.isAway())
        {
            return false;
        }
        ring.copyTo(first, (int)(last - first + 1), own);
        return gate.advance(first - 1, last);
    }
}
