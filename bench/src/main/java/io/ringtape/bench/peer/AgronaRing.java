package io.ringtape.bench.peer;

import java.nio.file.Path;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RecordDescriptor;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Agrona's one-to-one ring buffer: a message is claimed, written in place and committed. A packet is one message, which
 * is as much of a batch as it offers. Its size in bytes has to be a power of two, so it has room for at least as many
 * events as the others.
 * <p>
 * Thread safety: see {@link Carrier}. Allocation: none once made.
 */
final class AgronaRing implements Carrier, MessageHandler
{
    private static final int TYPE = 1;

    private final UnsafeBuffer buffer;
    private final OneToOneRingBuffer ring;
    private final EventReader reader;
    private final int packet;
    private final ReadingThread thread;

    AgronaRing(final Path directory, final int packet, final List<EventReader> readers)
    {
        this.packet = packet;
        reader = readers.get(0);
        final int recordBytes =
            BitUtil.align(packet * Work.EVENT_BYTES + RecordDescriptor.HEADER_LENGTH, RecordDescriptor.ALIGNMENT);
        final int capacity = BitUtil.findNextPositivePowerOfTwo(Work.CAPACITY / packet * recordBytes);
        buffer = new UnsafeBuffer(BufferUtil.allocateDirectAligned(
            capacity + RingBufferDescriptor.TRAILER_LENGTH, BitUtil.CACHE_LINE_LENGTH));
        ring = new OneToOneRingBuffer(buffer);
        final int messages = Work.READ_EVENTS / packet;
        thread = new ReadingThread("agrona-reader", reader::onStart, () -> ring.read(this, messages) > 0);
    }

    @Override
    public void publish(final long first, final int count)
    {
        final OneToOneRingBuffer to = ring;
        final int bytes = packet * Work.EVENT_BYTES;
        for (long sequence = first; sequence < first + count; sequence += packet)
        {
            int index = to.tryClaim(TYPE, bytes);
            while (index < 0)
            {
                Thread.onSpinWait();
                index = to.tryClaim(TYPE, bytes);
            }
            Work.fillPacket(buffer, index, sequence, packet);
            to.commit(index);
        }
    }

    @Override
    public void onMessage(final int type, final MutableDirectBuffer message, final int index, final int length)
    {
        final UnsafeBuffer from = buffer;
        for (int offset = index; offset < index + length; offset += Work.EVENT_BYTES)
        {
            reader.onEvent(from.getLong(offset), Work.fold(from, offset));
        }
    }

    @Override
    public void close()
    {
        thread.end();
    }
}
