package io.ringtape.cli.faults;

import io.ringtape.journal.HostileBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Changes that somebody would try: lengths and counts at their limits, flipped bits, random words, pieces of the file
 * in other places, files that are cut, longer, or nothing but noise.
 */
final class HostileChange
{
    private static final int[] NASTY = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x3FFF_FFFF, 0x4000_0000,
        0x7FFF_FFFF, 1 << 17, (1 << 17) + 1, 0xFFFF};
    private static final long[] NASTY_LONGS = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 3,
        Integer.MAX_VALUE, 1L << 32, 1L << 62};
    private static final int MAX_PIECE = 64;

    private HostileChange()
    {
    }

    /** Changes a whole file. */
    static byte[] ofFile(final byte[] good, final SplittableRandom random)
    {
        if (good.length == 0 || random.nextInt(16) == 0)
        {
            return TapeFiles.randomBytes(random.nextInt(8192), random);
        }
        final byte[] bad = random.nextInt(8) == 0 ?
            Arrays.copyOf(good, random.nextInt(2 * good.length)) : good.clone();
        final ByteBuffer buffer = ByteBuffer.wrap(bad).order(ByteOrder.LITTLE_ENDIAN);
        final List<Integer> headers = TapeFiles.headers(good);
        for (int i = random.nextInt(12); i >= 0 && bad.length >= Long.BYTES; i--)
        {
            final boolean isAtDocument = random.nextBoolean() && !headers.isEmpty();
            change(buffer, isAtDocument ?
                TapeFiles.any(headers, random) + 4 * random.nextInt(16) : random.nextInt(bad.length), random);
        }
        return bad;
    }

    /** Changes what a parser reads from memory; it was anything before. */
    static void inPlace(final HostileBytes of, final SplittableRandom random)
    {
        final ByteBuffer bytes = of.restore();
        final int kind = random.nextInt(32);
        if (kind == 0)
        {
            bytes.limit(random.nextInt(bytes.capacity()));
            for (int at = 0; at < bytes.limit(); at++)
            {
                bytes.put(at, (byte)random.nextInt());
            }
            return;
        }
        if (kind < 4)
        {
            bytes.limit(random.nextInt(bytes.capacity()));
        }
        for (int i = random.nextInt(4); i >= 0 && bytes.limit() >= Long.BYTES; i--)
        {
            change(bytes, random.nextInt(4) == 0 ?
                random.nextInt(bytes.limit()) : TapeFiles.any(of.fields(), random), random);
        }
    }

    private static void change(final ByteBuffer bytes, final int place, final SplittableRandom random)
    {
        final int at = Math.min(bytes.limit() - Long.BYTES, place);
        switch (random.nextInt(6))
        {
            case 0 -> bytes.putInt(at, NASTY[random.nextInt(NASTY.length)]);
            case 1 -> bytes.putLong(at, NASTY_LONGS[random.nextInt(NASTY_LONGS.length)]);
            case 2 -> bytes.put(at, (byte)(bytes.get(at) ^ 1 << random.nextInt(Byte.SIZE)));
            case 3 -> bytes.putInt(at, random.nextInt());
            case 4 -> bytes.putShort(at, (short)(bytes.getShort(at) + random.nextInt(9) - 4));
            default -> copy(bytes, at, random);
        }
    }

    private static void copy(final ByteBuffer bytes, final int to, final SplittableRandom random)
    {
        final int from = random.nextInt(bytes.limit());
        final int length = Math.min(random.nextInt(MAX_PIECE), bytes.limit() - Math.max(from, to));
        bytes.put(to, bytes.duplicate(), from, length);
    }
}
