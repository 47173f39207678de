package io.ringtape.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.ringtape.event.RangeHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.agrona.BitUtil;
import org.agrona.concurrent.OffsetEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Blocks in one file, through the parts that {@link RunWriter} writes them with and nothing around: its appender with
 * the checksum of header and events, on demand its guard that reserves space ahead, and the mark behind each document.
 * What the whole recorder has beyond them: receive times and sequences that are looked at, a clock, the index, and what
 * a run, its files and a failure want.
 * <p>
 * Thread safety: one thread owns it.
 * Allocation: none a block.
 */
public final class StagedBlocks implements AutoCloseable
{
    /** As the recorder maps its files of a GiB. */
    private static final int CHUNK_BYTES = 64 << 20;

    private final CRC32C crc = new CRC32C();
    private final UnsafeBuffer header = new UnsafeBuffer(ByteBuffer.allocateDirect(DocumentLayout.EVENTS_OFFSET));
    private final ByteBuffer headerBytes = header.byteBuffer();
    private final UnsafeBuffer source;
    private final ByteBuffer sourceBytes;
    private final Path file;
    private final RollAppender appender;
    private final SpaceGuard space;
    private final boolean hasSpace;
    private final @Nullable MarkFile mark;
    private int lastCrc;

    /** Which parts the blocks go through. */
    public enum Parts
    {
        /** The appender and the checksum. */
        DOCUMENTS,
        /** These, in space that is reserved ahead. */
        SPACE,
        /** These, and a mark behind each document. */
        MARK
    }

    private StagedBlocks(final Path directory, final UnsafeBuffer source, final Parts parts) throws IOException
    {
        this.source = source;
        sourceBytes = source.byteBuffer().duplicate();
        file = directory.resolve(RollFiles.name(0));
        header.putLong(0, DocumentLayout.BLOCK_WORD, LITTLE_ENDIAN);
        space = new SpaceGuard(directory, TapeParts.of(directory, TapeConfig.defaults(), new OffsetEpochNanoClock()));
        hasSpace = parts != Parts.DOCUMENTS;
        if (hasSpace)
        {
            space.start();
        }
        mark = parts == Parts.MARK ? MarkFile.open(directory, MarkFile.JOURNALED, BootId.current()) : null;
        appender = new RollAppender(directory, CHUNK_BYTES, Long.MAX_VALUE);
    }

    /**
     * Makes the file in a directory of its own.
     *
     * @param directory to make.
     * @param source    that holds the events, over a direct byte buffer from its first byte.
     * @param parts     to go through.
     * @return to be closed.
     */
    public static StagedBlocks open(final Path directory, final UnsafeBuffer source, final Parts parts)
    {
        try
        {
            Files.createDirectory(directory);
            final StagedBlocks made = new StagedBlocks(directory, source, parts);
            made.align();
            return made;
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException("cannot make a tape: directory=" + directory, e);
        }
    }

    /** The first document brings the headers of the blocks to multiples of 64, as those of a run's start do. */
    private void align()
    {
        final long start = appender.begin(2 * DocumentLayout.EVENT_BYTES);
        final long end = BitUtil.align(start + DocumentLayout.HEADER_BYTES + Long.BYTES, DocumentLayout.EVENT_BYTES);
        final int length = (int)(end - start) - DocumentLayout.HEADER_BYTES;
        appender.document().setMemory(0, length, (byte)0);
        appender.shorten(length);
        appender.commit();
    }

    /**
     * Appends a block.
     *
     * @param offset of the first event in the source.
     * @param first  its sequence.
     * @param count  of events.
     */
    public void append(final int offset, final long first, final int count)
    {
        final int bytes = count * DocumentLayout.EVENT_BYTES;
        final int length = DocumentLayout.EVENTS_OFFSET + bytes;
        if (hasSpace)
        {
            space.take(appender.end(), length);
        }
        header.putInt(DocumentLayout.PREVIOUS_CRC_OFFSET, lastCrc, LITTLE_ENDIAN);
        header.putLong(DocumentLayout.SEQUENCE_OFFSET, first, LITTLE_ENDIAN);
        header.putShort(DocumentLayout.COUNT_OFFSET, (short)count, LITTLE_ENDIAN);
        appender.begin(length);
        final UnsafeBuffer document = appender.document();
        crc.reset();
        crc.update(headerBytes.clear());
        crc.update(sourceBytes.limit(offset + bytes).position(offset));
        document.putBytes(DocumentLayout.EVENTS_OFFSET, source, offset, bytes);
        document.putBytes(0, header, 0, DocumentLayout.EVENTS_OFFSET);
        lastCrc = (int)crc.getValue();
        document.putInt(DocumentLayout.CRC_OFFSET, lastCrc, LITTLE_ENDIAN);
        appender.commit();
        if (mark != null)
        {
            mark.store(1, appender.fileNumber(), appender.end(), first + count - 1, lastCrc);
        }
    }

    /**
     * Reads all blocks back and checks their checksums; not for the hot path.
     *
     * @param to gets the events of each block.
     * @throws IllegalStateException if a checksum is wrong.
     */
    public void read(final RangeHandler to)
    {
        StagedRead.read(file, appender.end(), to);
    }

    @Override
    public void close()
    {
        appender.close();
        if (mark != null)
        {
            mark.close();
        }
    }
}
