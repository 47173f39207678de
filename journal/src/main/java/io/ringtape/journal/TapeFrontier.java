package io.ringtape.journal;

import io.ringtape.bus.Frontier;
import io.ringtape.event.RangeHandler;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How far a recorder has got, for lanes that run after it.
 *
 * @param name       what stands in messages.
 * @param reached    the last sequence that has passed, a volatile read.
 * @param intervalNs how long an event may wait for it, 0 if it moves with each batch.
 * @param recorder   that moves it.
 */
record TapeFrontier(String name, LongSupplier reached, long intervalNs, Optional<RangeHandler> recorder)
    implements Frontier
{
    @Override
    public long sequence()
    {
        return reached.getAsLong();
    }
}
