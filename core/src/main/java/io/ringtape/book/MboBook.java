package io.ringtape.book;

import io.ringtape.event.BookKind;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;

/**
 * A book by order: it holds each live order in the queue of its level, in time priority.
 * <p>
 * An order goes to the end of its queue when it is added, when its price or side changes and when its quantity grows;
 * a smaller quantity keeps its place. An order that is added twice is replaced; one that is modified but unknown is
 * added; both are counted. An order at quantity 0 is gone, and a level without an order too, so every order and every
 * level has a quantity above 0. Events that name levels are refused.
 * <p>
 * Hot path.
 * Thread safety: none; one thread.
 * Allocation: none once warm.
 */
final class MboBook extends Book
{
    static final String NEEDS_LEVELS = "book by order does not take levels";

    private final OrderIdMap ids = new OrderIdMap();
    private final OrderPool orders = new OrderPool();
    private final LevelPool levels = new LevelPool();

    MboBook(final InstrumentDefinition definition, final BookCounters counters)
    {
        super(definition.instrumentId(), BookKind.MBO, counters);
    }

    @Override
    void add(final OrderBookEvent event)
    {
        if (refusesAdd(event))
        {
            return;
        }
        final int known = ids.get(event.orderId());
        if (known != OrderIdMap.MISSING)
        {
            counters.duplicateAdds++;
            leave(known);
        }
        join(event);
    }

    @Override
    void modify(final OrderBookEvent event)
    {
        final int order = ids.get(event.orderId());
        if (order == OrderIdMap.MISSING)
        {
            counters.unknownOrders++;
            if (!refusesAdd(event))
            {
                join(event);
            }
            return;
        }
        final long quantity = event.quantity();
        if (event.price() == OrderBookEvent.NULL_PRICE || quantity < 0)
        {
            refuseModify(event);
        }
        else if (quantity == 0)
        {
            leave(order);
        }
        else
        {
            change(event, order);
        }
    }

    @Override
    void reduce(final OrderBookEvent event)
    {
        final int order = ids.get(event.orderId());
        if (order == OrderIdMap.MISSING)
        {
            counters.unknownOrders++;
            return;
        }
        final long amount = event.quantity();
        if (amount >= 0)
        {
            takeAway(order, amount);
        }
        else if (amount == OrderBookEvent.NULL_QUANTITY)
        {
            leave(order);
        }
        else
        {
            counters.refuse(event, BAD_QUANTITY);
        }
    }

    @Override
    void delete(final OrderBookEvent event)
    {
        final int order = ids.get(event.orderId());
        if (order == OrderIdMap.MISSING)
        {
            counters.unknownOrders++;
            return;
        }
        if (event.quantity() > orders.quantity(order))
        {
            counters.overReduces++;
        }
        leave(order);
    }

    @Override
    void execute(final OrderBookEvent event)
    {
        final int order = ids.get(event.orderId());
        if (order == OrderIdMap.MISSING)
        {
            counters.unknownOrders++;
            return;
        }
        final long amount = event.quantity();
        if (amount >= 0)
        {
            takeAway(order, amount);
        }
        else
        {
            counters.refuse(event, amount == OrderBookEvent.NULL_QUANTITY ? NO_QUANTITY : BAD_QUANTITY);
        }
    }

    @Override
    void quote(final OrderBookEvent event)
    {
        counters.refuse(event, NEEDS_LEVELS);
    }

    @Override
    void setLevel(final OrderBookEvent event)
    {
        counters.refuse(event, NEEDS_LEVELS);
    }

    @Override
    void clearBoth()
    {
        bids.truncate(0);
        asks.truncate(0);
        ids.clear();
        orders.clear();
        levels.clear();
    }

    @Override
    void clearSide(final int side)
    {
        final PriceLadder ladder = ladder(side);
        for (int index = ladder.count() - 1; index >= 0; index--)
        {
            final int level = (int)ladder.value(index);
            int order = levels.first(level);
            while (order != NO_ORDER)
            {
                final int next = orders.next(order);
                ids.remove(orders.id(order));
                orders.release(order);
                order = next;
            }
            levels.release(level);
        }
        ladder.truncate(0);
    }

    @Override
    public long quantity(final int side, final int level)
    {
        final PriceLadder ladder = ladder(side);
        return levels.quantity((int)ladder.value(ladder.indexOfLevel(level)));
    }

    @Override
    public int orderCount(final int side, final int level)
    {
        final PriceLadder ladder = ladder(side);
        return levels.orderCount((int)ladder.value(ladder.indexOfLevel(level)));
    }

    @Override
    public long quantityAt(final int side, final long price)
    {
        final PriceLadder ladder = ladder(side);
        final int index = ladder.find(price);
        return index >= 0 ? levels.quantity((int)ladder.value(index)) : 0;
    }

    @Override
    public int liveOrders()
    {
        return ids.size();
    }

    @Override
    public int firstOrder(final int side, final int level)
    {
        final PriceLadder ladder = ladder(side);
        return levels.first((int)ladder.value(ladder.indexOfLevel(level)));
    }

    @Override
    public int nextOrder(final int order)
    {
        return orders.next(requireLive(order));
    }

    @Override
    public int findOrder(final long orderId)
    {
        return ids.get(orderId);
    }

