package io.ringtape.journal;

import io.ringtape.bus.Frontier;
import io.ringtape.event.RangeHandler;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * How far a recorder has got, for lanes that run after it.
 *
 * @param name       what stands in messages.
 * @param reached    the last sequence that has passed, a volatile read.
 * @param intervalNs how long an event may wait for it, 0 if it moves with each batch.
 * @param recorder   that moves it.
 * @param failed     whether it will not move any more.
 */
record TapeFrontier(
    String name, LongSupplier reached, long intervalNs, Optional<RangeHandler> recorder, BooleanSupplier failed)
    implements Frontier
{
    static Frontier journaled(final TapeWriter writer, final boolean mayGoOn)
    {
        requireTape(mayGoOn);
        // A recorder that fails does so on its lane, which ends the bus.
        return new TapeFrontier("journaled", writer::journaledSequence, 0L, Optional.of(writer), () -> false);
    }

    static Frontier durable(final TapeWriter writer, final boolean mayGoOn, final Keeper keeper)
    {
        requireTape(mayGoOn);
        final Durability durability = keeper.durability();
        if (durability.kind() == Durability.Kind.PAGE_CACHE)
        {
            throw new IllegalStateException("a tape that is never forced has no durable frontier: durability=" +
                durability.kind());
        }
        return new TapeFrontier(
            "durable", writer::durableSequence, durability.intervalNs(), Optional.of(writer), keeper::hasFailed);
    }

    private static void requireTape(final boolean mayGoOn)
    {
        if (mayGoOn)
        {
            throw new IllegalStateException("a recorder that may go on without its tape has no frontier: " +
                "failurePolicy=" + TapeFailurePolicy.GO_ON_UNJOURNALED);
        }
    }

    @Override
    public boolean hasFailed()
    {
        return failed.getAsBoolean();
    }

    @Override
    public long sequence()
    {
        return reached.getAsLong();
    }
}
