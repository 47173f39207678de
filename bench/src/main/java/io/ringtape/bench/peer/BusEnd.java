package io.ringtape.bench.peer;

import io.ringtape.bus.EventBus;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The end of a bus that was measured: in order, or what was measured does not count.
 * <p>
 * Thread safety: for the thread that owns the bus.
 * Allocation: cold.
 */
public final class BusEnd
{
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(10);

    private BusEnd()
    {
    }

    /**
     * Closes a bus within ten seconds.
     *
     * @param bus to close, or null for none.
     * @throws IllegalStateException if it does not end in order.
     */
    public static void close(final @Nullable EventBus bus)
    {
        close(bus, LIMIT_NS);
    }

    static void close(final @Nullable EventBus bus, final long limitNs)
    {
        if (bus != null && !bus.close(limitNs))
        {
            throw new IllegalStateException("bus did not end in order: state=" + bus.state());
        }
    }
}
