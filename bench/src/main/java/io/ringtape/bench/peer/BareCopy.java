package io.ringtape.bench.peer;

import java.nio.file.Path;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * No bus: one thread writes a packet, copies it into a ring of the same size and reads it there. In a row of packets it
 * is the bare memory copy; in an open loop it is the clock alone, and its latencies are the gaps of the machine.
 * <p>
 * Thread safety: one thread. Allocation: none once made.
 */
final class BareCopy implements Carrier
{
    private static final int RING_BYTES = Work.CAPACITY * Work.EVENT_BYTES;

    private final UnsafeBuffer ring = aligned(RING_BYTES);
    private final UnsafeBuffer written;
    private final EventReader reader;
    private final int packet;

    BareCopy(final Path directory, final int packet, final List<EventReader> readers)
    {
        this.packet = packet;
        reader = readers.get(0);
        written = aligned(packet * Work.EVENT_BYTES);
        reader.onStart();
    }

    private static UnsafeBuffer aligned(final int bytes)
    {
        return new UnsafeBuffer(BufferUtil.allocateDirectAligned(bytes, BitUtil.CACHE_LINE_LENGTH));
    }

    @Override
    public void publish(final long first, final int count)
    {
        final UnsafeBuffer to = ring;
        final int bytes = packet * Work.EVENT_BYTES;
        for (long sequence = first; sequence < first + count; sequence += packet)
        {
            Work.fillPacket(written, 0, sequence, packet);
            final int start = (int)(sequence % Work.CAPACITY) * Work.EVENT_BYTES;
            to.putBytes(start, written, 0, bytes);
            for (int offset = start; offset < start + bytes; offset += Work.EVENT_BYTES)
            {
                reader.onEvent(to.getLong(offset), Work.fold(to, offset));
            }
        }
    }

    /** There is no thread to end. */
    @Override
    public void close()
    {
    }
}
