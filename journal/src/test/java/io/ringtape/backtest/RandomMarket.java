package io.ringtape.backtest;

import io.ringtape.event.EventType;
import io.ringtape.event.Side;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A market by order that never crosses: adds, cancels, reductions, and sweeps of one side by price and time. */
final class RandomMarket
{
    private static final int MAX_ORDERS = 40;
    private static final long MIDDLE = 1_000;

    /** One event of a venue event. */
    record Step(int type, int side, long price, long quantity, long orderId)
    {
    }

    /** A live order. */
    record Order(long id, int side, long price, long quantity)
    {
    }

    private final Map<Long, Order> orders = new LinkedHashMap<>();
    private final Random random;
    private final boolean trades;
    private long lastId;

    /**
     * An empty market.
     *
     * @param random to draw from.
     * @param trades whether a sweep is told by trades, too.
     */
    RandomMarket(final Random random, final boolean trades)
    {
        this.random = random;
        this.trades = trades;
    }

    /** The live orders of a level, first come first. */
    List<Order> at(final int side, final long price)
    {
        return orders.values().stream().filter((order) -> order.side == side && order.price == price).toList();
    }

    /** The total of a level. */
    long quantityAt(final int side, final long price)
    {
        return at(side, price).stream().mapToLong(Order::quantity).sum();
    }

    /** The best price of a side, or 0. */
    long best(final int side)
    {
        long best = 0;
        for (final Order order : orders.values())
        {
            if (order.side == side && (best == 0 || (side == Side.BID ? order.price > best : order.price < best)))
            {
                best = order.price;
            }
        }
        return best;
    }

    /** The events of the next venue event, in order. */
    List<Step> next()
    {
        final int kind = orders.size() < 6 ? 0 : orders.size() > MAX_ORDERS ? 9 : random.nextInt(10);
        if (kind < 5)
        {
            return List.of(add());
        }
        return kind < 7 ? List.of(leave()) : sweep();
    }

    private Step add()
    {
        final int side = 1 + random.nextInt(2);
        final long other = best(Side.opposite(side));
        final long from = other == 0 ? MIDDLE : other;
        final long distance = 1L + random.nextInt(4);
        final long price = side == Side.BID ? from - distance : from + distance;
        final Order order = new Order(++lastId, side, price, 1L + random.nextInt(9));
        orders.put(order.id, order);
        return step(EventType.ORDER_ADD, order, order.quantity);
    }

    private Step leave()
    {
        final Order order = new ArrayList<>(orders.values()).get(random.nextInt(orders.size()));
        final long quantity = 1L + random.nextInt((int)order.quantity);
        if (quantity == order.quantity)
        {
            orders.remove(order.id);
            return step(EventType.ORDER_DELETE, order, quantity);
        }
        orders.put(order.id, new Order(order.id, order.side, order.price, order.quantity - quantity));
        return step(EventType.ORDER_REDUCE, order, quantity);
    }

    private List<Step> sweep()
    {
        final List<Step> steps = new ArrayList<>();
        final int side = 1 + random.nextInt(2);
        long left = 1L + random.nextInt(30);
        while (left > 0 && best(side) != 0)
        {
            final long price = best(side);
            long traded = 0;
            for (final Order order : at(side, price))
            {
                final long quantity = Math.min(left, order.quantity);
                if (quantity > 0)
                {
                    steps.add(step(EventType.ORDER_EXECUTE, order, quantity));
                    orders.remove(order.id);
                    traded += quantity;
                    left -= quantity;
                    if (quantity < order.quantity)
                    {
                        keepPlace(new Order(order.id, side, price, order.quantity - quantity));
                    }
                }
            }
            if (trades)
            {
                steps.add(new Step(EventType.TRADE, random.nextBoolean() ? side : Side.NONE, price, traded, 0));
            }
        }
        return steps.isEmpty() ? List.of(add()) : steps;
    }

    // It was the first of its level, and stays it.
    private void keepPlace(final Order order)
    {
        final Map<Long, Order> rest = new LinkedHashMap<>(orders);
        orders.clear();
        orders.put(order.id, order);
        orders.putAll(rest);
    }

    private static Step step(final int type, final Order order, final long quantity)
    {
        return new Step(type, order.side, order.price, quantity, order.id);
    }
}
