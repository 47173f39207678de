package io.ringtape.bench.peer;

import io.ringtape.bus.Lane;

/**
 * What stands on the lane behind a {@link BusReplay}.
 * <p>
 * Thread safety: immutable. Allocation: none for an event.
 */
enum ReplayLane
{
    /** Nobody looks at an event: the slots stay with the processor of the writer. */
    NO_LOOK
    {
        @Override
        Lane.Builder with(final Lane.Builder lane, final Tally tally)
        {
            return lane.rangeHandler(NAME, (buffer, offset, first, count) ->
            {
                for (int i = 0; i < count; i++)
                {
                    tally.add(1);
                }
            });
        }
    },
    /** The handler does nothing; its lane looks at the type of each event, so the slots come to its processor. */
    TYPE
    {
        @Override
        Lane.Builder with(final Lane.Builder lane, final Tally tally)
        {
            return lane.handler(NAME, (event) -> tally.add(1));
        }
    },
    /** The handler reads every field. */
    EVERY_FIELD
    {
        @Override
        Lane.Builder with(final Lane.Builder lane, final Tally tally)
        {
            return lane.handler(NAME, (event) -> tally.add(Work.fold(event.buffer(), event.offset())));
        }

        @Override
        long expected(final long first, final int count)
        {
            return Work.expected(first, count);
        }
    };

    private static final String NAME = "reader";

    /** Puts the handler on a lane; the tally hears of each event. */
    abstract Lane.Builder with(Lane.Builder lane, Tally tally);

    /**
     * The sum of the tally. Where nobody reads, how many events there were is all that can be checked: each adds the
     * next odd number.
     */
    long expected(final long first, final int count)
    {
        return (long)count * count;
    }
}
