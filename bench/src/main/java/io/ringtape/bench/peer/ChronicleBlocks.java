package io.ringtape.bench.peer;

import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Chronicle Queue with a document for the events of a block, as our recorder has them, written and read where they lie
 * in the mapped file.
 * <p>
 * Thread safety: none. Allocation: Chronicle's own.
 */
final class ChronicleBlocks implements ChronicleTape
{
    private static final int BLOCK_BYTES = Work.BLOCK_EVENTS * Work.EVENT_BYTES;

    private final ChronicleQueue queue;
    private final ExcerptAppender appender;
    private final ExcerptTailer tailer;
    private final UnsafeBuffer block = new UnsafeBuffer(0, 0);

    ChronicleBlocks(final Path directory)
    {
        queue = ChronicleQueue.singleBuilder(directory).build();
        appender = queue.createAppender();
        tailer = queue.createTailer();
    }

    @Override
    public void append(final UnsafeBuffer from, final int offset)
    {
        try (DocumentContext document = appender.writingDocument())
        {
            final Bytes<?> bytes = document.wire().bytes();
            bytes.ensureCapacity(bytes.writePosition() + BLOCK_BYTES);
            block.wrap(bytes.addressForWrite(bytes.writePosition()), BLOCK_BYTES);
            block.putBytes(0, from, offset, BLOCK_BYTES);
            bytes.writeSkip(BLOCK_BYTES);
        }
    }

    @Override
    public void scan(final Tally tally, final int events)
    {
        tailer.toStart();
        for (int i = 0; i < events; i += Work.BLOCK_EVENTS)
        {
            try (DocumentContext document = tailer.readingDocument())
            {
                if (!document.isPresent())
                {
                    throw new IllegalStateException("missing: index=" + i);
                }
                final Bytes<?> bytes = document.wire().bytes();
                block.wrap(bytes.addressForRead(bytes.readPosition()), BLOCK_BYTES);
                tally.addBlock(block, 0, Work.BLOCK_EVENTS);
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
