package io.ringtape.cli.tape;

import io.ringtape.event.OrderBookEvent;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The 64 bytes that a raw export starts with; the records follow as they stand on tape.
 * <pre>
 *  little-endian
 *   0 u8[8] magic "RTRAW", 0, 0, 1   8 u32 version   12 u32 bytes of a record
 *  16 i64 records   24 i64 first sequence   32 i64 last sequence, both -1 without records
 *  40 u64 eventHash over the records   48 u32 runs that they belong to   52 u32 0   56 u32 0
 *  60 u32 CRC-32C of the 60 bytes before
 * </pre>
 * <p>
 * Thread safety: stateless.
 * Allocation: on each call.
 */
final class RawHeader
{
    static final int BYTES = 64;

    private static final byte[] MAGIC = {'R', 'T', 'R', 'A', 'W', 0, 0, 1};
    private static final int VERSION = 1;
    private static final int CRC_AT = 60;

    private RawHeader()
    {
    }

    static ByteBuffer encode(final EventCount count)
    {
        final ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MAGIC).putInt(VERSION).putInt(OrderBookEvent.SIZE_BYTES)
            .putLong(count.events()).putLong(count.firstSequence()).putLong(count.lastSequence())
            .putLong(count.eventHash()).putInt(count.runs());
        final CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().limit(CRC_AT).position(0));
        return bytes.putInt(CRC_AT, (int)crc.getValue()).clear();
    }
}
