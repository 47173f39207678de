package io.ringtape.bus;

import com.lmax.disruptor.Sequencer;
import java.lang.invoke.VarHandle;

/**
 * Whether the ring has room for a claim: the only place where the writer looks at the gates.
 * <p>
 * Hot path: most claims compare one number.
 * Thread safety: none; the writer's thread.
 * Allocation: on construction only.
 */
final class RingRoom extends Padded
{
    // The gates were seen to leave room up to here.
    private long end = Long.MIN_VALUE;
    // The writer's own cursor: the lanes poll the ring's, and a look at that line would wait for it to come back.
    private long taken;
    private final Sequencer sequencer;
    private final int capacity;
    private EvictableGates evictable = EvictableGates.NONE;
    private boolean hasEvictable;

    RingRoom(final Sequencer sequencer)
    {
        this.sequencer = sequencer;
        capacity = sequencer.getBufferSize();
        taken = sequencer.getCursor();
    }

    void evictable(final EvictableGates gates)
    {
        evictable = gates;
        hasEvictable = !gates.isEmpty();
    }

    /** The last sequence that was taken, claimed or published. */
    long taken()
    {
        return taken;
    }

    /**
     * Whether a claim can be made; lanes that may be evicted are, where they hold it back. Nobody is evicted while the
     * ring waits for another lane anyway.
     *
     * @param count of slots.
     * @return true if they are free.
     */
    boolean has(final int count)
    {
        final long next = taken + count;
        if (next > end && !find(next))
        {
            return false;
        }
        if (hasEvictable)
        {
            evictable.makeRoom(taken, count);
        }
        return true;
    }

    /**
     * Takes room that was found; all that was taken before is published.
     *
     * @param count of slots.
     * @return the first sequence of the claim.
     */
    long take(final int count)
    {
        final long first = taken + 1;
        taken += count;
        return first;
    }

    private boolean find(final long next)
    {
        // A gate that is added at this moment either is found here, or is put at this cursor or above: ADR 34.
        VarHandle.fullFence();
        end = sequencer.getMinimumSequence() + capacity;
        return next <= end;
    }
}
