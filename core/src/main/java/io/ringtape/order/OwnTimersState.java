package io.ringtape.order;

import io.ringtape.event.Stateful;
import java.nio.ByteBuffer;

/**
 * The timers of a strategy as bytes: the number of the last request, and id and number of each that is pending.
 */
final class OwnTimersState implements Stateful
{
    private static final int TIMER_BYTES = Integer.BYTES + Long.BYTES;

    private final OwnTimers timers;

    OwnTimersState(final OwnTimers timers)
    {
        this.timers = timers;
    }

    @Override
    public String stateName()
    {
        return "own-timers";
    }

    @Override
    public int stateVersion()
    {
        return 1;
    }

    @Override
    public long stateParameters()
    {
        return timers.capacity();
    }

    @Override
    public long stateBytes()
    {
        return Long.BYTES + (long)timers.size() * TIMER_BYTES;
    }

    // In the order that they have here: it follows from the calls, so that equal states have one.
    @Override
    public void writeState(final ByteBuffer target)
    {
        target.putLong(timers.lastNumber());
        for (int slot = 0; slot < timers.size(); slot++)
        {
            target.putInt(timers.timerId(slot)).putLong(timers.number(slot));
        }
    }

    @Override
    public void readState(final ByteBuffer source)
    {
        final long lastNumber = source.getLong();
        timers.restart(lastNumber);
        while (source.hasRemaining())
        {
            final int timerId = source.getInt();
            final long number = source.getLong();
            if (timers.size() == timers.capacity() || number < 1 || number > lastNumber || timers.isPending(timerId))
            {
                throw new IllegalArgumentException("state of timers makes no sense: timerId=" + timerId);
            }
            timers.restore(timerId, number);
        }
    }
}
