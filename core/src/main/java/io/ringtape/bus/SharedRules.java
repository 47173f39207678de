package io.ringtape.bus;

import java.util.List;

/**
 * What a ring of many producers cannot have: all that rests on one thread that publishes.
 */
final class SharedRules
{
    private SharedRules()
    {
    }

    /**
     * Checks what was asked of a bus with many producers.
     *
     * @param builder that describes the bus.
     * @param lanes   of the bus.
     * @param config  of the bus.
     * @throws IllegalArgumentException if it needs the one writer; the message names it.
     */
    static void check(final EventBusBuilder builder, final List<Lane> lanes, final BusConfig config)
    {
        if (builder.hasOwnWriterThread())
        {
            throw refused("no writer thread");
        }
        if (!builder.inboxes().isEmpty())
        {
            throw refused("no inbox: inbox=" + builder.inboxes().get(0).name());
        }
        if (!builder.inputs().isEmpty())
        {
            throw refused("no input: input=" + builder.inputs().get(0).name());
        }
        if (builder.history() != null)
        {
            throw refused("no history");
        }
        if (builder.timers().capacity() != 0 || builder.timers().hasHeartbeat())
        {
            throw refused("no timers and no heartbeat");
        }
        // A lane stands still behind a slot that is claimed and not published, which is not its fault.
        if (config.stallLimitNs() != BusConfig.NO_STALL_LIMIT)
        {
            throw refused("no stall limit: stallLimitNs=" + config.stallLimitNs());
        }
        lanes.forEach(SharedRules::check);
    }

    private static void check(final Lane lane)
    {
        if (lane.isInline())
        {
            throw refused("no inline lane: lane=" + lane.name());
        }
        if (lane.isOrderLane())
        {
            throw refused("no order lane: lane=" + lane.name());
        }
        if (lane.overflowPolicy() != OverflowPolicy.GATE)
        {
            throw refused("lanes that gate only: lane=" + lane.name() + " overflowPolicy=" + lane.overflowPolicy());
        }
    }

    private static IllegalArgumentException refused(final String rule)
    {
        return new IllegalArgumentException("a bus with many producers has " + rule);
    }
}
