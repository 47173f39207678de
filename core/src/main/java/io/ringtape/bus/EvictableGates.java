package io.ringtape.bus;

import java.lang.invoke.VarHandle;

/**
 * The gates of the lanes that the ring does not wait for, as the writer sees them.
 * <p>
 * They are not among the sequencer's: it reads its gates without a fence behind the cursor's store and keeps what it
 * found, so a lane that came back meanwhile could stand below it. Here the fence is ours. A lane that is away counts
 * as one at the cursor, because that is the lowest place to which it can come back unseen: it looks at the cursor
 * again after its gate is out (Dekker: cursor, fence, gates on this side; gate, fence, cursor on the lane's).
 * <p>
 * Hot path: all but a comparison is needed once in a good part of the ring's length, or, while a lane is behind, once
 * a claim.
 * Thread safety: none; the writer's thread.
 * Allocation: on construction only.
 */
final class EvictableGates extends Padded
{
    static final EvictableGates NONE = new EvictableGates(new PrivateGate[0], 1, 0);

    private long limit;
    private final PrivateGate[] gates;
    private final int capacity;

    /**
     * The gates of a bus.
     *
     * @param gates    of the lanes.
     * @param capacity of the ring.
     * @param cursor   of the ring, where all gates stand.
     */
    EvictableGates(final PrivateGate[] gates, final int capacity, final long cursor)
    {
        this.gates = gates;
        this.capacity = capacity;
        limit = cursor + capacity;
    }

    boolean isEmpty()
    {
        return gates.length == 0;
    }

    /**
     * Evicts the lanes that hold back a claim.
     *
     * @param cursor the end of the claim before, which is published.
     * @param count  of the claim.
     */
    void makeRoom(final long cursor, final int count)
    {
        if (cursor + count > limit)
        {
            evict(cursor, cursor + count - capacity);
        }
    }

    private void evict(final long cursor, final long needed)
    {
        VarHandle.fullFence();
        long least = cursor;
        for (final PrivateGate gate : gates)
        {
            long at = gate.position();
            while (at < needed)
            {
                at = gate.evict(at) ? PrivateGate.AWAY : gate.position();
            }
            least = Math.min(least, at);
        }
        limit = least + capacity;
    }
}
