package io.ringtape.backtest;

import io.ringtape.book.OrderBook;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;

/**
 * What the recorded book of one instrument shows, less what own orders took of it. Hot path.
 * <p>
 * Thread safety: none; the thread of the venue.
 * Allocation: on construction, and while more levels have been taken from than ever before.
 */
final class DisplayedBook
{
    static final int NO_LEVEL = -1;

    private final TakenLevels takenBids = new TakenLevels(Side.BID);
    private final TakenLevels takenAsks = new TakenLevels(Side.ASK);
    private final OrderBook book;
    private final int depth;
    private boolean isTrading = true;

    /**
     * Nothing taken.
     *
     * @param book  as it was recorded.
     * @param depth levels that its source shows; 0 for all.
     */
    DisplayedBook(final OrderBook book, final int depth)
    {
        this.book = book;
        this.depth = depth;
    }

    /**
     * Whether a level is there for an order of the other side. A book that may be wrong, is crossed as before an open,
     * or whose instrument the venue does not trade, trades with nobody.
     *
     * @param side  of the level.
     * @param limit of the order; null for any price.
     * @param level 0 for the best one.
     */
    boolean isReachable(final int side, final long limit, final int level)
    {
        return isTrading && level < book.levelCount(side) && !book.isSuspect() && !book.isCrossed() &&
            crosses(Side.opposite(side), limit, book.price(side, level));
    }

    /** Whether an order of a side, with a limit or without, trades at a price. */
    static boolean crosses(final int side, final long limit, final long price)
    {
        return limit == OrderBookEvent.NULL_PRICE || (side == Side.BID ? price <= limit : price >= limit);
    }

    long price(final int side, final int level)
    {
        return book.price(side, level);
    }

    /** What is left of a level. */
    long available(final int side, final int level)
    {
        return taken(side).available(book.price(side, level), book.quantity(side, level));
    }

    void take(final int side, final int level, final long quantity)
    {
        taken(side).take(book.price(side, level), book.quantity(side, level), quantity);
    }

    /** Whether anything counts as taken. */
    boolean isTaken()
    {
        return !takenBids.isEmpty() || !takenAsks.isEmpty();
    }

    /** Whether the venue trades the instrument from here on. */
    void trading(final boolean isTradingNow)
    {
        isTrading = isTradingNow;
    }

    /** Holds what was taken against the book, at the end of a venue event. */
    void update()
    {
        takenBids.update(this);
        takenAsks.update(this);
    }

    /** What the book shows at a price; 0 if it has no such level. */
    long quantityAt(final int side, final long price)
    {
        return book.quantityAt(side, price);
    }

    /** Whether a price is one of which a source that shows so many levels says nothing. */
    boolean isBeyondWindow(final int side, final long price)
    {
        if (depth == 0 || book.levelCount(side) < depth)
        {
            return false;
        }
        final long deepest = book.price(side, book.levelCount(side) - 1);
        return side == Side.BID ? price < deepest : price > deepest;
    }

    /** The level of a price; {@link #NO_LEVEL} if there is none. */
    int level(final int side, final long price)
    {
        for (int level = 0; level < book.levelCount(side); level++)
        {
            if (book.price(side, level) == price)
            {
                return level;
            }
        }
        return NO_LEVEL;
    }

    private TakenLevels taken(final int side)
    {
        return side == Side.BID ? takenBids : takenAsks;
    }
}
