package io.ringtape.bus;

import java.util.List;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SleepingIdleStrategy;

/**
 * Looks at the lanes again and again and tells of those that stand still. It reads what they leave behind anyway, so it
 * costs them nothing.
 * <p>
 * It counts what it saw itself: each look adds the time since the one before, but no more than a quarter of the limit.
 * A process that was paused, or starved together with this thread, so has most of the limit left to go on.
 */
final class Watchdog implements Runnable
{
    private static final int LOOKS_PER_LIMIT = 8;

    private final List<LaneWatch> lanes;
    private final BusControl control;
    private final NanoClock clock;
    private final IdleStrategy idle;
    private final long mostNs;
    private long lastLookNs;

    Watchdog(final List<LaneWatch> lanes, final BusControl control, final NanoClock clock, final long limitNs)
    {
        this.lanes = lanes;
        this.control = control;
        this.clock = clock;
        final long intervalNs = limitNs / LOOKS_PER_LIMIT;
        mostNs = 2 * intervalNs;
        idle = new SleepingIdleStrategy(intervalNs);
        lastLookNs = clock.nanoTime();
    }

    @Override
    public void run()
    {
        while (!control.isStopping())
        {
            look();
            idle.idle();
        }
    }

    void look()
    {
        final long now = clock.nanoTime();
        final long passedNs = Math.max(0L, Math.min(mostNs, now - lastLookNs));
        lastLookNs = now;
        for (final LaneWatch lane : lanes)
        {
            lane.look(passedNs);
        }
    }
}
