package io.ringtape.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The sequences that the bus used while the tape was away, the last time it was: noted behind the slots of the
 * journaled mark, where there is room already. So they are known after a kill, and are never given again.
 * <pre>
 *  half k at 4096 k + 64, little-endian; written in turn, all 0 before the first
 *   0 i64 generation, even in half 0, odd in half 1; the higher one counts
 *   8 i64 first sequence   16 i64 last sequence   24 i32 0   28 i32 CRC-32C of the 28 bytes before
 * </pre>
 */
final class UnjournaledNote
{
    private static final int DISTANCE = 4096;
    private static final int START = 64;
    private static final int LENGTH = 32;
    private static final int FIRST_AT = 8;
    private static final int LAST_AT = 16;
    private static final int CRC_AT = 28;

    private final CRC32C crc = new CRC32C();
    private final UnsafeBuffer buffer;
    private final ByteBuffer view;
    private @Nullable MissingRange range;
    private long generation;

    /**
     * A note that is open for writing. One that is not whole is made anew: readers have said so before.
     *
     * @param bytes  of the mark's file, mapped.
     * @param buffer over them; it ends with the mark.
     */
    UnjournaledNote(final ByteBuffer bytes, final UnsafeBuffer buffer)
    {
        this.buffer = buffer;
        view = bytes.duplicate().order(LITTLE_ENDIAN);
        if (isBroken(view))
        {
            set(null);
        }
        else
        {
            range = read(view);
            generation = Math.max(0, Math.max(generation(view, 0), generation(view, 1)));
        }
    }

    /** What is noted, or null. */
    @Nullable
    MissingRange range()
    {
        return range;
    }

    /**
     * Notes a range in place of the one before.
     *
     * @param missing the range, or null for none.
     */
    void set(final @Nullable MissingRange missing)
    {
        range = missing;
        if (missing == null)
        {
            generation = 0;
            buffer.setMemory(START, LENGTH, (byte)0);
            buffer.setMemory(DISTANCE + START, LENGTH, (byte)0);
            return;
        }
        final long next = generation + 1;
        final int at = (int)(next & 1) * DISTANCE + START;
        buffer.putIntRelease(at + CRC_AT, 0);
        buffer.putLong(at, next, LITTLE_ENDIAN);
        buffer.putLong(at + FIRST_AT, missing.firstSequence(), LITTLE_ENDIAN);
        buffer.putLong(at + LAST_AT, missing.lastSequence(), LITTLE_ENDIAN);
        buffer.putIntRelease(at + CRC_AT, crc(crc, view, at));
        generation = next;
    }

    /**
     * Whether something is noted that cannot be told. What a kill leaves of the very first note has no CRC yet, and
     * the recorder had not returned.
     *
     * @param bytes of the mark's file, little-endian.
     * @return true if no half is whole and one holds something.
     */
    static boolean isBroken(final ByteBuffer bytes)
    {
        return !isWhole(bytes, 0) && !isWhole(bytes, 1) &&
            (bytes.getInt(START + CRC_AT) != 0 || bytes.getInt(DISTANCE + START + CRC_AT) != 0);
    }

    /**
     * Reads what is noted.
     *
     * @param bytes of the mark's file, little-endian, not broken.
     * @return null if nothing is.
     */
    static @Nullable MissingRange read(final ByteBuffer bytes)
    {
        final boolean isFirst = isWhole(bytes, 0);
        final boolean isSecond = isWhole(bytes, 1);
        if (!isFirst && !isSecond)
        {
            return null;
        }
        final int half = !isFirst || (isSecond && generation(bytes, 1) > generation(bytes, 0)) ? 1 : 0;
        final int at = half * DISTANCE + START;
        return new MissingRange(bytes.getLong(at + FIRST_AT), bytes.getLong(at + LAST_AT));
    }

    private static boolean isWhole(final ByteBuffer bytes, final int half)
    {
        final int at = half * DISTANCE + START;
        final long generation = generation(bytes, half);
        final long first = bytes.getLong(at + FIRST_AT);
        return generation > 0 && (generation & 1) == half && first >= 0 && bytes.getLong(at + LAST_AT) >= first &&
            bytes.getInt(at + CRC_AT) == crc(new CRC32C(), bytes.duplicate(), at);
    }

    private static long generation(final ByteBuffer bytes, final int half)
    {
        return bytes.getLong(half * DISTANCE + START);
    }

    private static int crc(final CRC32C crc, final ByteBuffer bytes, final int at)
    {
        crc.reset();
        crc.update(bytes.limit(at + CRC_AT).position(at));
        bytes.clear();
        return (int)crc.getValue();
    }
}
