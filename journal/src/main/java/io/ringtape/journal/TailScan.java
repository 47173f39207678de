package io.ringtape.journal;

import static io.ringtape.journal.DocumentLayout.ALIGNMENT;
import static io.ringtape.journal.DocumentLayout.COMMON_BYTES;
import static io.ringtape.journal.DocumentLayout.HEADER_BYTES;
import static io.ringtape.journal.DocumentLayout.MAX_DOCUMENT_BYTES;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.ringtape.journal.RunDirectory.RollFile;
import io.ringtape.journal.codec.RunTrailerEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Looks behind the point at which a run stopped making sense: a whole document there means damage, any other byte a
 * torn tail. It reads, and maps nothing, in bounded memory and in a time that is linear in the bytes.
 */
final class TailScan
{
    /**
     * A whole document behind the point.
     *
     * @param file     it stands in.
     * @param position of its header in the file.
     * @param next     where the header behind it would stand.
     * @param template its kind.
     * @param sequence its first sequence.
     * @param count    its events; 0 if it is no block.
     * @param crc      its CRC.
     */
    record Whole(RollFile file, long position, long next, int template, long sequence, int count, int crc)
    {
        boolean isTrailer()
        {
            return template == RunTrailerEncoder.TEMPLATE_ID;
        }

        long lastSequence()
        {
            return switch (template)
            {
                case DocumentLayout.BLOCK_TEMPLATE -> sequence + count - 1;
                case RunTrailerEncoder.TEMPLATE_ID -> sequence;
                default -> sequence - 1;
            };
        }
    }

    private static final int READ_BYTES = 1 << 20;
    private static final long SCHEMA_WORD = DocumentLayout.SCHEMA_ID | (long)DocumentLayout.VERSION << 16;
    /** A hostile file may hold many beginnings of documents that overlap. */
    private static final int CHECKED_BYTES_FACTOR = 4;

    private final long runId;
    private final Checksum checksum = new Checksum();
    private final ByteBuffer bytes;
    private final UnsafeBuffer buffer;
    private long checkedBytes;
    private long readBytes;
    private boolean dirty;

    TailScan(final long runId)
    {
        this(runId, room());
    }

    /** With room to read into that was made before. */
    TailScan(final long runId, final ByteBuffer room)
    {
        this.runId = runId;
        this.bytes = room;
        this.buffer = new UnsafeBuffer(room);
    }

    static ByteBuffer room()
    {
        return ByteBuffer.allocateDirect(READ_BYTES + MAX_DOCUMENT_BYTES + HEADER_BYTES);
    }

    /**
     * Looks for a whole document.
     *
     * @param files of the run, from the one to start in.
     * @param from  offset in the first of them.
     * @return the first whole document, or null.
     * @throws IOException if a file cannot be read.
     */
    @Nullable
    Whole first(final List<RollFile> files, final long from) throws IOException
    {
        long start = from;
        for (final RollFile file : files)
        {
            final Whole found = find(file, start, Long.MAX_VALUE, false);
            if (found != null)
            {
                return found;
            }
            start = 0;
        }
        return null;
    }

    /**
     * Looks for the last whole document of a file. The document that a mark was set after is the last one, or any that
     * is behind it is, so nothing before it is read; where it is not there, or not whole, the whole file is looked at.
     *
     * @param file to look in.
     * @param mark that was set by the writer of the run, or null.
     * @return the document, or null if the file holds none.
     * @throws IOException if the file cannot be read.
     */
    @Nullable
    Whole last(final RollFile file, final @Nullable Mark mark) throws IOException
    {
        final Whole marked = mark == null || mark.runId() != runId || mark.fileNumber() != file.number() ? null :
            endingAt(file, mark.endOffset(), mark.crc());
        final Whole last = find(file, marked == null ? 0 : marked.next(), Long.MAX_VALUE, true);
        return last == null ? marked : last;
    }

    /**
     * Looks for the whole document that ends at a place; no more is read than the longest one has.
     *
     * @param file to look in.
     * @param end  where the next header would stand.
     * @param crc  of the document.
     * @return the document, or null if there is none.
     * @throws IOException if the file cannot be read.
     */
    @Nullable
    Whole endingAt(final RollFile file, final long end, final int crc) throws IOException
    {
        final Whole found = find(file, Math.max(0, end - MAX_DOCUMENT_BYTES - HEADER_BYTES), end, true);
        return found == null || found.next() != end || found.crc() != crc ? null : found;
    }

