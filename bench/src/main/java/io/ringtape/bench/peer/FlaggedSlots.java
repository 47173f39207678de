package io.ringtape.bench.peer;

import java.nio.file.Path;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A bare ring whose slots say themselves that they are published: the sequence, the first long of an event, is stored
 * last and in order, and the reader looks for it where it will be. No cursor moves between the two threads, only the
 * events and, once in a quarter of the ring, how far the reader is. What a ring with one reader and no cursor comes to;
 * it has no batch that begins or ends, no second lane, no close and no fault.
 * <p>
 * Thread safety: see {@link Carrier}. Allocation: none once made.
 */
final class FlaggedSlots implements Carrier
{
    private static final int MASK = Work.CAPACITY - 1;
    private static final int REPORT_MASK = (Work.CAPACITY >> 2) - 1;
    private static final long NOTHING = -1;

    private final UnsafeBuffer slots = aligned(Work.CAPACITY * Work.EVENT_BYTES);
    /** How many events were read; on lines of its own. */
    private final UnsafeBuffer read = aligned(2 * BitUtil.CACHE_LINE_LENGTH);
    private final EventReader reader;
    private final ReadingThread thread;
    private long limit = Work.CAPACITY;
    private long next;

    FlaggedSlots(final Path directory, final int packet, final List<EventReader> readers)
    {
        reader = readers.get(0);
        for (int i = 0; i < Work.CAPACITY; i++)
        {
            slots.putLong(i * Work.EVENT_BYTES, NOTHING);
        }
        thread = new ReadingThread("flagged-slots-reader", reader::onStart, this::poll);
    }

    @Override
    public void publish(final long first, final int count)
    {
        final UnsafeBuffer to = slots;
        final long end = first + count;
        long room = limit;
        for (long sequence = first; sequence < end; sequence++)
        {
            while (sequence >= room)
            {
                Thread.onSpinWait();
                room = read.getLongVolatile(0) + Work.CAPACITY;
            }
            final int offset = offset(sequence);
            Work.fillTail(to, offset, sequence);
            to.putLongOrdered(offset, sequence);
        }
        limit = room;
    }

    private boolean poll()
    {
        final UnsafeBuffer from = slots;
        final EventReader to = reader;
        long sequence = next;
        while (from.getLongVolatile(offset(sequence)) == sequence)
        {
            to.onEvent(sequence, Work.fold(from, offset(sequence)));
            sequence++;
            if ((sequence & REPORT_MASK) == 0)
            {
                read.putLongOrdered(0, sequence);
            }
        }
        final boolean isMoved = sequence != next;
        next = sequence;
        return isMoved;
    }

    private static int offset(final long sequence)
    {
        return ((int)sequence & MASK) * Work.EVENT_BYTES;
    }

    private static UnsafeBuffer aligned(final int bytes)
    {
        return new UnsafeBuffer(BufferUtil.allocateDirectAligned(bytes, BitUtil.CACHE_LINE_LENGTH));
    }

    @Override
    public void close()
    {
        thread.end();
    }
}
