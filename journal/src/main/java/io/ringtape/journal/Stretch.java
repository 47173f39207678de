package io.ringtape.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.ringtape.event.EventLayout;
import io.ringtape.event.EventType;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The blocks of a roll file since the last one that its index names, and their receive times.
 * <p>
 * Hot path: {@link #look}.
 * Thread safety: none; one thread.
 * Allocation: none in it.
 */
final class Stretch
{
    /** A block that starts this far behind the one that the index names last is named too. */
    static final long BYTES = 1L << 20;

    private long start;
    private long minNs;
    private long maxNs;
    private long blockMinNs;
    private long blockMaxNs;

    Stretch()
    {
        restart(0);
    }

    /**
     * Starts anew.
     *
     * @param offset of the block that was named, or 0 in a new file.
     */
    void restart(final long offset)
    {
        start = offset;
        minNs = Long.MAX_VALUE;
        maxNs = DocumentLayout.NO_TIME;
    }

    /** Whether the index has to name a block whose header stands at an offset. */
    boolean endsAt(final long offset)
    {
        return offset - start >= BYTES;
    }

    /**
     * Finds the receive times of a block, to be added by {@link #addBlock()}.
     *
     * @param buffer   that holds the events.
     * @param offset   of the first event.
     * @param sequence of the first event.
     * @param count    of events.
     * @return false if an event has another sequence than its place says.
     */
    boolean look(final UnsafeBuffer buffer, final int offset, final long sequence, final int count)
    {
        long min = Long.MAX_VALUE;
        long max = DocumentLayout.NO_TIME;
        long wrong = 0;
        int at = offset;
        for (int i = 0; i < count; i++)
        {
            wrong |= buffer.getLong(at, LITTLE_ENDIAN) ^ sequence + i;
            final long time = buffer.getLong(at + EventLayout.RECEIVE_TIME_OFFSET, LITTLE_ENDIAN);
            if ((time > max || time < min) && hasReceiveTime(buffer.getByte(at + EventLayout.TYPE_OFFSET) & 0xFF))
            {
                max = Math.max(max, time);
                min = Math.min(min, time);
            }
            at += DocumentLayout.EVENT_BYTES;
        }
        blockMinNs = min;
        blockMaxNs = max;
        return wrong == 0;
    }

    /** Adds the block that was looked at last. */
    void addBlock()
    {
        minNs = Math.min(minNs, blockMinNs);
        maxNs = Math.max(maxNs, blockMaxNs);
    }

    /** The greatest receive time of the block that was looked at last. */
    long blockMaxNs()
    {
        return blockMaxNs;
    }

    /** On a detail these bytes are a value of another meaning, and a void event may never have got any. */
    static boolean hasReceiveTime(final int type)
    {
        return type != EventType.DETAIL && type != EventType.VOID;
    }

    long start()
    {
        return start;
    }

    /** The least receive time; {@link Long#MAX_VALUE} if there is none. */
    long minNs()
    {
        return minNs;
    }

    /** The greatest receive time; {@link DocumentLayout#NO_TIME} if there is none. */
    long maxNs()
    {
        return maxNs;
    }
}
