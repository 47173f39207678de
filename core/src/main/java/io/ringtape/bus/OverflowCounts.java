package io.ringtape.bus;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What became of the events that a lane did not deliver; counted once a range, read by any thread.
 */
final class OverflowCounts
{
    private final AtomicLong shed = new AtomicLong();
    private final AtomicLong conflated = new AtomicLong();
    private final AtomicLong evictions = new AtomicLong();

    void addShed(final long events)
    {
        shed.addAndGet(events);
    }

    void addConflated(final long events)
    {
        conflated.addAndGet(events);
    }

    void addEviction()
    {
        evictions.incrementAndGet();
    }

    long shed()
    {
        return shed.get();
    }

    long conflated()
    {
        return conflated.get();
    }

    long evictions()
    {
        return evictions.get();
    }
}
