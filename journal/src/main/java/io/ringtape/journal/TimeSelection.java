package io.ringtape.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.ringtape.event.EventLayout;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Finds the events of a block whose own receive time lies in a range; a detail or void event has none and goes with
 * the event before it.
 * <p>
 * Hot path.
 * Thread safety: none; one thread.
 * Allocation: on construction only.
 */
final class TimeSelection
{
    private final long fromNs;
    private final long toNs;
    private boolean isWanted;
    private int first;
    private int end;
    private int limit;

    TimeSelection(final TapeRange range)
    {
        fromNs = range.fromTimeNs();
        toNs = range.toTimeNs();
    }

    /** Starts with a run, in which no event was met yet. */
    void startRun()
    {
        isWanted = false;
        end = 0;
        limit = 0;
    }

    /**
     * Starts with a block.
     *
     * @param from index of the first event to look at.
     * @param to   one above the index of the last one.
     */
    void startBlock(final int from, final int to)
    {
        end = from;
        limit = to;
    }

    /**
     * Moves to the next events of the block that stand together in the range.
     *
     * @param block that the reader stands on.
     * @return false if there are no more.
     */
    boolean next(final RunReader block)
    {
        int at = end;
        while (at < limit && !wants(block, at))
        {
            at++;
        }
        first = at;
        while (at < limit && wants(block, at))
        {
            at++;
        }
        end = at;
        return first < at;
    }

    private boolean wants(final RunReader block, final int index)
    {
        final UnsafeBuffer buffer = block.buffer();
        final int offset = block.eventsOffset() + index * DocumentLayout.EVENT_BYTES;
        if (Stretch.hasReceiveTime(buffer.getByte(offset + EventLayout.TYPE_OFFSET) & 0xFF))
        {
            final long time = buffer.getLong(offset + EventLayout.RECEIVE_TIME_OFFSET, LITTLE_ENDIAN);
            isWanted = time >= fromNs && time <= toNs;
        }
        return isWanted;
    }

    /** Whether an event without a time that comes next is in the range. */
    boolean isWanted()
    {
        return isWanted;
    }

    /** Index of the first of the events. */
    int first()
    {
        return first;
    }

    /** One above the index of the last of the events. */
    int end()
    {
        return end;
    }
}
