package io.ringtape.book;

import io.ringtape.event.EventType;
import io.ringtape.event.Hash64;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A book as slow and plain as it can be: what the real ones are held against. A book by order keeps a list of orders
 * by time and sums up its levels each time that it is asked; a book by price keeps a map a side.
 */
final class NaiveBook
{
    long unknownOrders;
    long overReduces;
    long duplicateAdds;
    long refusedEvents;

    private final boolean byOrder;
    private final boolean topOnly;
    private final List<Order> orders = new ArrayList<>();
    private final Map<Integer, TreeMap<Long, Long>> totals = new HashMap<>();

    record Order(long id, int side, long price, long quantity)
    {
    }

    record Level(long price, long quantity, int orders)
    {
    }

    NaiveBook(final boolean byOrder, final boolean topOnly)
    {
        this.byOrder = byOrder;
        this.topOnly = topOnly;
        totals.put(Side.BID, new TreeMap<>(Comparator.reverseOrder()));
        totals.put(Side.ASK, new TreeMap<>());
    }

    void apply(final int type, final Order order)
    {
        if (type == EventType.BOOK_CLEAR)
        {
            final boolean both = order.side() != Side.BID && order.side() != Side.ASK;
            orders.removeIf((known) -> both || known.side() == order.side());
            totals.forEach((side, map) -> map.keySet().removeIf((price) -> both || side == order.side()));
        }
        else if (byOrder)
        {
            applyToOrders(type, order);
        }
        else
        {
            applyToLevels(type, order);
        }
    }

    List<Order> orders(final int side, final long price)
    {
        return orders.stream().filter((order) -> order.side() == side && order.price() == price).toList();
    }

    Order order(final long id)
    {
        return orders.stream().filter((order) -> order.id() == id).findFirst().orElse(new Order(id, 0, 0, 0));
    }

    int liveOrders()
    {
        return orders.size();
    }

    List<Level> levels(final int side)
    {
        if (!byOrder)
        {
            return totals.get(side).entrySet().stream()
                .map((entry) -> new Level(entry.getKey(), entry.getValue(), 0)).toList();
        }
        final TreeMap<Long, Level> levels =
            new TreeMap<>(side == Side.BID ? Comparator.<Long>reverseOrder() : Comparator.<Long>naturalOrder());
        for (final Order order : orders)
        {
            if (order.side() == side)
            {
                levels.merge(order.price(), new Level(order.price(), order.quantity(), 1),
                    (a, b) -> new Level(a.price(), a.quantity() + b.quantity(), a.orders() + b.orders()));
            }
        }
        return List.copyOf(levels.values());
    }

    long hash(final long start, final int instrumentId)
    {
        long hash = start;
        for (final int side : new int[]{Side.BID, Side.ASK})
        {
            final List<Level> sorted = new ArrayList<>(levels(side));
            sorted.sort(Comparator.comparingLong(Level::price));
            for (final Level level : sorted)
            {
                hash = Hash64.addLevel(hash, instrumentId, side, level.price(), level.quantity(), level.orders());
            }
        }
        return hash;
    }

    private void applyToOrders(final int type, final Order order)
    {
        final Order known = order(order.id());
        final boolean isKnown = orders.contains(known);
        if (type == EventType.QUOTE || type == EventType.LEVEL_SET)
        {
            refusedEvents++;
        }
        else if (type == EventType.ORDER_ADD)
        {
            if (accepts(order, 1))
            {
                duplicateAdds += isKnown ? 1 : 0;
                orders.remove(known);
                orders.add(order);
            }
        }
        else if (!isKnown)
        {
            unknownOrders++;
            if (type == EventType.ORDER_MODIFY && accepts(order, 1))
            {
                orders.add(order);
            }
        }
        else if (type == EventType.ORDER_MODIFY)
        {
            modify(known, order);
        }
        else
        {
            takeFromOrder(type, known, order.quantity());
        }
    }

    private void modify(final Order known, final Order order)
    {
        final int side = order.side() == Side.BID || order.side() == Side.ASK ? order.side() : known.side();
        if (!accepts(new Order(order.id(), side, order.price(), order.quantity()), 0))
        {
            return;
        }
        final int place = orders.indexOf(known);
        orders.remove(known);
        if (order.quantity() > 0)
        {
            final boolean stays =
                side == known.side() && order.price() == known.price() && order.quantity() <= known.quantity();
            orders.add(stays ? place : orders.size(), new Order(order.id(), side, order.price(), order.quantity()));
        }
    }

    private void takeFromOrder(final int type, final Order known, final long amount)
    {
        final boolean all = amount == OrderBookEvent.NULL_QUANTITY && type != EventType.ORDER_EXECUTE;
        if (amount < 0 && !all && type != EventType.ORDER_DELETE)
        {
            refusedEvents++;
            return;
        }
        overReduces += amount > known.quantity() ? 1 : 0;
        final int place = orders.indexOf(known);
        orders.remove(known);
        if (!all && type != EventType.ORDER_DELETE && amount < known.quantity())
        {
            orders.add(place, new Order(known.id(), known.side(), known.price(), known.quantity() - amount));
        }
    }

    private void applyToLevels(final int type, final Order order)
    {
        final boolean hasSide = order.side() == Side.BID || order.side() == Side.ASK;
        if (type == EventType.QUOTE && hasSide && order.price() == OrderBookEvent.NULL_PRICE)
        {
            totals.get(order.side()).clear();
            return;
        }
        if (type == EventType.ORDER_MODIFY)
        {
            refusedEvents++;
            return;
        }
        if (!accepts(order, type == EventType.ORDER_ADD ? 1 : 0))
        {
            return;
        }
        final TreeMap<Long, Long> levels = totals.get(order.side());
        final long old = levels.getOrDefault(order.price(), 0L);
        switch (type)
        {
            case EventType.ORDER_ADD -> levels.put(order.price(), old + order.quantity());
            case EventType.LEVEL_SET -> levels.put(order.price(), order.quantity());
            case EventType.QUOTE ->
            {
                levels.keySet().removeIf((price) ->
                    topOnly || (order.side() == Side.BID ? price > order.price() : price < order.price()));
                levels.put(order.price(), order.quantity());
            }
            default ->
            {
                overReduces += order.quantity() > old ? 1 : 0;
                levels.put(order.price(), Math.max(0, old - order.quantity()));
            }
        }
        levels.values().removeIf((total) -> total == 0);
    }

    private boolean accepts(final Order order, final long leastQuantity)
    {
        final boolean accepted = (order.side() == Side.BID || order.side() == Side.ASK) &&
            order.price() != OrderBookEvent.NULL_PRICE && order.quantity() >= leastQuantity;
        refusedEvents += accepted ? 0 : 1;
        return accepted;
    }
}
