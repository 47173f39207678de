package io.ringtape.bench.peer;

import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.order.NewOrder;
import io.ringtape.order.OrderType;
import io.ringtape.order.TimeInForce;
import java.util.stream.IntStream;

/**
 * Orders for a {@link GateMarket}: buys and sells around the touch, one in eight a market order, with tick and lot.
 * <p>
 * Thread safety: stateless. Allocation: the orders.
 */
final class GateTickets
{
    /** A power of two. */
    private static final int COUNT = 1 << 10;
    private static final int MARKET_MASK = 7;

    private GateTickets()
    {
    }

    /** The orders; {@code index & length - 1} is the next one. */
    static NewOrder[] all()
    {
        return IntStream.range(0, COUNT).mapToObj(GateTickets::ticket).toArray(NewOrder[]::new);
    }

    private static NewOrder ticket(final int index)
    {
        final boolean isBuy = (index & 1) == 0;
        final long quantity = GateMarket.LOT * (1 + index % 9);
        final int side = isBuy ? Side.BID : Side.ASK;
        if ((index & MARKET_MASK) == MARKET_MASK)
        {
            return new NewOrder().limit(0, side, OrderBookEvent.NULL_PRICE, quantity)
                .terms(OrderType.MARKET, TimeInForce.IMMEDIATE_OR_CANCEL, 0);
        }
        final long away = GateMarket.TICK * (index % 16);
        return new NewOrder().limit(
            0, side, isBuy ? GateMarket.MIDDLE - away : GateMarket.MIDDLE + away, quantity);
    }
}
