package io.ringtape.bus;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.jspecify.annotations.Nullable;

/**
 * Reads the history for a lane that is not live, slice by slice, into slots that are not the ring's.
 */
final class CatchUp
{
    /** In place of a count: what follows will never be there. */
    static final int ENDED = -1;
    private static final int SLICE_EVENTS = 1024;

    private final History.Cursor cursor;
    private final LaneRunner recorder;
    private final Slots slots;
    private final int limit;
    private final int nearCount;
    private @Nullable JoinSnapshot snapshot;

    /**
     * Starts where the cursor stands, with slots of its own.
     *
     * @param cursor   to read and close.
     * @param recorder the lane that the history is of.
     * @param limit    events of a slice at most.
     * @param capacity of the ring.
     */
    CatchUp(final History.Cursor cursor, final LaneRunner recorder, final int limit, final int capacity)
    {
        this(cursor, recorder, new Slots(Integer.highestOneBit(Math.min(limit, SLICE_EVENTS))), limit, capacity);
    }

    /**
     * Starts where the cursor stands.
     *
     * @param cursor   to read and close.
     * @param recorder the lane that the history is of.
     * @param slots    to read into.
     * @param limit    events of a slice at most.
     * @param capacity of the ring.
     */
    CatchUp(
        final History.Cursor cursor, final LaneRunner recorder, final Slots slots, final int limit,
        final int capacity)
    {
        this.cursor = cursor;
        this.recorder = recorder;
        this.slots = slots;
        this.limit = Math.min(limit, SLICE_EVENTS);
        nearCount = capacity >> 2;
    }

    /**
     * Makes the handlers start with a snapshot, behind which the cursor stands.
     *
     * @param states to be taken over; null for none.
     */
    void startWith(final @Nullable JoinSnapshot states)
    {
        snapshot = states;
    }

    /**
     * Lets the handlers take over the snapshot that they start with, if there is one, and forgets it.
     *
     * @param runner   of their lane.
     * @param sequence of the first event that follows.
     * @return false if one failed and the lane is to be ended.
     */
    boolean restore(final LaneRunner runner, final long sequence)
    {
        final JoinSnapshot states = snapshot;
        snapshot = null;
        return states == null || states.restore(runner, sequence);
    }

    LaneRunner recorder()
    {
        return recorder;
    }

    Slots slots()
    {
        return slots;
    }

    /**
     * Whether a gate may be taken: what is still to be read is soon read, and the recorder's own gate is not above.
     *
     * @param position the last sequence that was read.
     * @return true if the recorder is at most a quarter of the ring ahead.
     */
    boolean isNear(final long position)
    {
        return recorder.sequence() - position <= nearCount;
    }

    /**
     * Reads a slice behind a position.
     *
     * @param position the last sequence that was read.
     * @param most     events to read, at least 1.
     * @return how many events stand in the slots now; 0 if there are none yet; or {@link #ENDED}.
     */
    int read(final long position, final long most)
    {
        // Ahead of the read: what the recorder has passed, or left behind, is there by then or never.
        final boolean due = recorder.hasEnded() || !recorder.isAttached() || recorder.sequence() > position;
        final int offset = slots.offset(position + 1);
        final int untilEnd = slots.capacity() - (offset >> 6);
        final int count = cursor.read(slots.buffer(), offset, (int)Math.min(Math.min(limit, untilEnd), most));
        if (count == 0)
        {
            return due ? ENDED : 0;
        }
        requireSequence(position + 1);
        requireSequence(position + count);
        return count;
    }

    void close()
    {
        cursor.close();
    }

    private void requireSequence(final long sequence)
    {
        final long found = slots.buffer().getLong(slots.offset(sequence), LITTLE_ENDIAN);
        if (found != sequence)
        {
            throw new IllegalStateException("history does not go on: sequence=" + found + " expected=" + sequence);
        }
    }
}
