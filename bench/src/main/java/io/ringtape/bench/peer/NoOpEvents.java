package io.ringtape.bench.peer;

import io.ringtape.bus.Lane;

/**
 * An event handler that does nothing but count its calls. Its lane looks at the type of each event for it, so the
 * events do go to the lane's processor.
 * <p>
 * Thread safety: see {@link LaneSink}. Allocation: none for an event.
 */
final class NoOpEvents implements LaneSink
{
    private int expected;
    private int events;

    @Override
    public Lane.Builder begin(final Lane.Builder lane, final int count)
    {
        expected = count;
        events = 0;
        return lane.handler(NAME, (event) -> events++);
    }

    /** Nothing is read, so the count is all that can be checked; with the right one the sum is the right one. */
    @Override
    public long finish()
    {
        if (events != expected)
        {
            throw new IllegalStateException("events lost: events=" + events + " expected=" + expected);
        }
        return Work.expected(0, events);
    }
}
