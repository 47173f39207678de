package io.ringtape.journal;

import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import net.openhft.chronicle.wire.Wire;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The one place that writes through Chronicle Queue: an appender on a fresh directory that rolls when it is told to.
 * <p>
 * Hot path: {@link #begin(int)} and {@link #commit()}.
 * Thread safety: none; the recorder's thread.
 * Allocation: none in these, but for a new chunk or file.
 */
final class RollAppender implements AutoCloseable
{
    private static final long NOWHERE = Long.MIN_VALUE;

    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final UnsafeBuffer document = new UnsafeBuffer(0, 0);
    private final int chunkBytes;
    private final long largeUntil;
    private boolean isLarge;
    private @Nullable DocumentContext context;
    // Where the file would begin in memory, so another one in each chunk; and from where on its end is near.
    private long origin = NOWHERE;
    private long nearEnd = Long.MAX_VALUE;
    private long fileNumber;
    private long start;
    private long end;

    /**
     * Opens a queue.
     *
     * @param directory  of a run.
     * @param chunkBytes of a file that are mapped at once, with a quarter of them behind.
     * @param largeUntil where a file ends about, so far {@link LargePages} are asked for; 0 for none.
     */
    RollAppender(final Path directory, final int chunkBytes, final long largeUntil)
    {
        this.chunkBytes = chunkBytes;
        // Behind a smaller chunk no large page is mapped.
        this.largeUntil = chunkBytes < 4 * LargePages.BYTES ? 0 : largeUntil;
        // The latch: Chronicle's cycle is our file number, and the system clock cannot move it.
        queue = SingleChronicleQueueBuilder.binary(directory)
            .rollCycle(RollFiles.CYCLE)
            .blockSize(chunkBytes)
            .timeProvider(() -> fileNumber * RollFiles.CYCLE.lengthInMillis())
            // A file that was made ready has no header yet; Chronicle waits so long for somebody else to write it.
            .timeoutMS(1)
            .build();
        try
        {
            appender = queue.createAppender();
            // A run is opened and closed on the session's thread and written on the lane's; the bus orders the two.
            appender.singleThreadedCheckDisabled(true);
        }
        catch (final RuntimeException | Error e)
        {
            queue.close();
            throw e;
        }
    }

    /**
     * Opens a document and lays {@link #document()} over its bytes.
     *
     * @param length of the document, a multiple of 4.
     * @return offset of its header in the file.
     */
    long begin(final int length)
    {
        final DocumentContext opened = appender.writingDocument();
        context = opened;
        final Bytes<?> bytes = wireBytes(opened);
        final long position = bytes.writePosition();
        start = position - DocumentLayout.HEADER_BYTES;
        end = position + length;
        final long address = bytes.addressForWrite(position);
        if (address - position != origin)
        {
            onChunk(address, position);
        }
        else if (position >= nearEnd)
        {
            touchNextChunk();
        }
        document.wrap(address, length);
        return start;
    }

    /**
     * Where the header of the next document will stand, as far as is known: after a roll it is not.
     *
     * @return offset in the file.
     */
    long end()
    {
        return end;
    }

    UnsafeBuffer document()
    {
        return document;
    }

    void shorten(final int length)
    {
        end = start + DocumentLayout.HEADER_BYTES + length;
    }

    void commit()
    {
        final DocumentContext opened = context;
        if (opened == null)
        {
            throw new IllegalStateException("no document is open");
        }
        wireBytes(opened).writePosition(end);
        context = null;
        opened.close();
    }

    void rollback()
    {
        final DocumentContext opened = context;
        if (opened != null)
        {
            context = null;
            end = start;
            opened.rollbackOnClose();
            opened.close();
        }
    }

    long fileNumber()
    {
        return fileNumber;
    }

    /** Whether the kernel took the advice for what was mapped last; the file system may have small pages only. */
    boolean isLarge()
    {
        return isLarge;
    }

    /** The next document starts a new file. */
    void roll()
    {
        fileNumber++;
        end = 0;
        origin = NOWHERE;
    }

    @Override
    public void close()
    {
        queue.close();
    }

    /** Rare: once a chunk. */
    private void onChunk(final long address, final long position)
    {
        origin = address - position;
        nearEnd = Long.MAX_VALUE;
        if (position < largeUntil)
        {
            final long chunkEnd = position - position % chunkBytes + chunkBytes;
            isLarge = LargePages.ask(address, chunkEnd + LargePages.BYTES - position);
            nearEnd = chunkEnd < largeUntil ? chunkEnd - LargePages.BYTES : Long.MAX_VALUE;
        }
    }

    /** Chronicle looks at the next chunk before it can be asked for: what is there by then is a large page. */
    private void touchNextChunk()
    {
        document.wrap(origin + nearEnd + LargePages.BYTES, Long.BYTES);
        document.getLongVolatile(0);
        nearEnd = Long.MAX_VALUE;
    }

    private static Bytes<?> wireBytes(final DocumentContext opened)
    {
        final Wire wire = opened.wire();
        if (wire == null)
        {
            throw new IllegalStateException("document has no wire");
        }
        return wire.bytes();
    }
}
