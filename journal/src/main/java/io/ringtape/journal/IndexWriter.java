package io.ringtape.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the index beside each roll file of a run, an {@link IndexEntry} a stretch, through a mapping. A file that is
 * shorter than a stretch gets none.
 * <p>
 * Reading needs no index, so one that cannot be written stops no recording: there is none, or it stays short, which
 * {@code verify} says.
 * <p>
 * Hot path: {@link #onBlock}.
 * Thread safety: none; the recorder's thread.
 * Allocation: none in it, nor a call of the system, but for the first entry of a chunk.
 */
final class IndexWriter implements AutoCloseable
{
    /** A chunk is three pages, and covers 128 MiB of tape. */
    static final int CHUNK_ENTRIES = 128;
    private static final int CHUNK_BYTES = CHUNK_ENTRIES * IndexEntry.BYTES;
    private static final byte[] ZEROS = new byte[CHUNK_BYTES];

    private final Path run;
    private final Stretch stretch = new Stretch();
    private final CRC32C crc = new CRC32C();
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private @Nullable MappedByteBuffer chunk;
    private long fileNumber;
    private int count;
    private boolean broken;

    /**
     * An index for the first file of a run.
     *
     * @param run directory of the run.
     */
    IndexWriter(final Path run)
    {
        this.run = run;
    }

    /** Where a block's receive times are to be looked at before it is written. */
    Stretch stretch()
    {
        return stretch;
    }

    /**
     * Names a block, whose receive times were looked at, if it is time to.
     *
     * @param head        the block's first bytes, up to its events; its own CRC is taken from {@code blockCrc}.
     * @param offset      of its header in the file.
     * @param blockCrc    of the block.
     * @param maxBeforeNs running maximum of receive times before it.
     * @param instruments that are defined before it.
     * @param sources     that are defined before it.
     * @param settings    that are defined before it.
     */
    void onBlock(
        final UnsafeBuffer head,
        final long offset,
        final int blockCrc,
        final long maxBeforeNs,
        final int instruments,
        final int sources,
        final int settings)
    {
        if (stretch.endsAt(offset))
        {
            add(head, offset, blockCrc, maxBeforeNs, instruments, sources, settings);
            stretch.restart(offset);
        }
        stretch.addBlock();
    }

    private void add(
        final UnsafeBuffer head,
        final long offset,
        final int blockCrc,
        final long maxBeforeNs,
        final int instruments,
        final int sources,
        final int settings)
    {
        final int at = count % CHUNK_ENTRIES * IndexEntry.BYTES;
        if (at == 0 && !broken)
        {
            nextChunk();
        }
        if (!broken)
        {
            final UnsafeBuffer to = buffer;
            to.putLong(at, head.getLong(DocumentLayout.RUN_ID_OFFSET));
            to.putLong(at + IndexEntry.FILE_AT, fileNumber, LITTLE_ENDIAN);
            to.putLong(at + IndexEntry.START_AT, stretch.start(), LITTLE_ENDIAN);
            to.putLong(at + IndexEntry.OFFSET_AT, offset, LITTLE_ENDIAN);
            to.putLong(at + IndexEntry.SEQUENCE_AT, head.getLong(DocumentLayout.SEQUENCE_OFFSET));
            to.putLong(at + IndexEntry.BLOCK_NUMBER_AT, head.getLong(DocumentLayout.BLOCK_NUMBER_OFFSET));
            to.putLong(at + IndexEntry.MAX_BEFORE_AT, maxBeforeNs, LITTLE_ENDIAN);
            to.putLong(at + IndexEntry.MIN_AT, stretch.minNs(), LITTLE_ENDIAN);
            to.putLong(at + IndexEntry.MAX_AT, stretch.maxNs(), LITTLE_ENDIAN);
            to.putInt(at + IndexEntry.INSTRUMENTS_AT, instruments, LITTLE_ENDIAN);
            to.putInt(at + IndexEntry.SOURCES_AT, sources, LITTLE_ENDIAN);
            to.putInt(at + IndexEntry.PREVIOUS_CRC_AT, head.getInt(DocumentLayout.PREVIOUS_CRC_OFFSET));
            to.putInt(at + IndexEntry.BLOCK_CRC_AT, blockCrc, LITTLE_ENDIAN);
            to.putInt(at + IndexEntry.SETTINGS_AT, settings, LITTLE_ENDIAN);
            final ByteBuffer bytes = to.byteBuffer();
            crc.reset();
            crc.update(bytes.limit(at + IndexEntry.CRC_AT).position(at));
            bytes.clear();
            // A reader may be looking: the CRC comes last.
            to.putIntRelease(at + IndexEntry.CRC_AT, (int)crc.getValue());
            count++;
        }
    }

    private void nextChunk()
    {
        // An interrupt that the recorder's thread carries is for its owner: it would close the channel.
        final boolean isInterrupted = Thread.interrupted();
        try
        {
            map();
        }
        catch (final IOException e)
        {
            broken = true;
        }
        finally
        {
            if (isInterrupted)
            {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void map() throws IOException
    {
        unmap();
        final Path path = FileIndex.path(run, fileNumber);
        if (count == 0)
        {
            Permissions.createFile(path);
        }
        final long from = (long)count * IndexEntry.BYTES;
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw"))
        {
            // Written, not just extended: a store to a page that the device has no room for would end the process.
            file.seek(from);
            file.write(ZEROS);
            final MappedByteBuffer mapped = file.getChannel().map(FileChannel.MapMode.READ_WRITE, from, CHUNK_BYTES);
            chunk = mapped;
            buffer.wrap(mapped);
        }
    }

    /** Ends the index of a file, which is full or the last one, and begins that of the next. */
    void endFile()
    {
        unmap();
        if (count > 0)
        {
            try (RandomAccessFile cut = new RandomAccessFile(FileIndex.path(run, fileNumber).toFile(), "rw"))
            {
                cut.setLength((long)count * IndexEntry.BYTES);
            }
            catch (final IOException e)
            {
                // It stays longer than its entries; see the class.
                count = 0;
            }
        }
        fileNumber++;
        count = 0;
        broken = false;
        stretch.restart(0);
    }

    private void unmap()
    {
        final MappedByteBuffer mapped = chunk;
        if (mapped != null)
        {
            buffer.wrap(0, 0);
            chunk = null;
            BufferUtil.free(mapped);
        }
    }

    @Override
    public void close()
    {
        unmap();
    }
}
