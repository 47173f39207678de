package io.ringtape.bus;

import com.lmax.disruptor.Sequencer;
import java.lang.invoke.VarHandle;

/**
 * Whether the ring has room for a claim: the only place where the writer looks at the gates.
 * <p>
 * Hot path, the writer's thread only: most claims compare one number.
 */
final class RingRoom extends Padded
{
    // The gates were seen to leave room up to here.
    private long end = Long.MIN_VALUE;
    private final Sequencer sequencer;
    private EvictableGates evictable = EvictableGates.NONE;
    private boolean hasEvictable;

    RingRoom(final Sequencer sequencer)
    {
        this.sequencer = sequencer;
    }

    void evictable(final EvictableGates gates)
    {
        evictable = gates;
        hasEvictable = !gates.isEmpty();
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
        final long cursor = sequencer.getCursor();
        if (cursor + count > end && !find(cursor, count))
        {
            return false;
        }
        if (hasEvictable)
        {
            evictable.makeRoom(cursor, count);
        }
        return true;
    }

    private boolean find(final long cursor, final int count)
    {
        // A gate that is added at this moment either is found here, or is put at this cursor or above: ADR 34.
        VarHandle.fullFence();
        end = cursor + sequencer.remainingCapacity();
        return cursor + count <= end;
    }
}
