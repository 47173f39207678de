package io.ringtape.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.invoke.VarHandle;
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
     * What was read of a note.
     *
     * @param range    that a whole half holds, or null.
     * @param isBroken whether there is a half that is not what was written.
     */
    record Found(@Nullable MissingRange range, boolean isBroken)
    {
    }

    /**
     * A note that is open for writing. What is not whole of it is made anew: readers have said so before.
     *
     * @param bytes  of the mark's file, mapped.
     * @param buffer over them; it ends with the mark.
     */
    UnjournaledNote(final ByteBuffer bytes, final UnsafeBuffer buffer)
    {
        this.buffer = buffer;
        view = bytes.duplicate().order(LITTLE_ENDIAN);
        final Found found = find(view);
        generation = Math.max(isWhole(view, 0) ? generation(view, 0) : 0, isWhole(view, 1) ? generation(view, 1) : 0);
        if (found.isBroken())
        {
            if (generation == 0)
            {
                set(null);
            }
            set(found.range());
        }
        else
        {
            range = found.range();
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
        final UnsafeBuffer to = buffer;
        if (missing == null)
        {
            generation = 0;
            to.putIntRelease(START + CRC_AT, 0);
            to.putIntRelease(DISTANCE + START + CRC_AT, 0);
            VarHandle.storeStoreFence();
            to.setMemory(START, LENGTH, (byte)0);
            to.setMemory(DISTANCE + START, LENGTH, (byte)0);
            return;
        }
        final long next = generation + 1;
        final int at = (int)(next & 1) * DISTANCE + START;
        to.putIntRelease(at + CRC_AT, 0);
        VarHandle.storeStoreFence();
        to.putLong(at, next, LITTLE_ENDIAN);
        to.putLong(at + FIRST_AT, missing.firstSequence(), LITTLE_ENDIAN);
        to.putLong(at + LAST_AT, missing.lastSequence(), LITTLE_ENDIAN);
        to.putIntRelease(at + CRC_AT, crc(crc, view, at));
        generation = next;
    }

    /**
     * Reads what is noted. A half that is not whole is damaged, unless it has no CRC: then a kill came into its
     * writing, and the recorder had not returned. One of which nothing but one bit is wrong counts all the same.
     *
     * @param file bytes of the mark's file, little-endian.
     * @return what was found.
     */
    static Found find(final ByteBuffer file)
    {
        final ByteBuffer bytes = ByteBuffer.allocate(DISTANCE + START + LENGTH).order(file.order());
        bytes.put(START, file, START, LENGTH).put(DISTANCE + START, file, DISTANCE + START, LENGTH);
        boolean isBroken = false;
        for (int half = 0; half < 2; half++)
        {
            final int index = half;
            final int at = half * DISTANCE + START;
            if (!isWhole(bytes, half) && bytes.getInt(at + CRC_AT) != 0)
            {
                isBroken = true;
                OneBit.mend(bytes, at, LENGTH, () -> isWhole(bytes, index));
            }
        }
        final boolean isFirst = isWhole(bytes, 0);
        final boolean isSecond = isWhole(bytes, 1);
        if (!isFirst && !isSecond)
        {
            return new Found(null, isBroken);
        }
        final int half = !isFirst || (isSecond && generation(bytes, 1) > generation(bytes, 0)) ? 1 : 0;
        final int at = half * DISTANCE + START;
        return new Found(new MissingRange(bytes.getLong(at + FIRST_AT), bytes.getLong(at + LAST_AT)), isBroken);
    }

    private static boolean isWhole(final ByteBuffer bytes, final int half)
    {
        final int at = half * DISTANCE + START;
        final long first = bytes.getLong(at + FIRST_AT);
        final long generation = generation(bytes, half);
        return generation > 0 && generation < Long.MAX_VALUE && (generation & 1) == half &&
            first >= 0 && bytes.getLong(at + LAST_AT) >= first &&
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
