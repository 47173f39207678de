package io.ringtape.bus;

import io.ringtape.event.BookHandler;
import io.ringtape.event.EventHandler;
import io.ringtape.event.OrderLaneHandler;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The rules for the order lane and for the handlers that belong on it.
 */
final class OrderLaneRules
{
    private static final int BOOKS = 0;
    private static final int GATE = 1;
    private static final int SENDER = 2;
    private static final int ANY = 3;

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
            requireOrder(lane);
        }
    }

    /**
     * Checks a handler that is to join a lane.
     *
     * @param lane  to be joined, not the order lane.
     * @param named the handler.
     * @throws IllegalArgumentException if it belongs on the order lane.
     */
    static void checkJoin(final Lane lane, final NamedHandler<EventHandler> named)
    {
        if (named.handler() instanceof OrderLaneHandler)
        {
            requireOrderLane(lane, named.name());
        }
    }

    // Books, then the gate, then who sends: each reads what those ahead of it made of the very same event.
    private static void requireOrder(final Lane lane)
    {
        @Nullable NamedHandler<EventHandler> last = null;
        for (final NamedHandler<EventHandler> named : lane.handlers())
        {
            if (last != null && rank(named.handler()) < rank(last.handler()))
            {
                throw new IllegalArgumentException(
                    "books go ahead of the risk gate, and that ahead of strategies: lane=" + lane.name() +
                    " handler=" + named.name() + " behind=" + last.name());
            }
            if (rank(named.handler()) != ANY)
            {
                last = named;
            }
        }
    }

    private static int rank(final EventHandler handler)
    {
        if (handler instanceof OrderLaneHandler sender)
        {
            return sender.isGate() ? GATE : SENDER;
        }
        return handler instanceof BookHandler ? BOOKS : ANY;
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
