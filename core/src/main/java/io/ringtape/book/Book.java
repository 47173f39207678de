package io.ringtape.book;

import io.ringtape.event.BookKind;
import io.ringtape.event.EventFlags;
import io.ringtape.event.Hash64;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import org.jspecify.annotations.Nullable;

/**
 * What both kinds of book share: two ladders of prices and the reading of them. {@link Books} calls the methods that
 * change a book; each of them counts what it cannot apply and never throws.
 * <p>
 * Thread safety: none; one thread.
 * Allocation: none once warm.
 */
abstract class Book implements OrderBook
{
    static final String NO_SIDE = "event has no side";
    static final String NO_PRICE = "event has no price";
    static final String NO_QUANTITY = "event has no quantity";
    static final String BAD_QUANTITY = "quantity is out of range";
    static final String TOTAL_TOO_LARGE = "total of the level does not fit";

    final PriceLadder bids = new PriceLadder(Side.BID);
    final PriceLadder asks = new PriceLadder(Side.ASK);
    final BookCounters counters;
    // By side, so that the hot path picks one without a branch that no processor can predict.
    private final @Nullable PriceLadder[] ladders = {null, bids, asks, null};
    private final int instrumentId;
    private final BookKind kind;
    private boolean suspect;

    Book(final int instrumentId, final BookKind kind, final BookCounters counters)
    {
        this.instrumentId = instrumentId;
        this.kind = kind;
        this.counters = counters;
    }

    abstract void add(OrderBookEvent event);

    abstract void modify(OrderBookEvent event);

    abstract void reduce(OrderBookEvent event);

    abstract void delete(OrderBookEvent event);

    abstract void execute(OrderBookEvent event);

    abstract void quote(OrderBookEvent event);

    abstract void setLevel(OrderBookEvent event);

    abstract void clearBoth();

    abstract void clearSide(int side);

    final void clear(final OrderBookEvent event)
    {
        final int side = event.side();
        if (side == Side.BID || side == Side.ASK)
        {
            clearSide(side);
        }
        else
        {
            clearBoth();
            suspect = event.has(EventFlags.SUSPECT_BOOK);
        }
    }

    /**
     * Makes the book empty, for what a snapshot holds.
     *
     * @param isSuspect whether it may be wrong.
     */
    final void startRestore(final boolean isSuspect)
    {
        clearBoth();
        suspect = isSuspect;
    }

    final void markSuspect()
    {
        suspect = true;
    }

    /**
     * Adds the levels to a hash, bids then asks, by ascending price.
     *
     * @param start the hash so far.
     * @return the hash with the levels.
     */
    final long addTo(final long start)
    {
        long hash = start;
        for (int level = bids.count() - 1; level >= 0; level--)
        {
            hash = addLevel(hash, Side.BID, level);
        }
        for (int level = 0; level < asks.count(); level++)
        {
            hash = addLevel(hash, Side.ASK, level);
        }
        return hash;
    }

    /**
     * Whether an event that adds to a level cannot be applied; if so it is counted.
     *
     * @param event that needs a side, a price and a quantity above 0.
     * @return true if one of them is missing.
     */
    final boolean refusesAdd(final OrderBookEvent event)
    {
        if (hasSide(event) && event.price() != OrderBookEvent.NULL_PRICE && event.quantity() > 0)
        {
            return false;
        }
        refuseFields(event);
        return true;
    }

    final boolean hasSide(final OrderBookEvent event)
    {
        return ladders[event.side()] != null;
    }

    final void refuseFields(final OrderBookEvent event)
    {
        if (!hasSide(event))
        {
            counters.refuse(event, NO_SIDE);
        }
        else if (event.price() == OrderBookEvent.NULL_PRICE)
        {
            counters.refuse(event, NO_PRICE);
        }
        else if (event.quantity() == OrderBookEvent.NULL_QUANTITY)
        {
            counters.refuse(event, NO_QUANTITY);
        }
        else
        {
            counters.refuse(event, BAD_QUANTITY);
        }
    }

    final PriceLadder ladder(final int side)
    {
        final PriceLadder ladder = side >= 0 && side < ladders.length ? ladders[side] : null;
        if (ladder == null)
        {
            throw new IllegalArgumentException("side must be bid or ask: side=" + side);
        }
        return ladder;
    }

    @Override
    public final int instrumentId()
    {
        return instrumentId;
    }

    @Override
    public final BookKind kind()
    {
        return kind;
    }

    @Override
    public final long bestBid()
    {
        return bids.bestPrice();
    }

    @Override
    public final long bestAsk()
    {
        return asks.bestPrice();
    }

    @Override
    public final int levelCount(final int side)
    {
        return ladder(side).count();
    }

    @Override
    public final long price(final int side, final int level)
    {
        final PriceLadder ladder = ladder(side);
        return ladder.price(ladder.indexOfLevel(level));
    }

    @Override
    public final boolean isCrossed()
    {
        return bids.count() > 0 && asks.count() > 0 && bids.bestPrice() >= asks.bestPrice();
    }

    @Override
    public final boolean isSuspect()
    {
        return suspect;
    }

    private long addLevel(final long hash, final int side, final int level)
    {
        return Hash64.addLevel(
            hash, instrumentId, side, price(side, level), quantity(side, level), orderCount(side, level));
    }
}
