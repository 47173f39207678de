package io.ringtape.bench.peer;

import java.nio.file.Path;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The bare hop: one cache line goes from one thread to the other and carries an event. No queue, and room for that one
 * event alone, so it is only for a {@link PingPong}. The first word, stored last with release, says that the line is
 * there.
 * <p>
 * Thread safety: see {@link Carrier}. Allocation: none once made.
 */
final class BareLine implements Carrier
{
    /** Far enough from what lies around it that a prefetched neighbour is never the line. */
    private static final int DISTANCE_BYTES = 4 * BitUtil.CACHE_LINE_LENGTH;
    private static final long NOTHING = -1;

    private final UnsafeBuffer buffer = new UnsafeBuffer(
        BufferUtil.allocateDirectAligned(2 * DISTANCE_BYTES, BitUtil.CACHE_LINE_LENGTH));
    private final ReadingThread thread;

    BareLine(final Path directory, final int packet, final List<EventReader> readers)
    {
        buffer.putLongVolatile(DISTANCE_BYTES, NOTHING);
        final Reader reader = new Reader(buffer, readers.get(0));
        thread = new ReadingThread("line-reader", reader.events::onStart, reader::poll);
    }

    @Override
    public void publish(final long first, final int count)
    {
        Work.fillTail(buffer, DISTANCE_BYTES, first);
        buffer.putLongRelease(DISTANCE_BYTES, first);
    }

    @Override
    public void close()
    {
        thread.end();
    }

    /** Knows which event is next. */
    private static final class Reader
    {
        private final UnsafeBuffer buffer;
        private final EventReader events;
        private long next;

        private Reader(final UnsafeBuffer buffer, final EventReader events)
        {
            this.buffer = buffer;
            this.events = events;
        }

        private boolean poll()
        {
            if (buffer.getLongVolatile(DISTANCE_BYTES) != next)
            {
                return false;
            }
            events.onEvent(next, Work.fold(buffer, DISTANCE_BYTES));
            next++;
            return true;
        }
    }
}
