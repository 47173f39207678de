package io.ringtape.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.ringtape.event.RangeHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads what {@link StagedBlocks} wrote, to see that nothing was lost.
 * <p>
 * Thread safety: stateless. Allocation: for a read.
 */
final class StagedRead
{
    private StagedRead()
    {
    }

    /**
     * Reads all blocks.
     *
     * @param file to read.
     * @param end  of the last block.
     * @param to   gets the events of each block.
     * @throws IllegalStateException if a checksum is wrong.
     */
    static void read(final Path file, final long end, final RangeHandler to)
    {
        final MappedByteBuffer mapped = map(file, end);
        final UnsafeBuffer buffer = new UnsafeBuffer(mapped);
        final Checksum checksum = new Checksum();
        int at = 0;
        while (at < buffer.capacity())
        {
            final int length = buffer.getInt(at, LITTLE_ENDIAN) & DocumentLayout.LENGTH_MASK;
            final int document = at + DocumentLayout.HEADER_BYTES;
            // Chronicle's own documents, and the one that aligns the blocks, are none.
            if (buffer.getLong(document, LITTLE_ENDIAN) == DocumentLayout.BLOCK_WORD)
            {
                if (checksum.of(buffer, mapped, document, length) !=
                    buffer.getInt(document + DocumentLayout.CRC_OFFSET, LITTLE_ENDIAN))
                {
                    throw new IllegalStateException("damaged: offset=" + at);
                }
                to.onRange(buffer, document + DocumentLayout.EVENTS_OFFSET,
                    buffer.getLong(document + DocumentLayout.SEQUENCE_OFFSET, LITTLE_ENDIAN),
                    buffer.getShort(document + DocumentLayout.COUNT_OFFSET, LITTLE_ENDIAN));
            }
            at = document + DocumentLayout.padded(length);
        }
        BufferUtil.free(mapped);
    }

    private static MappedByteBuffer map(final Path file, final long end)
    {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ))
        {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, end);
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException("cannot map: file=" + file, e);
        }
    }
}
