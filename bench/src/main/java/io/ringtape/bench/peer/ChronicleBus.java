package io.ringtape.bench.peer;

import java.nio.file.Path;
import java.util.List;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Chronicle Queue as a bus: a document for each event, written in place in the mapped file, and a tailer that spins at
 * its end. The file is the ring: there is always room, and every event is kept.
 * <p>
 * Thread safety: see {@link Carrier}. Allocation: Chronicle's own.
 */
final class ChronicleBus implements Carrier
{
    /** What the runs of a turn write. */
    private static final long RECYCLED_BYTES = 64 << 20;

    private final Path tape;
    private final ChronicleQueue queue;
    private final ExcerptAppender appender;
    private final ExcerptTailer tailer;
    private final UnsafeBuffer written = new UnsafeBuffer(0, 0);
    private final ReadingThread thread;

    ChronicleBus(final Path directory, final int packet, final List<EventReader> readers)
    {
        final EventReader reader = readers.get(0);
        final UnsafeBuffer event = new UnsafeBuffer(0, 0);
        tape = Scratch.directory(directory);
        Scratch.recyclePages(directory, RECYCLED_BYTES);
        queue = ChronicleQueue.singleBuilder(tape).build();
        appender = queue.createAppender();
        appender.singleThreadedCheckDisabled(true);
        tailer = queue.createTailer();
        tailer.singleThreadedCheckDisabled(true);
        thread = new ReadingThread("chronicle-reader", reader::onStart, () -> poll(event, reader));
    }

    @Override
    public void publish(final long first, final int count)
    {
        for (long sequence = first; sequence < first + count; sequence++)
        {
            try (DocumentContext document = appender.writingDocument())
            {
                final Bytes<?> bytes = document.wire().bytes();
                bytes.ensureCapacity(bytes.writePosition() + Work.EVENT_BYTES);
                written.wrap(bytes.addressForWrite(bytes.writePosition()), Work.EVENT_BYTES);
                Work.fill(written, 0, sequence);
                bytes.writeSkip(Work.EVENT_BYTES);
            }
        }
    }

    private boolean poll(final UnsafeBuffer event, final EventReader reader)
    {
        try (DocumentContext document = tailer.readingDocument())
        {
            if (!document.isPresent())
            {
                return false;
            }
            final Bytes<?> bytes = document.wire().bytes();
            event.wrap(bytes.addressForRead(bytes.readPosition()), Work.EVENT_BYTES);
            reader.onEvent(event.getLong(0), Work.fold(event, 0));
            return true;
        }
    }

    @Override
    public void close()
    {
        thread.end();
        tailer.close();
        appender.close();
        queue.close();
        Scratch.remove(tape);
    }
}
