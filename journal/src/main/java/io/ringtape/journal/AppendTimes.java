package io.ringtape.journal;

import org.agrona.concurrent.EpochNanoClock;

/**
 * The times at which blocks are appended. Hot path.
 * <p>
 * A look at the clock costs a sixth of what a block of one event does. So it is looked at once in {@value #EVENTS}
 * events, and before that when the receive times of the events say that {@value #STEP_NS} ns have passed: a block of so
 * many events has a time of its own, a smaller one may have that of one just before it.
 * <p>
 * Thread safety: none; one writer's thread.
 * Allocation: none for a block.
 */
final class AppendTimes
{
    static final int EVENTS = 64;
    static final long STEP_NS = 1_000_000;

    private final EpochNanoClock clock;
    private int eventsLeft;
    private long nextLookNs;
    private long timeNs;

    AppendTimes(final EpochNanoClock clock)
    {
        this.clock = clock;
    }

    /**
     * The time of the block that is written next.
     *
     * @param maxReceiveTimeNs running maximum of receive times with the block.
     * @param count            events of the block.
     * @return nanoseconds since 1970; never before that of the block before, but where the clock goes back.
     */
    long next(final long maxReceiveTimeNs, final int count)
    {
        if (count > eventsLeft || maxReceiveTimeNs >= nextLookNs)
        {
            eventsLeft = EVENTS;
            // A time so late that this wraps around has every block look.
            nextLookNs = maxReceiveTimeNs + STEP_NS;
            timeNs = clock.nanoTime();
        }
        eventsLeft -= count;
        return timeNs;
    }
}
