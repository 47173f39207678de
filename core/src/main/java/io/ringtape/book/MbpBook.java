package io.ringtape.book;

import io.ringtape.event.BookKind;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;

/**
 * A book by price: order events change the total of the level at their price, level sets replace it.
 * <p>
 * It does not know single orders, so it refuses what needs them: a modify, and a reduce or delete of all of an order.
 * A quote is the new top of its side: levels better than it are gone; if the instrument shows one level only, it is
 * the whole side. The book holds what it is told and cuts nothing at the instrument's depth.
 * <p>
 * Hot path.
 * Thread safety: none; one thread.
 * Allocation: none once warm.
 */
final class MbpBook extends Book
{
    static final String NEEDS_ORDERS = "book by price does not know the order";

    private static final String NO_SUCH_ORDER = "book by price has no orders: order=";

    private final boolean topOnly;

    MbpBook(final InstrumentDefinition definition, final BookCounters counters)
    {
        super(definition.instrumentId(), BookKind.MBP, counters);
        topOnly = definition.depth() == 1;
    }

    @Override
    void add(final OrderBookEvent event)
    {
        if (refusesAdd(event))
        {
            return;
        }
        final PriceLadder ladder = ladder(event.side());
        final long price = event.price();
        final long quantity = event.quantity();
        final int index = ladder.find(price);
        if (index < 0)
        {
            ladder.insert(~index, price, quantity);
            return;
        }
        final long total = ladder.value(index) + quantity;
        if (total < 0)
        {
            counters.refuse(event, TOTAL_TOO_LARGE);
            return;
        }
        ladder.value(index, total);
    }

    @Override
    void modify(final OrderBookEvent event)
    {
        counters.refuse(event, NEEDS_ORDERS);
    }

    @Override
    void reduce(final OrderBookEvent event)
    {
        takeAway(event);
    }

    @Override
    void delete(final OrderBookEvent event)
    {
        takeAway(event);
    }

    @Override
    void execute(final OrderBookEvent event)
    {
        takeAway(event);
    }

    @Override
    void quote(final OrderBookEvent event)
    {
        final int side = event.side();
        final long price = event.price();
        if (hasSide(event) && price == OrderBookEvent.NULL_PRICE)
        {
            clearSide(side);
            return;
        }
        if (refusesTotal(event))
        {
            return;
        }
        final PriceLadder ladder = ladder(side);
        final int index = ladder.find(price);
        ladder.truncate(topOnly ? 0 : index >= 0 ? index : ~index);
        if (event.quantity() != 0)
        {
            ladder.insert(ladder.count(), price, event.quantity());
        }
    }

    @Override
    void setLevel(final OrderBookEvent event)
    {
        if (refusesTotal(event))
        {
            return;
        }
        final PriceLadder ladder = ladder(event.side());
        final long price = event.price();
        final long quantity = event.quantity();
        final int index = ladder.find(price);
        if (index >= 0)
        {
            if (quantity == 0)
            {
                ladder.remove(index);
            }
            else
            {
                ladder.value(index, quantity);
            }
        }
        else if (quantity != 0)
        {
            ladder.insert(~index, price, quantity);
        }
    }

    @Override
    void clearBoth()
    {
        bids.truncate(0);
        asks.truncate(0);
    }

    @Override
    void clearSide(final int side)
    {
        ladder(side).truncate(0);
    }

    @Override
    public long quantity(final int side, final int level)
    {
        final PriceLadder ladder = ladder(side);
        return ladder.value(ladder.indexOfLevel(level));
    }

    @Override
    public int orderCount(final int side, final int level)
    {
        ladder(side).indexOfLevel(level);
        return 0;
    }

    @Override
    public long quantityAt(final int side, final long price)
    {
        final PriceLadder ladder = ladder(side);
        final int index = ladder.find(price);
        return index >= 0 ? ladder.value(index) : 0;
    }

    @Override
    public int liveOrders()
    {
        return 0;
    }

    @Override
    public int firstOrder(final int side, final int level)
    {
        ladder(side).indexOfLevel(level);
        return NO_ORDER;
    }

    @Override
    public int nextOrder(final int order)
    {
        throw new IndexOutOfBoundsException(NO_SUCH_ORDER + order);
    }

    @Override
    public int findOrder(final long orderId)
    {
        return NO_ORDER;
    }

    @Override
    public long orderId(final int order)
    {
        throw new IndexOutOfBoundsException(NO_SUCH_ORDER + order);
    }

    @Override
    public long orderQuantity(final int order)
    {
        throw new IndexOutOfBoundsException(NO_SUCH_ORDER + order);
    }

    @Override
    public long orderPrice(final int order)
    {
        throw new IndexOutOfBoundsException(NO_SUCH_ORDER + order);
    }

    @Override
    public int orderSide(final int order)
    {
        throw new IndexOutOfBoundsException(NO_SUCH_ORDER + order);
    }

    private void takeAway(final OrderBookEvent event)
    {
        if (refusesTotal(event))
        {
            return;
        }
        final PriceLadder ladder = ladder(event.side());
        final int index = ladder.find(event.price());
        final long total = (index >= 0 ? ladder.value(index) : 0) - event.quantity();
        if (total < 0)
        {
            counters.overReduces++;
        }
        if (index >= 0)
        {
            if (total > 0)
            {
                ladder.value(index, total);
            }
            else
            {
                ladder.remove(index);
            }
        }
    }

    // A null quantity is the least long, so one comparison finds it too.
    private boolean refusesTotal(final OrderBookEvent event)
    {
        if (hasSide(event) && event.price() != OrderBookEvent.NULL_PRICE && event.quantity() >= 0)
        {
            return false;
        }
        refuseFields(event);
        return true;
    }
}
