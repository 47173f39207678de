package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.lane;

import io.ringtape.event.EventHandler;
import io.ringtape.event.RangeHandler;
import org.agrona.concurrent.UnsafeBuffer;

/** What the tests of lanes that spill share. */
final class SpillFixture
{
    private SpillFixture()
    {
    }

    static Lane.Builder spilling(final String name, final EventHandler handler)
    {
        return lane(name).overflow(OverflowPolicy.SPILL).handler(name, handler);
    }

    static Lane.Builder tape(final RangeHandler recorder)
    {
        return lane("tape").rangeHandler("recorder", recorder);
    }

    /** A bus with the lanes, and one that records unless it is among them. */
    static EventBus started(final ArrayHistory history, final Lane.Builder... lanes)
    {
        final EventBusBuilder builder = BusFixture.bus(8).history(history, "tape");
        boolean recorded = false;
        for (final Lane.Builder lane : lanes)
        {
            final Lane built = lane.build();
            recorded |= built.name().equals("tape");
            builder.lane(built);
        }
        final EventBus bus = (recorded ? builder : builder.lane(tape(history).build())).build();
        bus.start();
        return bus;
    }

    static EventHandler none()
    {
        return (event) ->
        {
        };
    }

    /** A history that fails where it is told to; what it does not fail on it leaves to another. */
    static final class FailingHistory implements History
    {
        private final History past;
        private final long failsAt;
        private final RuntimeException failure;

        FailingHistory(final History past, final long failsAt, final RuntimeException failure)
        {
            this.past = past;
            this.failsAt = failsAt;
            this.failure = failure;
        }

        @Override
        public Cursor open(final JoinFrom from)
        {
            if (from.value() >= failsAt)
            {
                throw failure;
            }
            final Cursor cursor = past.open(from);
            return new Cursor()
            {
                @Override
                public long nextSequence()
                {
                    return cursor.nextSequence();
                }

                @Override
                public int read(final UnsafeBuffer target, final int offset, final int limit)
                {
                    if (nextSequence() >= failsAt)
                    {
                        throw failure;
                    }
                    return cursor.read(target, offset, (int)Math.min(limit, failsAt - nextSequence()));
                }

                @Override
                public void close()
                {
                    cursor.close();
                }
            };
        }
    }
}
