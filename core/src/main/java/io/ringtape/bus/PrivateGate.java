package io.ringtape.bus;

import com.lmax.disruptor.Cursored;
import com.lmax.disruptor.Sequence;

/**
 * How far a lane with a private buffer has copied, and whether the ring minds: one word, so that a copy is either whole
 * and the lane holds the ring, or the lane is away.
 * <pre>{@code
 *  AT p --lane copied to q: CAS p, q--> AT q
 *  AT p --writer needs the room: CAS p, AWAY--> AWAY --lane comes back at the cursor--> AT c
 * }</pre>
 * The writer overwrites what is behind {@code p} only after it has seen the gate at a later place, or has sent it away
 * itself. The lane believes a copy only if its CAS from {@code p} succeeds, which comes after all loads of the copy.
 * The gate goes through one order of changes: either the lane's CAS came first, and the writer's stores come after the
 * loads; or the writer's came first, and the lane's fails. There is no flag that could be read too early.
 */
final class PrivateGate
{
    /** In place of a position: the ring does not wait for the lane. */
    static final long AWAY = Long.MAX_VALUE;

    private final Sequence position;
    private final Cursored ring;
    private final boolean evictable;
    private final OverflowCounts counts = new OverflowCounts();

    PrivateGate(final Cursored ring, final boolean evictable)
    {
        this.ring = ring;
        this.evictable = evictable;
        position = new Sequence(ring.getCursor());
    }

    boolean isEvictable()
    {
        return evictable;
    }

    /**
     * The gate as the sequencer takes it, for a lane that is never evicted.
     *
     * @return it is put nowhere else: no barrier may wait for a sequence that can be {@link #AWAY}.
     */
    Sequence sequence()
    {
        return position;
    }

    /**
     * Where the lane stands, read with acquire.
     *
     * @return the last sequence that is copied, or {@link #AWAY}.
     */
    long position()
    {
        return position.get();
    }

    boolean isAway()
    {
        return position.get() == AWAY;
    }

    /**
     * Ends a copy, on the lane's thread.
     *
     * @param from where the lane stood.
     * @param to   the last sequence that was copied.
     * @return false if the lane was evicted: the copy is void.
     */
    boolean advance(final long from, final long to)
    {
        return position.compareAndSet(from, to);
    }

    /**
     * Sends the lane away, on the writer's thread.
     *
     * @param from where the lane was seen.
     * @return false if it has moved meanwhile.
     */
    boolean evict(final long from)
    {
        final boolean evicted = position.compareAndSet(from, AWAY);
        if (evicted)
        {
            counts.addEviction();
        }
        return evicted;
    }

    /**
     * Comes back at the cursor, on the lane's thread, after an eviction.
     *
     * @return the cursor: what is behind it is safe to copy, all up to it is missed.
     */
    long rejoin()
    {
        while (true)
        {
            final long seen = ring.getCursor();
            position.setVolatile(seen);
            // Looked at again behind the fence: a writer that did not see the gate in time has counted on the lane
            // being at a cursor of its own, and that one shows by now. See EvictableGates.
            final long at = ring.getCursor();
            if (at == seen || position.compareAndSet(seen, at))
            {
                return at;
            }
        }
    }

    /**
     * Leaves for good, on the lane's thread.
     */
    void leave()
    {
        position.set(AWAY);
    }

    OverflowCounts counts()
    {
        return counts;
    }
}
