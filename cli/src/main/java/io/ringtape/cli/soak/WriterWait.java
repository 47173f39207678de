package io.ringtape.cli.soak;

import io.ringtape.bus.EventBus;
import io.ringtape.bus.LaneStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * How the writer waits on a full ring, and for how long at most, by the lane that was the furthest behind when the wait
 * began. A lane that reads the tape is further behind than the ring is long and holds it only while it comes near.
 * <p>
 * The writer's thread only.
 */
final class WriterWait implements IdleStrategy
{
    private final IdleStrategy idle = new BackoffIdleStrategy();
    private final NanoClock clock;
    private final Set<String> evictable;
    private final Map<String, Long> longestNs = new HashMap<>();
    private @Nullable EventBus bus;
    private String lane = "";
    private boolean isWaiting;
    private long startNs;

    WriterWait(final NanoClock clock, final Set<String> evictable)
    {
        this.clock = clock;
        this.evictable = evictable;
    }

    void watch(final EventBus watched)
    {
        bus = watched;
    }

    long longestNs(final String laneName)
    {
        return longestNs.getOrDefault(laneName, 0L);
    }

    @Override
    public void idle(final int workCount)
    {
        if (workCount > 0)
        {
            reset();
        }
        else
        {
            idle();
        }
    }

    @Override
    public void idle()
    {
        if (!isWaiting)
        {
            isWaiting = true;
            lane = slowest();
            startNs = clock.nanoTime();
        }
        idle.idle();
    }

    @Override
    public void reset()
    {
        if (isWaiting)
        {
            isWaiting = false;
            longestNs.merge(lane, clock.nanoTime() - startNs, Math::max);
            idle.reset();
        }
    }

    private String slowest()
    {
        final EventBus watched = bus;
        String within = "";
        String beyond = "";
        long mostWithin = -1;
        long mostBeyond = -1;
        if (watched != null)
        {
            for (final LaneStatus status : watched.lanes())
            {
                final long lag = status.lag();
                if (evictable.contains(status.name()))
                {
                    continue;
                }
                if (lag > watched.capacity())
                {
                    beyond = lag > mostBeyond ? status.name() : beyond;
                    mostBeyond = Math.max(lag, mostBeyond);
                }
                else if (lag > mostWithin)
                {
                    within = status.name();
                    mostWithin = lag;
                }
            }
            // Where no lane on the ring is near its length, one that comes near it from the tape holds it.
            return mostBeyond >= 0 && mostWithin < watched.capacity() / 2 ? beyond : within;
        }
        return within;
    }
}
