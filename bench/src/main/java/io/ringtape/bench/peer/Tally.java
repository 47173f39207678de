package io.ringtape.bench.peer;

import java.util.concurrent.atomic.AtomicLongArray;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The reading side's sum over the events of a run. Each event counts with its position, so a lost, repeated, torn or
 * swapped event changes the sum.
 * <p>
 * Thread safety: the measuring thread calls {@link #begin(int)} before it publishes and {@link #await()} after; the
 * reading thread calls {@link #add(long)}, which needs no fence but what carries the events.
 * Allocation: none.
 */
final class Tally implements EventReader
{
    /** The words around the one in use keep the waiting thread off every line that the reading thread writes. */
    private static final int PADDING_LONGS = 16;

    private final AtomicLongArray finished = new AtomicLongArray(2 * PADDING_LONGS);
    private long position;
    private long target;
    private long sum;

    void begin(final int count)
    {
        position = 0;
        target = count;
        sum = 0;
        finished.set(PADDING_LONGS, 0);
    }

    @Override
    public void onEvent(final long sequence, final long fold)
    {
        add(fold);
    }

    void add(final long fold)
    {
        addWeighted(weighted(fold, position), 1);
    }

    /** Adds the events of a block, as {@link #add(long)} does one by one. */
    void addBlock(final UnsafeBuffer buffer, final int offset, final int count)
    {
        final int end = offset + count * Work.EVENT_BYTES;
        long at = position;
        long added = 0;
        for (int from = offset; from < end; from += Work.EVENT_BYTES)
        {
            added += weighted(Work.fold(buffer, from), at);
            at++;
        }
        addWeighted(added, count);
    }

    /** Adds what {@link #weighted} gave for each of the next events, as {@link #add(long)} does one by one. */
    void addWeighted(final long added, final int count)
    {
        final long at = position + count;
        sum += added;
        position = at;
        if (at == target)
        {
            finished.setRelease(PADDING_LONGS, 1);
        }
    }

    static long weighted(final long fold, final long position)
    {
        return fold * (2 * position + 1);
    }

    void await()
    {
        while (finished.getAcquire(PADDING_LONGS) == 0)
        {
            Thread.onSpinWait();
        }
    }

    long sum()
    {
        return sum;
    }

    /** One for each of several readers of the same events. */
    static Tally[] some(final int count)
    {
        final Tally[] tallies = new Tally[count];
        for (int i = 0; i < count; i++)
        {
            tallies[i] = new Tally();
        }
        return tallies;
    }

    static void begin(final Tally[] tallies, final int count)
    {
        for (final Tally tally : tallies)
        {
            tally.begin(count);
        }
    }

    static void await(final Tally[] tallies)
    {
        for (final Tally tally : tallies)
        {
            tally.await();
        }
    }

    /** The sum that all of them have. */
    static long sum(final Tally[] tallies)
    {
        final long sum = tallies[0].sum();
        for (final Tally tally : tallies)
        {
            if (tally.sum() != sum)
            {
                throw new IllegalStateException("readers differ: first=" + sum + " other=" + tally.sum());
            }
        }
        return sum;
    }
}
