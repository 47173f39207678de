package io.ringtape.bench.peer;

import io.ringtape.event.OrderBookEvent;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * The reading side's sum over the events of several publishers, whose order nobody knows: of the ids, which are as
 * many as events and all different, and a fold of all eight longs, so that all are read.
 * <p>
 * Thread safety: the reading thread adds, one other begins and awaits. Allocation: none for an event.
 */
final class CrowdTally
{
    private final AtomicLong handled = new AtomicLong();
    private long count;
    private long ids;
    private long folds;

    /** Adds an event as it lies in a ring. */
    void add(final OrderBookEvent event)
    {
        final UnsafeBuffer buffer = event.buffer();
        final int offset = event.offset();
        add(event.orderId(), Work.fold(buffer, offset));
    }

    /** Adds an event of an object. */
    void add(final long id, final long fold)
    {
        ids += id;
        folds ^= fold;
        count++;
        handled.setRelease(count);
    }

    /** Waits until so many events were added in all. */
    void await(final long total)
    {
        while (handled.getAcquire() < total)
        {
            YieldingIdleStrategy.INSTANCE.idle();
        }
    }

    /** How many were added. */
    long handled()
    {
        return handled.getAcquire();
    }

    /** The sum of all ids, once they were awaited. */
    long ids()
    {
        if (folds == 0 && count > 0)
        {
            throw new IllegalStateException("nothing was read: count=" + count);
        }
        return ids;
    }
}
