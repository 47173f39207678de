package io.ringtape.cli.soak;

import java.util.SplittableRandom;

/**
 * Throws at the sequences that were planned.
 */
final class PlannedFaults implements Disturbance
{
    /** No event has thrown. */
    static final long NONE = -1;

    private final SplittableRandom random;
    private final long apart;
    private long next;
    private long last = NONE;
    private long count;

    private PlannedFaults(final SplittableRandom random, final long apart, final long next)
    {
        this.random = random;
        this.apart = apart;
        this.next = next;
    }

    static PlannedFaults every(final SplittableRandom random, final long apart)
    {
        return new PlannedFaults(random, apart, random.nextLong(2 * apart));
    }

    static PlannedFaults onceAt(final long sequence)
    {
        return new PlannedFaults(new SplittableRandom(0), 0, sequence);
    }

    @Override
    public void at(final long sequence)
    {
        if (sequence >= next)
        {
            count++;
            last = sequence;
            next = apart == 0 ? Long.MAX_VALUE : sequence + 1 + random.nextLong(2 * apart);
            throw new IllegalStateException("planned by the soak: sequence=" + sequence);
        }
    }

    /** How often it threw. */
    long count()
    {
        return count;
    }

    /** Where it threw last, or {@link #NONE}. */
    long last()
    {
        return last;
    }
}
