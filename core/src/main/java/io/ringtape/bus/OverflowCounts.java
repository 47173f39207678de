package io.ringtape.bus;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What became of the events that a lane did not get from the ring; counted once a range, read by any thread.
 */
final class OverflowCounts
{
    private final AtomicLong shed = new AtomicLong();
    private final AtomicLong conflated = new AtomicLong();
    private final AtomicLong evictions = new AtomicLong();
    private final AtomicLong spills = new AtomicLong();
    private volatile boolean onTape;

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

    void addSpill()
    {
        spills.incrementAndGet();
    }

    void onTape(final boolean isNow)
    {
        onTape = isNow;
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

    long spills()
    {
        return spills.get();
    }

    boolean isOnTape()
    {
        return onTape;
    }
}
