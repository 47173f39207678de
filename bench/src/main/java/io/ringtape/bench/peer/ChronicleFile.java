package io.ringtape.bench.peer;

import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Chronicle Queue with a document for each event and no checksum: the eight longs by a call each, as its guide shows
 * it; on demand written where they lie in the mapped file, as on the other tapes, which is the fastest that it has.
 * Reading in place is no faster.
 * <p>
 * Thread safety: none. Allocation: Chronicle's own.
 */
final class ChronicleFile implements ChronicleTape
{
    private final ChronicleQueue queue;
    private final ExcerptAppender appender;
    private final ExcerptTailer tailer;
    private final UnsafeBuffer event = new UnsafeBuffer(0, 0);
    private final boolean isInPlace;

    ChronicleFile(final Path directory, final boolean isInPlace)
    {
        this.isInPlace = isInPlace;
        queue = ChronicleQueue.singleBuilder(directory).build();
        appender = queue.createAppender();
        tailer = queue.createTailer();
    }

    @Override
    public void append(final UnsafeBuffer from, final int offset)
    {
        for (int i = 0; i < Work.BLOCK_EVENTS; i++)
        {
            appendEvent(from, offset + i * Work.EVENT_BYTES);
        }
    }

    private void appendEvent(final UnsafeBuffer from, final int offset)
    {
        try (DocumentContext document = appender.writingDocument())
        {
            final Bytes<?> bytes = document.wire().bytes();
            if (isInPlace)
            {
                place(bytes, from, offset);
                return;
            }
            for (int i = 0; i < Work.EVENT_BYTES; i += Long.BYTES)
            {
                bytes.writeLong(from.getLong(offset + i));
            }
        }
    }

    private void place(final Bytes<?> bytes, final UnsafeBuffer from, final int offset)
    {
        bytes.ensureCapacity(bytes.writePosition() + Work.EVENT_BYTES);
        event.wrap(bytes.addressForWrite(bytes.writePosition()), Work.EVENT_BYTES);
        for (int i = 0; i < Work.EVENT_BYTES; i += Long.BYTES)
        {
            event.putLong(i, from.getLong(offset + i));
        }
        bytes.writeSkip(Work.EVENT_BYTES);
    }

    @Override
    public void scan(final Tally tally, final int events)
    {
        tailer.toStart();
        long added = 0;
        // All in one method: with the reads in another one they are not inlined, and an event takes a fifth longer.
        for (int i = 0; i < events; i++)
        {
            try (DocumentContext document = tailer.readingDocument())
            {
                if (!document.isPresent())
                {
                    throw new IllegalStateException("missing: index=" + i);
                }
                final Bytes<?> bytes = document.wire().bytes();
                added += Tally.weighted(Work.fold(
                    Work.fold(bytes.readLong(), bytes.readLong(), bytes.readLong(), bytes.readLong()),
                    Work.fold(bytes.readLong(), bytes.readLong(), bytes.readLong(), bytes.readLong())), i);
            }
        }
        tally.addWeighted(added, events);
    }

    @Override
    public void close()
    {
        tailer.close();
        appender.close();
        queue.close();
    }
}
