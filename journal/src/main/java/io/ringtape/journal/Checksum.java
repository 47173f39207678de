package io.ringtape.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * CRC-32C of documents, each with its own four bytes of CRC as 0.
 * <p>
 * Hot path.
 * Thread safety: none; one thread.
 * Allocation: on construction only.
 */
final class Checksum
{
    // Small enough to stay in the first cache from one pass to the next, and a block of 64 events is one piece.
    private static final int PIECE_BYTES = 8192;
    // What is looked at first when the next document's turn comes.
    private static final int AHEAD_BYTES = 256;
    private static final int CACHE_LINE_BYTES = 64;
    private static final int PAGE_BYTES = 4096;

    private final CRC32C crc = new CRC32C();
    private final UnsafeBuffer head = new UnsafeBuffer(ByteBuffer.allocateDirect(DocumentLayout.CRC_END));
    private final ByteBuffer headBytes = head.byteBuffer();
    // Kept, so that the loads are not left out.
    private long touched;

    /**
     * The CRC of some bytes of a small file. Not for the hot path.
     *
     * @param bytes  that hold them; position and limit stay.
     * @param from   offset of the first.
     * @param length of them.
     * @return their CRC.
     */
    static int over(final ByteBuffer bytes, final int from, final int length)
    {
        final CRC32C crc = new CRC32C();
        crc.update(bytes.slice(from, length));
        return (int)crc.getValue();
    }

    /**
     * The CRC of a document in a mapped window.
     *
     * @param buffer over {@code bytes}, from its first byte.
     * @param bytes  whose position and limit are moved.
     * @param offset of the document.
     * @param length of the document, at least {@link DocumentLayout#CRC_END}.
     * @return its CRC.
     */
    int of(final UnsafeBuffer buffer, final ByteBuffer bytes, final int offset, final int length)
    {
        final CRC32C checksum = crc;
        final ByteBuffer front = headBytes;
        head.putLong(0, buffer.getLong(offset));
        head.putLong(8, buffer.getLong(offset + 8));
        // The four bytes of the CRC itself stay 0.
        head.putLong(16, buffer.getInt(offset + DocumentLayout.PREVIOUS_CRC_OFFSET, LITTLE_ENDIAN) & 0xFFFF_FFFFL,
            LITTLE_ENDIAN);
        front.clear();
        checksum.reset();
        checksum.update(front);
        final int end = offset + length;
        int from = offset + DocumentLayout.CRC_END;
        while (from < end)
        {
            final int to = Math.min(from + PIECE_BYTES, end);
            touched = touch(buffer, from, Math.min(ahead(to), buffer.capacity()), touched);
            checksum.update(bytes.limit(to).position(from));
            from = to;
        }
        return (int)checksum.getValue();
    }

    // Never past the page of the document's last byte: a writer that seals the file cuts off what lies behind its end.
    private static int ahead(final int end)
    {
        return Math.min(end + AHEAD_BYTES, ((end - 1) | (PAGE_BYTES - 1)) + 1);
    }

    /**
     * Loads one word of each cache line. The CRC of the JDK runs in three places at once, which the processor's
     * prefetcher does not follow; this it does, and the CRC then finds its bytes in the cache: together they take less
     * time than the CRC on its own. The lines of the next document's header come along.
     */
    private static long touch(final UnsafeBuffer buffer, final int from, final int to, final long before)
    {
        long words = before;
        for (int i = from; i <= to - Long.BYTES; i += CACHE_LINE_BYTES)
        {
            words ^= buffer.getLong(i);
        }
        return words;
    }
}
