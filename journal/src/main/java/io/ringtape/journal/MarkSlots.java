package io.ringtape.journal;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The two slots of a mark as they were read: the one that counts, and what the other one is. A slot of which nothing
 * but one bit is wrong is told by its CRC: it is damaged, and what it vouched for binds all the same.
 *
 * @param mark  the one that binds: that of the slot with the higher generation of those that can be told.
 * @param slot  index of the other slot, that is of the one that is not whole.
 * @param other what the other slot is.
 * @param told  whether nothing but one bit of the other slot is wrong.
 */
record MarkSlots(Mark mark, int slot, Other other, boolean told)
{
    /** What a slot can be beside one that is whole. */
    enum Other
    {
        /** As whole, or never written. */
        FINE,
        /**
         * Its writer takes the CRC away before anything else and puts it back at the end, and a kill came in between.
         * The recorder had not returned, so nothing that is vouched for is missing.
         */
        UNFINISHED,
        /** All zero, although it was written. A machine that stopped may leave it so; a kill does not. */
        EMPTY,
        /** Not what was written; if it cannot be told, it may have been further on than the slot that is left. */
        DAMAGED
    }

    static final int DISTANCE = 4096;
    static final int FILE_BYTES = 2 * DISTANCE;
    static final int BYTES = 64;
    static final int RUN_AT = 8;
    static final int FILE_AT = 16;
    static final int END_AT = 24;
    static final int SEQUENCE_AT = 32;
    static final int BOOT_HIGH_AT = 40;
    static final int BOOT_LOW_AT = 48;
    static final int DOCUMENT_CRC_AT = 56;
    static final int CRC_AT = 60;

    /**
     * Looks at the slots.
     *
     * @param bytes of the file, little-endian, as many as were read up to the position.
     * @return null if neither slot is whole.
     */
    static @Nullable MarkSlots of(final ByteBuffer bytes)
    {
        final boolean isFirst = isWhole(bytes, 0);
        final boolean isSecond = isWhole(bytes, 1);
        if (!isFirst && !isSecond)
        {
            return null;
        }
        final int slot = isFirst && (!isSecond || generation(bytes, 0) > generation(bytes, 1)) ? 0 : 1;
        final long generation = generation(bytes, slot);
        final Other other = isFirst && isSecond ? Other.FINE : other(bytes, 1 - slot, generation);
        final ByteBuffer mended = other == Other.DAMAGED ? mended(bytes, 1 - slot, generation) : null;
        final boolean isNewer = mended != null && generation(mended, 1 - slot) > generation;
        return new MarkSlots(mended != null && isNewer ? mark(mended, (1 - slot) * DISTANCE) :
            mark(bytes, slot * DISTANCE), 1 - slot, other, mended != null);
    }

    private static @Nullable ByteBuffer mended(final ByteBuffer bytes, final int slot, final long whole)
    {
        final int at = slot * DISTANCE;
        if (bytes.position() < at + BYTES)
        {
            return null;
        }
        final ByteBuffer tried = ByteBuffer.allocate(FILE_BYTES).order(bytes.order());
        tried.put(at, bytes, at, BYTES).position(FILE_BYTES);
        return OneBit.mend(tried, at, BYTES, () -> isWhole(tried, slot)) &&
            Math.abs(generation(tried, slot) - whole) == 1 ? tried : null;
    }

    /**
     * The highest generation that is whole.
     *
     * @param bytes of the file, little-endian, with the position at its end.
     * @return 0 if neither slot is whole.
     */
    static long generation(final ByteBuffer bytes)
    {
        return Math.max(isWhole(bytes, 0) ? generation(bytes, 0) : 0, isWhole(bytes, 1) ? generation(bytes, 1) : 0);
    }

    private static long generation(final ByteBuffer bytes, final int slot)
    {
        return bytes.getLong(slot * DISTANCE);
    }

    /** Whether a slot, 0 or 1, holds a mark. */
    static boolean isWhole(final ByteBuffer bytes, final int slot)
    {
        final int at = slot * DISTANCE;
        if (bytes.position() < at + BYTES)
        {
            return false;
        }
        final long generation = generation(bytes, slot);
        return generation > 0 && generation < Long.MAX_VALUE && (generation & 1) == slot &&
            bytes.getInt(at + CRC_AT) == Checksum.over(bytes, at, CRC_AT);
    }

    private static Other other(final ByteBuffer bytes, final int slot, final long whole)
    {
        final int at = slot * DISTANCE;
        if (bytes.position() < at + BYTES)
        {
            return Other.DAMAGED;
        }
        if (isEmpty(bytes, at))
        {
            return whole == 1 ? Other.FINE : Other.EMPTY;
        }
        final long generation = generation(bytes, slot);
        final boolean isOfAWriter = generation == whole + 1 || (generation == whole - 1 && generation > 0);
        return bytes.getInt(at + CRC_AT) == 0 && isOfAWriter ? Other.UNFINISHED : Other.DAMAGED;
    }

    private static boolean isEmpty(final ByteBuffer bytes, final int at)
    {
        for (int i = 0; i < BYTES; i += Long.BYTES)
        {
            if (bytes.getLong(at + i) != 0)
            {
                return false;
            }
        }
        return true;
    }

    private static Mark mark(final ByteBuffer bytes, final int at)
    {
        return new Mark(bytes.getLong(at + RUN_AT), bytes.getLong(at + FILE_AT), bytes.getLong(at + END_AT),
            bytes.getLong(at + SEQUENCE_AT), bytes.getInt(at + DOCUMENT_CRC_AT),
            new BootId(bytes.getLong(at + BOOT_HIGH_AT), bytes.getLong(at + BOOT_LOW_AT)));
    }

    /** Names the other slot and what is vouched for all the same. */
    String text(final String file)
    {
        return "file=" + file + " slot=" + slot + " offset=" + slot * DISTANCE +
            (told ? ": one bit of it is wrong, the mark is at run=" : ": the other one is at run=") + mark.runId() +
            " lastSequence=" + mark.lastSequence();
    }
}
