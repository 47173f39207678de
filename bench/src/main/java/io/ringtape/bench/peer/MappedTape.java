package io.ringtape.bench.peer;

import java.nio.MappedByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The least that a tape can be: a mapped file, blocks behind a 64-byte header with length, first sequence, the CRC32C
 * of the block before and of this one, or 0 without checksum. The length is stored last, with release. No recovery, no
 * index, no roll.
 * <p>
 * Thread safety: none. Allocation: none once made.
 */
final class MappedTape implements AutoCloseable
{
    private static final int HEADER_BYTES = 64;
    private static final int FIRST_SEQUENCE_OFFSET = 8;
    private static final int PREVIOUS_CRC_OFFSET = 16;
    private static final int CRC_OFFSET = 20;
    private static final int AHEAD_BYTES = 256;

    private final CRC32C crc = new CRC32C();
    private final boolean hasChecksum;
    private final int blockEvents;
    private final int eventsBytes;
    private final int blockBytes;
    private final MappedByteBuffer mapped;
    private final UnsafeBuffer buffer;
    private int position;
    private int previousCrc;
    private long touched;

    /**
     * A tape that is mapped.
     *
     * @param mapped      file.
     * @param blockEvents of a block.
     * @param hasChecksum whether its blocks have one.
     */
    MappedTape(final MappedByteBuffer mapped, final int blockEvents, final boolean hasChecksum)
    {
        this.hasChecksum = hasChecksum;
        this.blockEvents = blockEvents;
        eventsBytes = blockEvents * Work.EVENT_BYTES;
        blockBytes = HEADER_BYTES + eventsBytes;
        this.mapped = mapped;
        buffer = new UnsafeBuffer(mapped);
    }

    static long bytes(final int events, final int blockEvents)
    {
        return (long)events / blockEvents * (HEADER_BYTES + blockEvents * Work.EVENT_BYTES);
    }

    void append(final UnsafeBuffer from, final int offset, final long firstSequence)
    {
        final UnsafeBuffer to = buffer;
        final int start = position;
        to.putBytes(start + HEADER_BYTES, from, offset, eventsBytes);
        to.putLong(start + FIRST_SEQUENCE_OFFSET, firstSequence);
        to.putInt(start + PREVIOUS_CRC_OFFSET, previousCrc);
        previousCrc = hasChecksum ? crcOf(start) : 0;
        to.putInt(start + CRC_OFFSET, previousCrc);
        to.putIntRelease(start, eventsBytes);
        position = start + blockBytes;
    }

    /** The next block is the first again, over the old one. */
    void rewind()
    {
        position = 0;
        previousCrc = 0;
    }

    int position()
    {
        return position;
    }

    /** Makes the kernel give the page at an offset, whoever writes to it meanwhile: adds nothing to a word of it. */
    void touch(final int offset)
    {
        buffer.getAndAddLong(offset, 0);
    }

    /** Reads every block from the start, checks its CRC if it has one, and adds all its events. */
    void scan(final Tally tally, final int events)
    {
        final UnsafeBuffer from = buffer;
        final int blocks = events / blockEvents;
        int before = 0;
        for (int block = 0; block < blocks; block++)
        {
            final int start = block * blockBytes;
            final int length = from.getIntVolatile(start);
            touched = hasChecksum ? touch(from, start, touched) : 0;
            final int actual = hasChecksum ? crcOf(start) : 0;
            if (length != eventsBytes || actual != from.getInt(start + CRC_OFFSET) ||
                before != from.getInt(start + PREVIOUS_CRC_OFFSET))
            {
                throw new IllegalStateException("damaged: block=" + block);
            }
            before = actual;
            tally.addBlock(from, start + HEADER_BYTES, eventsBytes / Work.EVENT_BYTES);
        }
    }

    // One word of each cache line and of the next header's, which the prefetcher follows as it does not follow the CRC.
    private long touch(final UnsafeBuffer from, final int start, final long before)
    {
        long words = before;
        final int end = Math.min(start + blockBytes + AHEAD_BYTES, from.capacity());
        for (int i = start; i < end; i += Work.EVENT_BYTES)
        {
            words ^= from.getLong(i);
        }
        return words;
    }

    private int crcOf(final int start)
    {
        crc.reset();
        crc.update(mapped.limit(start + CRC_OFFSET).position(start + FIRST_SEQUENCE_OFFSET));
        crc.update(mapped.limit(start + blockBytes).position(start + HEADER_BYTES));
        return (int)crc.getValue();
    }

    @Override
    public void close()
    {
        IoUtil.unmap(mapped);
    }
}
