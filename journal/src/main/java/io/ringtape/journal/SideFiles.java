package io.ringtape.journal;

import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Makes, reads and writes the bytes of a side file: two slots for headers, and a region of records for each.
 */
final class SideFiles
{
    private static final int REGIONS_AT = 2 * SideHeader.DISTANCE;

    private SideFiles()
    {
    }

    static long sizeBytes(final int capacity)
    {
        return REGIONS_AT + 2L * capacity * SideRecords.BYTES;
    }

    /** Makes a file that keeps nothing and has its space: whole under its name, or not there. */
    static void make(final Path file, final int capacity) throws IOException
    {
        TapeFiles.make(file, (made, channel) ->
        {
            reserve(made, channel, capacity);
            write(channel, SideHeader.empty(1));
        });
    }

    /** Where the system cannot reserve, zeros take the space. */
    static void reserve(final Path file, final FileChannel channel, final int capacity) throws IOException
    {
        final long bytes = sizeBytes(capacity);
        if (Preallocation.reserve(file, 0, bytes))
        {
            return;
        }
        final ByteBuffer zeros = ByteBuffer.allocate(1 << 16);
        for (long at = channel.size(); at < bytes; at += zeros.capacity())
        {
            writeFully(channel, zeros.clear().limit((int)Math.min(zeros.capacity(), bytes - at)), at);
        }
        channel.force(true);
    }

    static void write(final FileChannel channel, final SideHeader header) throws IOException
    {
        writeFully(channel, header.encode(), slotAt(header.generation()));
        channel.force(true);
    }

    static void writeRecord(
        final FileChannel channel, final ByteBuffer bytes, final long generation, final int number,
        final int capacity) throws IOException
    {
        writeFully(channel, bytes, recordAt(generation, number, capacity));
    }

    /**
     * Reads which slot counts.
     *
     * @throws TapeException if one is not what was written.
     */
    static SideHeader header(final Path file, final FileChannel channel, final int capacity) throws IOException
    {
        final @Nullable SideHeader[] slots = new @Nullable SideHeader[2];
        final boolean[] isBlank = new boolean[2];
        for (int slot = 0; slot < 2; slot++)
        {
            final ByteBuffer bytes = read(channel, slotAt(slot), SideHeader.BYTES);
            final SideHeader header = SideHeader.decode(bytes, capacity);
            isBlank[slot] = isZero(bytes);
            slots[slot] = header != null && (header.generation() & 1) == slot ? header : null;
        }
        final SideHeader first = slots[0];
        final SideHeader second = slots[1];
        if (first != null && second != null)
        {
            return first.generation() > second.generation() ? first : second;
        }
        // The slot of the second generation is blank until there is one.
        if (second != null && second.generation() == 1 && isBlank[0])
        {
            return second;
        }
        throw new TapeException(Kind.DAMAGED, "side file of the gateway is damaged: file=" + file + " slot=" +
            (first != null || isBlank[0] ? 1 : 0));
    }

    /**
     * Reads all records of a content.
     *
     * @throws TapeException if one is not what was written.
     */
    static SideRecords records(
        final Path file, final FileChannel channel, final SideHeader header, final int capacity) throws IOException
    {
        final SideRecords records = new SideRecords();
        final int region =
            SideHeader.regionRecords(read(channel, slotAt(header.generation()), SideHeader.BYTES), capacity);
        for (int number = 0; number < header.count(); number++)
        {
            final ByteBuffer bytes =
                read(channel, recordAt(header.generation(), number, region), SideRecords.BYTES);
            if (!records.read(bytes, header.generation(), number) ||
                (number == header.count() - 1 && !records.isWhole()))
            {
                throw new TapeException(Kind.DAMAGED, "side file of the gateway is damaged: file=" + file +
                    " record=" + number + " of=" + header.count() + " run=" + header.runId());
            }
        }
        return records;
    }

    private static long slotAt(final long generation)
    {
        return (generation & 1) * SideHeader.DISTANCE;
    }

    private static long recordAt(final long generation, final int number, final int region)
    {
        return REGIONS_AT + ((generation & 1) * region + number) * SideRecords.BYTES;
    }

    // Behind the end of the file are zeros: it grows as it is written.
    private static ByteBuffer read(final FileChannel channel, final long from, final int length) throws IOException
    {
        final ByteBuffer bytes = SideRecords.buffer(length);
        int count = 0;
        while (count >= 0 && bytes.hasRemaining())
        {
            count = channel.read(bytes, from + bytes.position());
        }
        return bytes.clear();
    }

    private static void writeFully(final FileChannel channel, final ByteBuffer bytes, final long at)
        throws IOException
    {
        final int start = bytes.position();
        while (bytes.hasRemaining())
        {
            channel.write(bytes, at + bytes.position() - start);
        }
    }

    private static boolean isZero(final ByteBuffer bytes)
    {
        for (int i = 0; i < bytes.limit(); i++)
        {
            if (bytes.get(i) != 0)
            {
                return false;
            }
        }
        return true;
    }
}
