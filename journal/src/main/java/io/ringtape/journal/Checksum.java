package io.ringtape.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * CRC-32C of documents, each with its own four bytes of CRC as 0.
 * <p>
 * Hot path: allocates nothing.
 */
final class Checksum
{
    private final CRC32C crc = new CRC32C();
    private final UnsafeBuffer head = new UnsafeBuffer(ByteBuffer.allocateDirect(DocumentLayout.CRC_END));
    private final ByteBuffer headBytes = head.byteBuffer();

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
        bytes.limit(offset + length).position(offset + DocumentLayout.CRC_END);
        checksum.reset();
        checksum.update(front);
        checksum.update(bytes);
        return (int)checksum.getValue();
    }
}
