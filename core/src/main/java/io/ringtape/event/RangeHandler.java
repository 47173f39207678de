package io.ringtape.event;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Gets the events of a bus as contiguous ranges of slots, in sequence order, {@link EventType#VOID} events included.
 * <p>
 * A batch that wraps round the end of the buffer comes as two ranges. The bytes are the lane's or the ring's own: they
 * are valid during the call only, and must not be written to.
 * <p>
 * Thread safety: one thread at a time calls all the methods of a handler.
 * Allocation: an implementation on a hot path allocates nothing once warm.
 */
@FunctionalInterface
public interface RangeHandler
{
    /**
     * Called once before the first range, on the thread that will deliver the ranges.
     *
     * @param firstSequence the sequence of the first event that can be delivered.
     */
    default void onStart(final long firstSequence)
    {
    }

    /**
     * Called for each contiguous range of events.
     *
     * @param buffer        the ring, or the private buffer of a lane that sheds: a buffer over one direct
     *                      {@link java.nio.ByteBuffer}, 64-byte aligned.
     * @param offset        of the first event in the buffer, in bytes, a multiple of 64.
     * @param firstSequence the sequence of the first event.
     * @param count         how many events, at least 1.
     */
    void onRange(UnsafeBuffer buffer, int offset, long firstSequence, int count);

    /**
     * Called where a lane that sheds has lost events, between the last range before them and the first one behind them.
     *
     * @param firstSequence the first sequence that is not delivered.
     * @param lastSequence  the last sequence that is not delivered, not below the first.
     */
    default void onShed(final long firstSequence, final long lastSequence)
    {
    }

    /**
     * Called once after the last range, on the thread that delivered the ranges.
     *
     * @param lastSequence the last sequence that was delivered or told as shed, one below the first if none was.
     */
    default void onStop(final long lastSequence)
    {
    }
}