    @Override
    public long orderId(final int order)
    {
        return orders.id(requireLive(order));
    }

    @Override
    public long orderQuantity(final int order)
    {
        return orders.quantity(requireLive(order));
    }

    @Override
    public long orderPrice(final int order)
    {
        return levels.price(orders.level(requireLive(order)));
    }

    @Override
    public int orderSide(final int order)
    {
        return levels.side(orders.level(requireLive(order)));
    }

    /**
     * Adds an order at the end of the queue of its level, as a snapshot holds it.
     *
     * @param side     bid or ask.
     * @param price    not null.
     * @param id       of the order.
     * @param quantity above 0.
     * @return false if the book holds the order, or the total of the level does not fit.
     */
    boolean restore(final int side, final long price, final long id, final long quantity)
    {
        return ids.get(id) == OrderIdMap.MISSING && join(levelAt(side, price), id, quantity);
    }

    private void join(final OrderBookEvent event)
    {
        if (!join(levelAt(event.side(), event.price()), event.orderId(), event.quantity()))
        {
            counters.refuse(event, TOTAL_TOO_LARGE);
        }
    }

    private boolean join(final int level, final long id, final long quantity)
    {
        if (levels.quantity(level) + quantity < 0)
        {
            return false;
        }
        final int order = orders.take(id, quantity);
        levels.addQuantity(level, quantity);
        append(order, level);
        ids.add(id, order);
        return true;
    }

    private void leave(final int order)
    {
        final int level = orders.level(order);
        ids.remove(orders.id(order));
        levels.addQuantity(level, -orders.quantity(order));
        detach(order, level);
        closeIfEmpty(level);
        orders.release(order);
    }

    private void takeAway(final int order, final long amount)
    {
        final long open = orders.quantity(order) - amount;
        if (open > 0)
        {
            orders.quantity(order, open);
            levels.addQuantity(orders.level(order), -amount);
            return;
        }
        if (open < 0)
        {
            counters.overReduces++;
        }
        leave(order);
    }

    // An event without a side means the order's own: the order is known.
    private void change(final OrderBookEvent event, final int order)
    {
        final int from = orders.level(order);
        final int side = event.side() == Side.BID || event.side() == Side.ASK ? event.side() : levels.side(from);
        final long price = event.price();
        final long open = orders.quantity(order);
        final long quantity = event.quantity();
        if (side == levels.side(from) && price == levels.price(from))
        {
            final long total = levels.quantity(from) - open + quantity;
            if (total < 0)
            {
                counters.refuse(event, TOTAL_TOO_LARGE);
                return;
            }
            levels.quantity(from, total);
            orders.quantity(order, quantity);
            if (quantity > open)
            {
                detach(order, from);
                append(order, from);
            }
            return;
        }
        move(event, order, from, levelAt(side, price));
    }

    private void move(final OrderBookEvent event, final int order, final int from, final int to)
    {
        final long quantity = event.quantity();
        if (levels.quantity(to) + quantity < 0)
        {
            counters.refuse(event, TOTAL_TOO_LARGE);
            return;
        }
        levels.addQuantity(from, -orders.quantity(order));
        detach(order, from);
        closeIfEmpty(from);
        orders.quantity(order, quantity);
        levels.addQuantity(to, quantity);
        append(order, to);
    }

    // A new level is never left empty: its total of 0 takes any quantity.
    private int levelAt(final int side, final long price)
    {
        final PriceLadder ladder = ladder(side);
        final int index = ladder.find(price);
        if (index >= 0)
        {
            return (int)ladder.value(index);
        }
        final int level = levels.take(side, price);
        ladder.insert(~index, price, level);
        return level;
    }

    private void append(final int order, final int level)
    {
        final int last = levels.last(level);
        orders.link(order, level, last);
        if (last == NO_ORDER)
        {
            levels.first(level, order);
        }
        else
        {
            orders.next(last, order);
        }
        levels.last(level, order);
        levels.addOrder(level);
    }

    private void detach(final int order, final int level)
    {
        final int previous = orders.previous(order);
        final int next = orders.next(order);
        if (previous == NO_ORDER)
        {
            levels.first(level, next);
        }
        else
        {
            orders.next(previous, next);
        }
        if (next == NO_ORDER)
        {
            levels.last(level, previous);
        }
        else
        {
            orders.previous(next, previous);
        }
        levels.removeOrder(level);
    }

    private void closeIfEmpty(final int level)
    {
        if (levels.orderCount(level) == 0)
        {
            final PriceLadder ladder = ladder(levels.side(level));
            ladder.remove(ladder.find(levels.price(level)));
            levels.release(level);
        }
    }

    private void refuseModify(final OrderBookEvent event)
    {
        if (event.price() == OrderBookEvent.NULL_PRICE)
        {
            counters.refuse(event, NO_PRICE);
        }
        else
        {
            counters.refuse(event, event.quantity() == OrderBookEvent.NULL_QUANTITY ? NO_QUANTITY : BAD_QUANTITY);
        }
    }

    private int requireLive(final int order)
    {
        if (!orders.isLive(order))
        {
            throw new IndexOutOfBoundsException("no order has this handle: order=" + order);
        }
        return order;
    }
}
