package io.ringtape.bench.peer;

import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Chronicle Queue with a document for each event and no checksum, as its guide shows it.
 * <p>
 * Thread safety: none. Allocation: Chronicle's own.
 */
final class ChronicleFile implements AutoCloseable
{
    private final ChronicleQueue queue;
    private final ExcerptAppender appender;
    private final ExcerptTailer tailer;

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
            for (int i = 0; i < Work.EVENT_BYTES; i += Long.BYTES)
            {
                bytes.writeLong(from.getLong(offset + i));
            }
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
                tally.add(Work.fold(
                    Work.fold(bytes.readLong(), bytes.readLong(), bytes.readLong(), bytes.readLong()),
                    Work.fold(bytes.readLong(), bytes.readLong(), bytes.readLong(), bytes.readLong())));
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
