package io.ringtape.book;

import io.ringtape.event.BookKind;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;

/**
 * What can be read of the book of one instrument, the same for a book by order and a book by price.
 * <p>
 * A level is named by its distance from the top: 0 is the best price of its side. An order is named by a handle, an
 * {@code int} that is valid until the next event is applied; only books by order have orders to show.
 * <p>
 * Thread safety: none; read on the thread that applies the events.
 * Allocation: none.
 */
public interface OrderBook
{
    /** The handle that says that there is no order, or no further one. */
    int NO_ORDER = -1;

    /**
     * The instrument.
     *
     * @return index into the {@link io.ringtape.event.Definitions}.
     */
    int instrumentId();

    /**
     * How the events of the instrument describe the book.
     *
     * @return by order or by price.
     */
    BookKind kind();

    /**
     * The highest price that someone buys at.
     *
     * @return the price, or {@link OrderBookEvent#NULL_PRICE} if there is no bid.
     */
    long bestBid();

    /**
     * The lowest price that someone sells at.
     *
     * @return the price, or {@link OrderBookEvent#NULL_PRICE} if there is no ask.
     */
    long bestAsk();

    /**
     * How many levels a side has.
     *
     * @param side {@link Side#BID} or {@link Side#ASK}.
     * @return 0 or more.
     * @throws IllegalArgumentException if the side is neither.
     */
    int levelCount(int side);

    /**
     * The price of a level.
     *
     * @param side  {@link Side#BID} or {@link Side#ASK}.
     * @param level 0 (the best) to {@link #levelCount(int)} - 1.
     * @return the price.
     * @throws IllegalArgumentException  if the side is neither.
     * @throws IndexOutOfBoundsException if there is no such level.
     */
    long price(int side, int level);

    /**
     * The total of a level.
     *
     * @param side  {@link Side#BID} or {@link Side#ASK}.
     * @param level 0 (the best) to {@link #levelCount(int)} - 1.
     * @return the open quantity at the price, above 0.
     * @throws IllegalArgumentException  if the side is neither.
     * @throws IndexOutOfBoundsException if there is no such level.
     */
    long quantity(int side, int level);

    /**
     * How many orders stand at a level.
     *
     * @param side  {@link Side#BID} or {@link Side#ASK}.
     * @param level 0 (the best) to {@link #levelCount(int)} - 1.
     * @return 1 or more; 0 on a book by price, which does not know.
     * @throws IllegalArgumentException  if the side is neither.
     * @throws IndexOutOfBoundsException if there is no such level.
     */
    int orderCount(int side, int level);

    /**
     * The total at a price.
     *
     * @param side  {@link Side#BID} or {@link Side#ASK}.
     * @param price any price.
     * @return the open quantity, 0 if there is no level at the price.
     * @throws IllegalArgumentException if the side is neither.
     */
    long quantityAt(int side, long price);

    /**
     * How many orders the book holds.
     *
     * @return 0 or more; 0 on a book by price.
     */
    int liveOrders();

    /**
     * Whether the best bid is at or above the best ask, as it may be before an open or inside a venue event.
     *
     * @return true if both sides have a level and they touch or cross.
     */
    boolean isCrossed();

    /**
     * Whether the book may be wrong: an event said so, and no clear of both sides came since that did not.
     *
     * @return true if it may be wrong.
     */
    boolean isSuspect();

    /**
     * Whether the book has a price to go by: both sides are there, it is neither crossed nor suspect.
     *
     * @return true if {@link #bestBid()} is below {@link #bestAsk()} and both can be believed.
     */
    default boolean isTwoSided()
    {
        return bestBid() != OrderBookEvent.NULL_PRICE && bestAsk() != OrderBookEvent.NULL_PRICE && !isCrossed() &&
            !isSuspect();
    }

    /**
     * The order that was first in the queue of a level.
     *
     * @param side  {@link Side#BID} or {@link Side#ASK}.
     * @param level 0 (the best) to {@link #levelCount(int)} - 1.
     * @return its handle; {@link #NO_ORDER} on a book by price.
     * @throws IllegalArgumentException  if the side is neither.
     * @throws IndexOutOfBoundsException if there is no such level.
     */
    int firstOrder(int side, int level);

    /**
     * The order behind an order in the queue of its level. An order loses its place when its price changes or its
     * quantity grows.
     *
     * @param order handle of a live order.
     * @return handle of the next order, or {@link #NO_ORDER} at the end of the queue.
     * @throws IndexOutOfBoundsException if no order has the handle.
     */
    int nextOrder(int order);

    /**
     * Finds an order.
     *
     * @param orderId the venue's order id.
     * @return its handle, or {@link #NO_ORDER} if the book does not hold it.
     */
    int findOrder(long orderId);

    /**
     * The venue's id of an order.
     *
     * @param order handle of a live order.
     * @return any value.
     * @throws IndexOutOfBoundsException if no order has the handle.
     */
    long orderId(int order);

    /**
     * The open quantity of an order.
     *
     * @param order handle of a live order.
     * @return above 0.
     * @throws IndexOutOfBoundsException if no order has the handle.
     */
    long orderQuantity(int order);

    /**
     * The price of an order.
     *
     * @param order handle of a live order.
     * @return its limit price.
     * @throws IndexOutOfBoundsException if no order has the handle.
     */
    long orderPrice(int order);

    /**
     * The side of an order.
     *
     * @param order handle of a live order.
     * @return {@link Side#BID} or {@link Side#ASK}.
     * @throws IndexOutOfBoundsException if no order has the handle.
     */
    int orderSide(int order);
}
