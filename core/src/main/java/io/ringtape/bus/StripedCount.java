package io.ringtape.bus;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A count that many threads change at low cost: each adds to the stripe of its own, and few share one.
 * <p>
 * Hot path. An add is a full fence. A thread finds its own adds, and those that happened before, in each sum; while
 * others add, a sum lies between what it was when it began and what it is when it ends.
 * Thread safety: any thread; lock-free.
 * Allocation: on construction only.
 */
final class StripedCount
{
    private static final int STRIPES = 16;
    // Two lines apart: the prefetcher of a processor takes them in pairs.
    private static final int STRIDE = 16;

    private final AtomicLongArray stripes = new AtomicLongArray((STRIPES + 1) * STRIDE);

    void add(final long delta)
    {
        stripes.getAndAdd(index((int)Thread.currentThread().getId() & (STRIPES - 1)), delta);
    }

    long sum()
    {
        long sum = 0;
        for (int i = 0; i < STRIPES; i++)
        {
            sum += stripes.get(index(i));
        }
        return sum;
    }

    /**
     * Whether each stripe was zero at some moment of this call; where threads take back what they added, what was added
     * before the call is then taken back.
     */
    boolean wasZero()
    {
        for (int i = 0; i < STRIPES; i++)
        {
            if (stripes.get(index(i)) != 0)
            {
                return false;
            }
        }
        return true;
    }

    private static int index(final int stripe)
    {
        return (stripe + 1) * STRIDE;
    }
}
