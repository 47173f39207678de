package io.ringtape.bench.peer;

import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Chronicle Queue with a document for each event and no checksum. The eight longs are written and read where they lie
 * in the mapped file, as on the other tapes: that is faster than a call of its own for each of them.
 * <p>
 * Thread safety: none. Allocation: Chronicle's own.
 */
final class ChronicleFile implements AutoCloseable
{
    private final ChronicleQueue queue;
    private final ExcerptAppender appender;
    private final ExcerptTailer tailer;
    private final UnsafeBuffer event = new UnsafeBuffer(0, 0);

    ChronicleFile(final Path directory)
    {
        queue = ChronicleQueue.singleBuilder(directory).build();
        appender = queue.createAppender();
        tailer = queue.createTailer();
    }

    void append(final UnsafeBuffer from, final int offset)
    {
        try (DocumentContext document = appender.writingDocument())
        {
            final Bytes<?> bytes = document.wire().bytes();
            bytes.ensureCapacity(bytes.writePosition() + Work.EVENT_BYTES);
            event.wrap(bytes.addressForWrite(bytes.writePosition()), Work.EVENT_BYTES);
            for (int i = 0; i < Work.EVENT_BYTES; i += Long.BYTES)
            {
                event.putLong(i, from.getLong(offset + i));
            }
            bytes.writeSkip(Work.EVENT_BYTES);
        }
    }

    /** Reads every document from the start and adds its event. */
    void scan(final Tally tally, final int events)
    {
        tailer.toStart();
        for (int i = 0; i < events; i++)
        {
            try (DocumentContext document = tailer.readingDocument())
            {
                if (!document.isPresent())
                {
                    throw new IllegalStateException("missing: index=" + i);
                }
                final Bytes<?> bytes = document.wire().bytes();
                event.wrap(bytes.addressForRead(bytes.readPosition()), Work.EVENT_BYTES);
                tally.add(Work.fold(event, 0));
            }
        }
    }

    @Override
    public void close()
    {
        tailer.close();
        appender.close();
        queue.close();
    }
}
