package io.ringtape.backtest;

import io.ringtape.book.OrderBook;
import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/**
 * The own orders at one price, in the order in which they came, and which of the recorded orders there stand before
 * which of them.
 * <p>
 * A recorded order's tag is the number of own orders that were there before it was first looked at; it stands ahead of
 * the own orders whose tags are higher. Recorded orders are looked at when an own order comes, so those without a tag
 * came later than all own orders. A tag outlives a clear of the book: an order that is there again behind it has its
 * place again. The map is only looked up, never iterated.
 */
final class OwnLevel
{
    private static final int INITIAL_CAPACITY = 8;
    private static final long NO_TAG = -1;

    private final Long2LongHashMap tags = new Long2LongHashMap(256, 0.5f, NO_TAG);
    private RestingOrder[] orders = new RestingOrder[INITIAL_CAPACITY];
    private int count;
    private int lastTag;
    private int side;
    private long price;

    void open(final int newSide, final long newPrice)
    {
        side = newSide;
        price = newPrice;
        count = 0;
        lastTag = 0;
        tags.clear();
    }

    int side()
    {
        return side;
    }

    long price()
    {
        return price;
    }

    int count()
    {
        return count;
    }

    RestingOrder order(final int index)
    {
        return orders[index];
    }

    /** Adds an order behind all others of the level. */
    void add(final RestingOrder order)
    {
        if (count == orders.length)
        {
            orders = Arrays.copyOf(orders, 2 * count);
        }
        orders[count++] = order;
        order.tag = ++lastTag;
        order.level = this;
    }

    void remove(final RestingOrder order)
    {
        int index = 0;
        while (orders[index] != order)
        {
            index++;
        }
        count--;
        System.arraycopy(orders, index + 1, orders, index, count - index);
    }

    /** Gives the recorded orders of the level that have none a tag: they stand ahead of the own order that came. */
    void tagRecorded(final OrderBook book, final int bookLevel)
    {
        for (int order = book.firstOrder(side, bookLevel); order != OrderBook.NO_ORDER; order = book.nextOrder(order))
        {
            tags.putIfAbsent(book.orderId(order), lastTag - 1L);
        }
    }

    /** Whether a recorded order stands ahead of an own one. */
    boolean isTagged(final long orderId)
    {
        return tags.get(orderId) != NO_TAG;
    }

    /** A recorded order shrank, and kept its place or not. */
    void onTaken(final long orderId, final long quantity, final boolean keptPlace)
    {
        final long tag = tags.get(orderId);
        if (tag == NO_TAG)
        {
            return;
        }
        if (!keptPlace)
        {
            tags.remove(orderId);
        }
        for (int i = count - 1; i >= 0 && orders[i].tag > tag; i--)
        {
            final RestingOrder order = orders[i];
            order.ahead = order.isUnseen() ? RestingOrder.UNKNOWN : Math.max(0, order.ahead - quantity);
        }
    }

    /**
     * A recorded order that was cleared away is there again, ahead of those that it stood ahead of.
     *
     * @param orderId  that has a tag.
     * @param quantity it comes back with.
     * @param atStart  whether it counts for the venue event in hand too, whose start did not know it.
     */
    void onReturned(final long orderId, final long quantity, final boolean atStart)
    {
        final long tag = tags.get(orderId);
        for (int i = count - 1; i >= 0 && orders[i].tag > tag; i--)
        {
            final RestingOrder order = orders[i];
            order.ahead = order.isUnseen() ? RestingOrder.UNKNOWN : order.ahead + quantity;
            order.aheadAtStart = atStart && !order.isUnseen() ? order.aheadAtStart + quantity : order.aheadAtStart;
        }
    }

    /** A recorded order is at another level, or came to this one anew, behind all own ones. */
    void forget(final long orderId)
    {
        tags.remove(orderId);
    }

    /** Adds up anew what stands ahead of each own order, where the book was cleared and filled again. */
    void recount(final OrderBook book, final int bookLevel)
    {
        for (int i = 0; i < count; i++)
        {
            long ahead = 0;
            for (int order = bookLevel < 0 ? OrderBook.NO_ORDER : book.firstOrder(side, bookLevel);
                order != OrderBook.NO_ORDER; order = book.nextOrder(order))
            {
                final long tag = tags.get(book.orderId(order));
                ahead += tag != NO_TAG && tag < orders[i].tag ? book.orderQuantity(order) : 0;
            }
            orders[i].ahead = ahead;
        }
    }
}
