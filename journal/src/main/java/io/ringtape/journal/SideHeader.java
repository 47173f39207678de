package io.ringtape.journal;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a side file of a gateway holds, as one of its two slots says.
 * <pre>
 *  0 i64 magic        8 i32 version         12 i32 records          16 i64 generation
 * 24 i64 run         32 i64 start of run    40 i64 base sequence    48 i64 base sequence of earlier events
 * 56 i32 source      60 i32 source of earlier events                64 zeros    124 i32 CRC32C of all before
 * </pre>
 *
 * @param generation    from 0; the slot is its lowest bit, and so is the region of the records.
 * @param count         of records.
 * @param runId         whose numbers the records have; 0 where there are none.
 * @param runStartNs    start of that run, which tells it from another one of its number.
 * @param sourceId      of the gateway's own events; -1 for none.
 * @param baseSequence  those on tape lie behind it.
 * @param sideSourceId  of events of earlier runs; -1 for none.
 * @param sideSequence  those on tape lie behind it.
 */
record SideHeader(
    long generation, int count, long runId, long runStartNs, int sourceId, long baseSequence, int sideSourceId,
    long sideSequence)
{
    static final long MAGIC = 0x3130455349535452L;
    static final int VERSION = 2;
    /** Its regions are half as long as those of today. */
    static final int FIRST_VERSION = 1;
    static final int BYTES = 128;
    /** From one slot to the other. */
    static final int DISTANCE = 4096;
    static final int NO_SOURCE = -1;

    static final int VERSION_AT = 8;
    static final int COUNT_AT = 12;
    static final int GENERATION_AT = 16;
    static final int CRC_AT = 124;

    /** Nothing is kept. */
    static SideHeader empty(final long generation)
    {
        return new SideHeader(generation, 0, 0, 0, NO_SOURCE, 0, NO_SOURCE, 0);
    }

    SideHeader with(final int newCount)
    {
        return new SideHeader(
            generation, newCount, runId, runStartNs, sourceId, baseSequence, sideSourceId, sideSequence);
    }

    ByteBuffer encode()
    {
        final ByteBuffer bytes = SideRecords.buffer(BYTES);
        bytes.putLong(MAGIC).putInt(VERSION).putInt(count).putLong(generation).putLong(runId).putLong(runStartNs)
            .putLong(baseSequence).putLong(sideSequence).putInt(sourceId).putInt(sideSourceId);
        return bytes.putInt(CRC_AT, crc(bytes)).clear();
    }

    /**
     * Reads a slot.
     *
     * @param bytes    of it, from their start.
     * @param capacity records that a region holds.
     * @return null if it is not whole.
     */
    static @Nullable SideHeader decode(final ByteBuffer bytes, final int capacity)
    {
        final int count = bytes.getInt(COUNT_AT);
        final int version = bytes.getInt(VERSION_AT);
        if (bytes.getLong(0) != MAGIC || (version != VERSION && version != FIRST_VERSION) ||
            bytes.getInt(CRC_AT) != crc(bytes) || count < 0 || count > regionRecords(bytes, capacity) ||
            bytes.getLong(GENERATION_AT) < 0)
        {
            return null;
        }
        return new SideHeader(bytes.getLong(GENERATION_AT), count, bytes.getLong(24), bytes.getLong(32),
            bytes.getInt(56), bytes.getLong(40), bytes.getInt(60), bytes.getLong(48));
    }

    /** How many records the regions have of which a slot tells. */
    static int regionRecords(final ByteBuffer slot, final int capacity)
    {
        return slot.getInt(VERSION_AT) == FIRST_VERSION ? capacity / 2 : capacity;
    }

    private static int crc(final ByteBuffer bytes)
    {
        return Checksum.over(bytes, 0, CRC_AT);
    }
}
