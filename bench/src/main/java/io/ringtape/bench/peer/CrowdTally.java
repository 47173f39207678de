package io.ringtape.bench.peer;

import io.ringtape.event.OrderBookEvent;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * The reading side's sum over the events of several publishers, whose order nobody knows. It adds the fold of all eight
 * longs of each, and its sequence on the bus, so a lost, repeated or torn event changes it and another order does not.
 * <p>
 * Thread safety: the reading thread adds, one other begins and awaits. Allocation: none for an event.
 */
final class CrowdTally
{
    private final AtomicLong handled = new AtomicLong();
    private long count;
    private long sum;

    /** Adds an event as it lies in a ring, where the bus gave it its sequence. */
    void add(final OrderBookEvent event)
    {
        add(event.sequence(), Work.foldNumbered(event.buffer(), event.offset()));
    }

    /** Adds an event of an object, whose number is its sequence. */
    void add(final Slot slot)
    {
        add(slot.sequence(), slot.fold());
    }

    private void add(final long sequence, final long fold)
    {
        sum += of(sequence, fold);
        count++;
        handled.setRelease(count);
    }

    private static long of(final long sequence, final long fold)
    {
        return fold + sequence * Work.ID_MULTIPLIER;
    }

    /** Waits until so many events were added in all. */
    void await(final long total)
    {
        while (handled.getAcquire() < total)
        {
            YieldingIdleStrategy.INSTANCE.idle();
        }
    }

    /** The sum, once the events were awaited. */
    long sum()
    {
        return sum;
    }

    /** The sum of the events with these numbers, from arithmetic alone. */
    static long expected(final long first, final int count)
    {
        final Slot slot = new Slot();
        long expected = 0;
        for (int i = 0; i < count; i++)
        {
            slot.fill(first + i);
            expected += of(first + i, slot.fold());
        }
        return expected;
    }
}
