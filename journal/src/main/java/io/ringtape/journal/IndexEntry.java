package io.ringtape.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the index beside a roll file: a block, what a reader has to know to start with it, and the receive times
 * of the stretch between the block that the entry before names and this one.
 * <pre>
 *  0 i64 run    8 i64 file   16 i64 start of the stretch   24 i64 offset of the block
 * 32 i64 first sequence      40 i64 block number           48 i64 running maximum before
 * 56 i64 least receive time  64 i64 greatest               72 i32 instruments   76 i32 sources
 * 80 u32 CRC of the document before   84 u32 CRC of the block   88 i32 settings
 * 92 u32 CRC-32C of the 92 bytes before
 * </pre>
 *
 * @param runId         of the block.
 * @param fileNumber    of the block.
 * @param startOffset   where the stretch starts: the block of the entry before, or 0.
 * @param offset        of the block's header in the file, where the stretch ends.
 * @param firstSequence of the block.
 * @param blockNumber   of the block.
 * @param maxBeforeNs   the greatest receive time of the run before the block; {@link DocumentLayout#NO_TIME} if none.
 * @param minNs         the least receive time of the stretch; {@link Long#MAX_VALUE} if it has none.
 * @param maxNs         the greatest receive time of the stretch; {@link DocumentLayout#NO_TIME} if it has none.
 * @param instruments   that are defined before the block.
 * @param sources       that are defined before the block.
 * @param previousCrc   of the document before the block.
 * @param crc           of the block.
 * @param settings      that are defined before the block.
 */
record IndexEntry(
    long runId, long fileNumber, long startOffset, long offset, long firstSequence, long blockNumber,
    long maxBeforeNs, long minNs, long maxNs, int instruments, int sources, int previousCrc, int crc,
    int settings)
{
    static final int BYTES = 96;
    static final int FILE_AT = 8;
    static final int START_AT = 16;
    static final int OFFSET_AT = 24;
    static final int SEQUENCE_AT = 32;
    static final int BLOCK_NUMBER_AT = 40;
    static final int MAX_BEFORE_AT = 48;
    static final int MIN_AT = 56;
    static final int MAX_AT = 64;
    static final int INSTRUMENTS_AT = 72;
    static final int SOURCES_AT = 76;
    static final int PREVIOUS_CRC_AT = 80;
    static final int BLOCK_CRC_AT = 84;
    static final int SETTINGS_AT = 88;
    static final int CRC_AT = 92;

    /**
     * Reads an entry.
     *
     * @param bytes little-endian, with {@link #BYTES} from the offset on.
     * @param at    offset of the entry.
     * @return null if its CRC does not match.
     */
    static @Nullable IndexEntry decode(final ByteBuffer bytes, final int at)
    {
        return bytes.getInt(at + CRC_AT) != Checksum.over(bytes, at, CRC_AT) ? null :
            new IndexEntry(bytes.getLong(at), bytes.getLong(at + FILE_AT), bytes.getLong(at + START_AT),
                bytes.getLong(at + OFFSET_AT), bytes.getLong(at + SEQUENCE_AT), bytes.getLong(at + BLOCK_NUMBER_AT),
                bytes.getLong(at + MAX_BEFORE_AT), bytes.getLong(at + MIN_AT), bytes.getLong(at + MAX_AT),
                bytes.getInt(at + INSTRUMENTS_AT), bytes.getInt(at + SOURCES_AT),
                bytes.getInt(at + PREVIOUS_CRC_AT), bytes.getInt(at + BLOCK_CRC_AT),
                bytes.getInt(at + SETTINGS_AT));
    }

    /**
     * Writes the entry.
     *
     * @param bytes little-endian, with {@link #BYTES} left; its position moves behind the entry.
     */
    void encode(final ByteBuffer bytes)
    {
        final int at = bytes.position();
        bytes.putLong(runId).putLong(fileNumber).putLong(startOffset).putLong(offset).putLong(firstSequence)
            .putLong(blockNumber).putLong(maxBeforeNs).putLong(minNs).putLong(maxNs).putInt(instruments)
            .putInt(sources).putInt(previousCrc).putInt(crc).putInt(settings);
        bytes.putInt(Checksum.over(bytes, at, CRC_AT));
    }

    /** Whether the entry can stand behind another one of the same file, or first where that is null. */
    boolean follows(final @Nullable IndexEntry before)
    {
        return before == null ? startOffset == 0 && offset > 0 :
            runId == before.runId && fileNumber == before.fileNumber && startOffset == before.offset &&
                offset > before.offset && firstSequence > before.firstSequence && blockNumber > before.blockNumber;
    }

    /**
     * Whether a document is the block that the entry names.
     *
     * @param buffer that it lies in.
     * @param at     offset of the document.
     * @param length of the document.
     * @return false if any field differs.
     */
    boolean names(final UnsafeBuffer buffer, final int at, final int length)
    {
        return length > DocumentLayout.EVENTS_OFFSET &&
            buffer.getLong(at, LITTLE_ENDIAN) == DocumentLayout.BLOCK_WORD &&
            buffer.getLong(at + DocumentLayout.RUN_ID_OFFSET, LITTLE_ENDIAN) == runId &&
            buffer.getInt(at + DocumentLayout.PREVIOUS_CRC_OFFSET, LITTLE_ENDIAN) == previousCrc &&
            buffer.getInt(at + DocumentLayout.CRC_OFFSET, LITTLE_ENDIAN) == crc &&
            buffer.getLong(at + DocumentLayout.SEQUENCE_OFFSET, LITTLE_ENDIAN) == firstSequence &&
            buffer.getLong(at + DocumentLayout.BLOCK_NUMBER_OFFSET, LITTLE_ENDIAN) == blockNumber &&
            buffer.getLong(at + DocumentLayout.MAX_RECEIVE_TIME_OFFSET, LITTLE_ENDIAN) >= maxBeforeNs;
    }
}
