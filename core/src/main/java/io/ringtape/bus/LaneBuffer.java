package io.ringtape.bus;

/**
 * The private buffer of a lane, and the copy into it.
 * <p>
 * Hot path. An event stands at its sequence modulo the size, like in the ring. Not final: a test steps in between the
 * copy and its end.
 */
class LaneBuffer
{
    private final Slots ring;
    private final Slots own;
    private final PrivateGate gate;

    LaneBuffer(final Slots ring, final Slots own, final PrivateGate gate)
    {
        this.ring = ring;
        this.own = own;
        this.gate = gate;
    }

    final Slots slots()
    {
        return own;
    }

    final PrivateGate gate()
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
    final boolean take(final long first, final long last)
    {
        // The first look only saves a useless copy: what counts is whether the gate still stood there at its end.
        if (gate.isAway())
        {
            return false;
        }
        copy(first, last);
        return gate.advance(first - 1, last);
    }

    void copy(final long first, final long last)
    {
        ring.copyTo(first, (int)(last - first + 1), own);
    }
}
