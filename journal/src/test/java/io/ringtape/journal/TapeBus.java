package io.ringtape.journal;

import io.ringtape.bus.EventBus;
import io.ringtape.bus.EventBusBuilder;
import io.ringtape.bus.Lane;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.YieldingIdleStrategy;

/** A bus whose history is the tape that it records, for tests. */
final class TapeBus
{
    private static final long AWAIT_LIMIT_NS = 60_000_000_000L;

    private TapeBus()
    {
    }

    /**
     * Starts a bus.
     *
     * @param capacity of the ring.
     * @param tape     its directory.
     * @param writer   of the tape.
     * @param recorder the lane named "tape", on which the writer is.
     * @param more     lanes.
     * @return the bus, running.
     */
    static EventBus start(
        final int capacity, final Path tape, final TapeWriter writer, final Lane.Builder recorder, final Lane... more)
    {
        final EventBusBuilder builder = EventBus.builder().capacity(capacity).idle(new YieldingIdleStrategy())
            .firstSequence(writer.firstSequence()).history(new TapeHistory(tape, writer), "tape")
            .lane(recorder.idle(new YieldingIdleStrategy()).build());
        for (final Lane lane : more)
        {
            builder.lane(lane);
        }
        final EventBus bus = builder.build();
        bus.start();
        return bus;
    }

    static void publish(final EventBus bus, final int events)
    {
        for (int i = 0; i < events; i++)
        {
            final long sequence = bus.cursor() + 1;
            bus.writer().publish(1, (event, index) -> Tapes.fill(event, sequence));
        }
    }

    /** A wait of a minute is a failure: a yielding thread hears no interrupt, so the limit of a test ends none. */
    static void await(final BooleanSupplier condition)
    {
        final YieldingIdleStrategy idle = new YieldingIdleStrategy();
        final long deadlineNs = System.nanoTime() + AWAIT_LIMIT_NS;
        while (!condition.getAsBoolean())
        {
            if (System.nanoTime() - deadlineNs > 0)
            {
                throw new AssertionError("waited in vain");
            }
            idle.idle();
        }
    }
}
