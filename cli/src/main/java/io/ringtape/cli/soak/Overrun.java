package io.ringtape.cli.soak;

import io.ringtape.bus.BusState;
import io.ringtape.bus.EventBus;
import org.jspecify.annotations.Nullable;

/**
 * Stands at one event until the ring has gone on without the lane, however fast the machine is. A lane that holds the
 * ring must not have it.
 */
final class Overrun implements Disturbance
{
    private final long at;
    private final long end;
    private volatile @Nullable EventBus bus;

    /**
     * An overrun.
     *
     * @param at  the event.
     * @param end the cursor that it waits for.
     */
    Overrun(final long at, final long end)
    {
        this.at = at;
        this.end = end;
    }

    /** Ahead of the first event. */
    void watch(final EventBus watched)
    {
        bus = watched;
    }

    @Override
    public void at(final long sequence)
    {
        if (sequence == at)
        {
            await();
        }
    }

    private void await()
    {
        final EventBus watched = bus;
        // A run that is stopped does not get there.
        while (watched != null && watched.cursor() < end && watched.state() == BusState.RUNNING)
        {
            Thread.onSpinWait();
        }
    }
}