    /** How many bytes of files were read. */
    long readBytes()
    {
        return readBytes;
    }

    /** Whether a byte was met that is not zero, and belongs to no mark of Chronicle's. */
    boolean isDirty()
    {
        return dirty;
    }

    private @Nullable Whole find(final RollFile file, final long from, final long to, final boolean last)
        throws IOException
    {
        try (SeekableByteChannel channel = TapeFiles.open(file.path(), StandardOpenOption.READ))
        {
            return find(file, channel, from, Math.min(channel.size(), to), last);
        }
    }

    /** The first or last whole document of a file that is open, from a place to another. */
    @Nullable
    Whole find(
        final RollFile file, final SeekableByteChannel channel, final long from, final long size, final boolean last)
        throws IOException
    {
        Whole best = null;
        for (long at = from; at < size; at += READ_BYTES)
        {
            fill(channel, at, size);
            final Whole found = findInBuffer(file, at, size, last);
            if (found != null && !last)
            {
                return found;
            }
            best = found == null ? best : found;
        }
        return best;
    }

    private void fill(final SeekableByteChannel channel, final long at, final long size) throws IOException
    {
        bytes.clear().limit((int)Math.min(bytes.capacity(), size - at));
        channel.position(at);
        while (bytes.hasRemaining() && channel.read(bytes) > 0)
        {
            // Reads on until the buffer or the file is full.
            Thread.onSpinWait();
        }
        readBytes += bytes.position();
    }

    private @Nullable Whole findInBuffer(final RollFile file, final long at, final long size, final boolean last)
    {
        final int filled = bytes.position();
        final int end = Math.min(filled, READ_BYTES);
        Whole best = null;
        int i = 0;
        while (i < end)
        {
            final int word = i + Integer.BYTES <= filled ? buffer.getInt(i, LITTLE_ENDIAN) : lastBytes(i, filled);
            if (word != 0)
            {
                dirty = true;
                final Whole found = word > 0 ? document(file, at, i, filled, size) : null;
                if (found != null)
                {
                    if (!last)
                    {
                        return found;
                    }
                    best = found;
                    i = (int)(found.next() - at) - ALIGNMENT;
                }
            }
            i += ALIGNMENT;
        }
        return best;
    }

    /** Fewer bytes than a header are at most dirt. */
    private int lastBytes(final int from, final int filled)
    {
        for (int i = from; i < filled; i++)
        {
            if (buffer.getByte(i) != 0)
            {
                return DocumentLayout.NOT_READY;
            }
        }
        return 0;
    }

    private @Nullable Whole document(
        final RollFile file, final long at, final int index, final int filled, final long size)
    {
        final int length = buffer.getInt(index, LITTLE_ENDIAN);
        final int offset = index + HEADER_BYTES;
        if (length < COMMON_BYTES || length > MAX_DOCUMENT_BYTES || offset + length > filled ||
            buffer.getLong(offset, LITTLE_ENDIAN) >>> 32 != SCHEMA_WORD ||
            buffer.getLong(offset + DocumentLayout.RUN_ID_OFFSET, LITTLE_ENDIAN) != runId)
        {
            return null;
        }
        checkedBytes += length;
        if (checkedBytes > CHECKED_BYTES_FACTOR * size + READ_BYTES)
        {
            return null;
        }
        final int position = bytes.position();
        final int crc = buffer.getInt(offset + DocumentLayout.CRC_OFFSET, LITTLE_ENDIAN);
        final boolean whole = crc == checksum.of(buffer, bytes, offset, length);
        bytes.limit(bytes.capacity()).position(position);
        if (!whole)
        {
            return null;
        }
        final int template = buffer.getShort(offset + DocumentLayout.TEMPLATE_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
        final int count = template == DocumentLayout.BLOCK_TEMPLATE && length > DocumentLayout.EVENTS_OFFSET ?
            (length - DocumentLayout.EVENTS_OFFSET) / DocumentLayout.EVENT_BYTES : 0;
        final long start = at + index;
        return new Whole(file, start, start + HEADER_BYTES + DocumentLayout.padded(length), template,
            buffer.getLong(offset + DocumentLayout.SEQUENCE_OFFSET, LITTLE_ENDIAN), count, crc);
    }
}
