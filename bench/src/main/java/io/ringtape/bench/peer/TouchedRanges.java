package io.ringtape.bench.peer;

import io.ringtape.bus.Lane;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A range handler that reads one word of each event: the least that moves the ring's lines to its processor, as
 * whatever reads the events does. The words are the sequences, whose sum is checked.
 * <p>
 * Thread safety: see {@link LaneSink}. Allocation: none in a range.
 */
final class TouchedRanges implements LaneSink
{
    private int expected;
    private long sum;

    @Override
    public Lane.Builder begin(final Lane.Builder lane, final int count)
    {
        expected = count;
        sum = 0;
        return lane.rangeHandler(NAME, (buffer, offset, first, size) -> sum += sequences(buffer, offset, size));
    }

    private static long sequences(final UnsafeBuffer buffer, final int offset, final int size)
    {
        long sequences = 0;
        for (int i = 0; i < size; i++)
        {
            sequences += buffer.getLong(offset + i * Work.EVENT_BYTES);
        }
        return sequences;
    }

    @Override
    public long finish()
    {
        final long right = (long)expected * (expected - 1) / 2;
        if (sum != right)
        {
            throw new IllegalStateException("events lost: sum=" + sum + " expected=" + right);
        }
        return Work.expected(0, expected);
    }
}
