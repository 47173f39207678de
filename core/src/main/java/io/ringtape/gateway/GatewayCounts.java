package io.ringtape.gateway;

import io.ringtape.event.EventType;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What the thread of a gateway's lane counts, for others to read. Hot path.
 * <p>
 * Thread safety: the lane's thread writes, by ordered stores; any thread reads.
 * Allocation: on construction only.
 */
final class GatewayCounts
{
    private final AtomicLongArray counts = new AtomicLongArray(GatewayCount.values().length);

    long get(final GatewayCount which)
    {
        return counts.get(which.place);
    }

    void set(final GatewayCount which, final long value)
    {
        counts.setRelease(which.place, value);
    }

    void add(final GatewayCount which)
    {
        set(which, counts.getPlain(which.place) + 1);
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
}
