package io.ringtape.bench.peer;

import io.ringtape.bus.Lane;

/**
 * A range handler that looks at no event: the ring's slots stay in the writer's cache.
 * <p>
 * Thread safety: see {@link LaneSink}. Allocation: none in a range.
 */
final class NoOpRanges implements LaneSink
{
    private int expected;
    private int events;

    @Override
    public Lane.Builder begin(final Lane.Builder lane, final int count)
    {
        expected = count;
        events = 0;
        return lane.rangeHandler(NAME, (buffer, offset, first, size) -> events += size);
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
