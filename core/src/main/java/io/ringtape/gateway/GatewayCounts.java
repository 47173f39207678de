package io.ringtape.gateway;

import io.ringtape.event.EventType;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the thread of a gateway's lane counts, for others to read. Hot path.
 * <p>
 * Thread safety: the lane's thread writes, by ordered stores; any thread reads.
 * Allocation: on construction only.
 */
final class GatewayCounts
{
    private final Map<GatewayCount, AtomicLong> counts = new EnumMap<>(GatewayCount.class);

    GatewayCounts()
    {
        for (final GatewayCount count : GatewayCount.values())
        {
            counts.put(count, new AtomicLong());
        }
    }

    long get(final GatewayCount which)
    {
        return of(which).get();
    }

    void set(final GatewayCount which, final long value)
    {
        of(which).setRelease(value);
    }

    void add(final GatewayCount which)
    {
        final AtomicLong count = of(which);
        count.setRelease(count.getPlain() + 1);
    }

    void addAnswer(final int type)
    {
        switch (type)
        {
            case EventType.OWN_ACCEPTED -> add(GatewayCount.ACCEPTS);
            case EventType.OWN_REJECTED -> add(GatewayCount.REJECTS);
            case EventType.OWN_FILL -> add(GatewayCount.FILLS);
            case EventType.OWN_CANCELLED -> add(GatewayCount.CANCELLED);
            default ->
            {
                // Details, and what ends no order.
            }
        }
    }

    private AtomicLong of(final GatewayCount which)
    {
        return Objects.requireNonNull(counts.get(which));
    }
}
