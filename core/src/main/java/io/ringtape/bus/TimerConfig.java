package io.ringtape.bus;

import io.ringtape.event.TimerQueue;
import org.agrona.concurrent.EpochNanoClock;

/**
 * What a bus does about time, validated here and nowhere else.
 *
 * @param capacity    timers that may be pending, 0 to {@link TimerQueue#MAX_CAPACITY}; 0 for a bus without timers.
 * @param heartbeatNs the quiet time behind which a heartbeat comes, above 0; 0 for none.
 * @param clock       of the heartbeats.
 */
record TimerConfig(int capacity, long heartbeatNs, EpochNanoClock clock)
{
    static final TimerConfig OFF = new TimerConfig(0, 0, () -> Long.MIN_VALUE);

    TimerConfig
    {
        if (capacity < 0 || capacity > TimerQueue.MAX_CAPACITY)
        {
            throw new IllegalArgumentException(
                "timers must be 0 to " + TimerQueue.MAX_CAPACITY + ": timers=" + capacity);
        }
        if (heartbeatNs < 0)
        {
            throw new IllegalArgumentException("heartbeatNs must be 0 or more: heartbeatNs=" + heartbeatNs);
        }
    }

    TimerConfig withCapacity(final int newCapacity)
    {
        return new TimerConfig(newCapacity, heartbeatNs, clock);
    }

    TimerConfig withHeartbeat(final EpochNanoClock newClock, final long newHeartbeatNs)
    {
        return new TimerConfig(capacity, newHeartbeatNs, newClock);
    }

    boolean hasHeartbeat()
    {
        return heartbeatNs > 0;
    }

    /** Whether the writer has to know what time it is. */
    boolean isOn()
    {
        return capacity > 0 || hasHeartbeat();
    }
}
