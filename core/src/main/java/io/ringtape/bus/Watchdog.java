package io.ringtape.bus;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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

    private final List<LaneWatch> lanes = new CopyOnWriteArrayList<>();
    private final BusControl control;
    private final NanoClock clock;
    private final long limitNs;
    private final StallListener listener;
    private final IdleStrategy idle;
    private final long mostNs;
    private long lastLookNs;

    Watchdog(
        final BusControl control, final NanoClock clock, final long limitNs, final StallListener listener)
    {
        this.control = control;
        control.watch();
        this.clock = clock;
        this.limitNs = limitNs;
        this.listener = listener;
        final long intervalNs = limitNs / LOOKS_PER_LIMIT;
        mostNs = 2 * intervalNs;
        idle = new SleepingIdleStrategy(intervalNs);
        lastLookNs = clock.nanoTime();
    }

    /**
     * Looks at a lane too, until it has ended.
     *
     * @param lane         to look at.
     * @param predecessors that it waits for, while they go on.
     */
    void watch(final LaneRunner lane, final LaneRunner... predecessors)
    {
        lanes.add(new LaneWatch(lane, predecessors, limitNs, listener));
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
        lanes.removeIf(LaneWatch::isOver);
    }
}
