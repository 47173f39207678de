package io.ringtape.bench.peer;

import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import java.util.HashMap;
import java.util.Map;

/**
 * The book of one instrument in the collections of the JDK: by order, with the queue of each level, or by price.
 * <p>
 * Thread safety: none. Allocation: objects for orders, levels and their numbers.
 */
final class TreeBook
{
    private final TreeSide bids = new TreeSide(Side.BID);
    private final TreeSide asks = new TreeSide(Side.ASK);
    private final Map<Long, Order> orders = new HashMap<>();
    private final boolean byOrder;

    private record Order(int side, long price, long quantity)
    {
    }

    TreeBook(final boolean byOrder)
    {
        this.byOrder = byOrder;
    }

    void onEvent(final OrderBookEvent event)
    {
        final TreeSide side = side(event.side());
        final long id = event.orderId();
        final long quantity = event.quantity();
        switch (event.type())
        {
            case EventType.BOOK_CLEAR ->
            {
                bids.clear();
                asks.clear();
                orders.clear();
            }
            case EventType.LEVEL_SET -> side.set(event.price(), quantity);
            case EventType.ORDER_ADD, EventType.ORDER_MODIFY ->
            {
                if (byOrder)
                {
                    put(id, new Order(event.side(), event.price(), quantity));
                }
                else
                {
                    side.change(event.price(), quantity);
                }
            }
            case EventType.ORDER_REDUCE, EventType.ORDER_EXECUTE, EventType.ORDER_DELETE ->
            {
                if (byOrder)
                {
                    reduce(id, event.type() == EventType.ORDER_DELETE ? Long.MAX_VALUE : quantity);
                }
                else
                {
                    side.change(event.price(), -quantity);
                }
            }
            default ->
            {
                // A trade, a status and a detail change no book.
            }
        }
    }

    TreeSide side(final int side)
    {
        return side == Side.BID ? bids : asks;
    }

    private void reduce(final long id, final long amount)
    {
        final Order known = orders.get(id);
        if (known != null)
        {
            put(id, new Order(known.side, known.price, Math.max(0, known.quantity - amount)));
        }
    }

    /** An order keeps its place in the queue unless it moves or grows. */
    private void put(final long id, final Order order)
    {
        final Order before = orders.get(id);
        if (before != null && before.side == order.side && before.price == order.price &&
            before.quantity >= order.quantity && order.quantity > 0)
        {
            side(order.side).change(order.price, order.quantity - before.quantity);
            orders.put(id, order);
            return;
        }
        if (before != null)
        {
            side(before.side).leave(before.price, id, before.quantity);
            orders.remove(id);
        }
        if (order.quantity > 0)
        {
            side(order.side).join(order.price, id, order.quantity);
            orders.put(id, order);
        }
    }
}
