package io.ringtape.bus;

import io.ringtape.event.EventHandler;
import io.ringtape.event.OrderLaneHandler;
import java.util.Collection;

/**
 * The rules for the order lane and for the handlers that belong on it.
 */
final class OrderLaneRules
{
    private OrderLaneRules()
    {
    }

    /**
     * Checks the lanes of a bus.
     *
     * @param lanes in the order of declaration.
     * @throws IllegalArgumentException if a rule is broken; the message names lane and rule.
     */
    static void check(final Collection<Lane> lanes)
    {
        requireOne(lanes);
        for (final Lane lane : lanes)
        {
            for (final NamedHandler<EventHandler> named : lane.handlers())
            {
                if (named.handler() instanceof OrderLaneHandler)
                {
                    requireOrderLane(lane, named.name());
                }
            }
        }
    }

    private static void requireOne(final Collection<Lane> lanes)
    {
        String found = "";
        for (final Lane lane : lanes)
        {
            if (lane.isOrderLane())
            {
                if (!found.isEmpty())
                {
                    throw new IllegalArgumentException(
                        "a bus has at most one order lane: lane=" + found + " lane=" + lane.name());
                }
                found = lane.name();
                if (mayLeave(lane))
                {
                    throw new IllegalArgumentException("the order lane must gate and halt: lane=" + lane.name());
                }
            }
        }
    }

    private static void requireOrderLane(final Lane lane, final String handler)
    {
        if (mayLeave(lane))
        {
            throw new IllegalArgumentException("a handler that sends orders is on a lane that gates and halts: lane=" +
                lane.name() + " handler=" + handler + " faultPolicy=" + lane.faultPolicy() +
                " overflowPolicy=" + lane.overflowPolicy());
        }
        if (!lane.isOrderLane())
        {
            throw new IllegalArgumentException("a handler that sends orders is on the order lane, which is not split" +
                ": lane=" + lane.name() + " handler=" + handler);
        }
    }

    private static boolean mayLeave(final Lane lane)
    {
        return lane.faultPolicy() != FaultPolicy.HALT || lane.overflowPolicy() != OverflowPolicy.GATE;
    }
}
