package io.ringtape.journal;

import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

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

    /**
     * Makes a file that keeps nothing and has its space: whole under its name, or not there. Both slots say so: one
     * of zeros is never taken for one that was not written yet.
     */
    static void make(final Path file, final int capacity) throws IOException
    {
        TapeFiles.make(file, (made, channel) ->
        {
            reserve(made, channel, capacity);
            write(channel, SideHeader.empty(0));
            write(channel, SideHeader.empty(1));
        });
    }

    /**
     * Puts the file of a tape, if it has one, beside its copy, whatever it says: what cannot be read is not forgotten
     * either. What the copy has of it is told by counting, as on the tape.
     */
    static void copy(final Path tape, final Path copy) throws IOException
    {
        final Path file = tape.resolve(GatewaySideFile.NAME);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS))
        {
            return;
        }
        try (FileChannel from = TapeFiles.open(file, StandardOpenOption.READ))
        {
            TapeFiles.make(copy.resolve(GatewaySideFile.NAME), (made, to) ->
            {
                final long bytes = Math.min(from.size(), sizeBytes(GatewaySideFile.CAPACITY));
                long got = 1;
                for (long at = 0; at < bytes && got > 0; at += got)
                {
                    got = to.transferFrom(from, at, bytes - at);
                }
                to.force(true);
            });
        }
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
    static SideHeader header(final Path file, final SeekableByteChannel channel, final int capacity)
        throws IOException
    {
        final SideHeader first = slot(file, channel, 0, capacity);
        final SideHeader second = slot(file, channel, 1, capacity);
        final long ahead = first.generation() - second.generation();
        if (Math.abs(ahead) != 1)
        {
            // An older one is in the place of one that was written since.
            throw damagedSlot(file, ahead > 0 ? 1 : 0);
        }
        return ahead > 0 ? first : second;
    }

    private static SideHeader slot(
        final Path file, final SeekableByteChannel channel, final int slot, final int capacity) throws IOException
    {
        final SideHeader header = SideHeader.decode(read(channel, slotAt(slot), SideHeader.BYTES), capacity);
        if (header == null || (header.generation() & 1) != slot)
        {
            throw damagedSlot(file, slot);
        }
        return header;
    }

    private static TapeException damagedSlot(final Path file, final int slot)
    {
        return new TapeException(
            Kind.DAMAGED, "side file of the gateway is damaged: file=" + file + " slot=" + slot);
    }

    /**
     * Reads all records of a content.
     *
     * @throws TapeException if one is not what was written.
     */
    static SideRecords records(
        final Path file, final SeekableByteChannel channel, final SideHeader header, final int capacity)
        throws IOException
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

    static long slotAt(final long generation)
    {
        return (generation & 1) * SideHeader.DISTANCE;
    }

    static long recordAt(final long generation, final int number, final int region)
    {
        return REGIONS_AT + ((generation & 1) * region + number) * SideRecords.BYTES;
    }

    // Behind the end of the file are zeros: it grows as it is written.
    private static ByteBuffer read(final SeekableByteChannel channel, final long from, final int length)
        throws IOException
    {
        final ByteBuffer bytes = SideRecords.buffer(length);
        channel.position(from);
        int count = 0;
        while (count >= 0 && bytes.hasRemaining())
        {
            count = channel.read(bytes);
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
}
