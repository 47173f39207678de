package io.ringtape.backtest;

import io.ringtape.book.OrderBook;
import io.ringtape.event.BookKind;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.event.TradingStatus;
import io.ringtape.order.FeeCalculator;
import io.ringtape.order.FeeRate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The own orders of one instrument beside its recorded book; {@link SimulatedVenue} has the rules. Hot path.
 * <p>
 * Thread safety: none; the thread of the venue.
 * Allocation: on construction, and while more orders or levels are there than ever before.
 */
final class VenueBook
{
    private final OwnSide bids = new OwnSide(Side.BID);
    private final OwnSide asks = new OwnSide(Side.ASK);
    private final TradedVolume volume = new TradedVolume();
    private final OrderBook book;
    private final DisplayedBook displayed;
    private final FeeCalculator fees;
    private final VenueAnswers answers;
    private final Consumer<RestingOrder> onGone;
    private final int instrumentId;
    private final long tickSize;
    private final long lotSize;
    private final boolean exact;
    private int orderCount;
    private boolean cleared;
    private boolean touched;
    /** Whether orders that stood ahead of own ones may come back. */
    private boolean mayReturn;
    private boolean wasKnown;
    private @Nullable OwnLevel watched;
    private long watchedId;
    private long watchedQuantity;

    /** No orders yet; the answers get the fills, {@code onGone} each order that has rested and is filled. */
    VenueBook(
        final InstrumentDefinition instrument, final OrderBook book, final QueueModel queueModel, final FeeRate rate,
        final VenueAnswers answers, final Consumer<RestingOrder> onGone)
    {
        this.book = book;
        displayed = new DisplayedBook(book, instrument.depth());
        this.answers = answers;
        this.onGone = onGone;
        fees = new FeeCalculator(instrument, rate);
        instrumentId = instrument.instrumentId();
        tickSize = instrument.tickSize();
        lotSize = instrument.lotSize();
        exact = queueModel == QueueModel.EXACT_BY_ORDER_ID && book.kind() == BookKind.MBO;
    }

    int instrumentId()
    {
        return instrumentId;
    }

    int orderCount()
    {
        return orderCount;
    }

    /** Whether what is recorded matters to own orders. */
    boolean isInterested()
    {
        return orderCount > 0 || displayed.isTaken();
    }

    /** Takes whether the venue trades the instrument. */
    void status(final long status)
    {
        displayed.trading(status == TradingStatus.TRADING);
    }

    /** Whether a price, where there is one, is a multiple of the tick and a quantity one of the lot, where known. */
    boolean takes(final long price, final long quantity)
    {
        return (tickSize == 0 || price == OrderBookEvent.NULL_PRICE || price % tickSize == 0) &&
            (lotSize == 0 || quantity % lotSize == 0);
    }

    /** Notes that the venue event in hand has an event of the instrument; true for the first one. */
    boolean touch()
    {
        final boolean first = !touched;
        touched = true;
        return first;
    }

    /** Whether an order would be filled at once, in part at least, or meet an own one. */
    boolean wouldTake(final int side, final long limit)
    {
        if (meetsOwn(side, limit))
        {
            return true;
        }
        final int opposite = Side.opposite(side);
        for (int level = 0; displayed.isReachable(opposite, limit, level); level++)
        {
            if (displayed.available(opposite, level) > 0)
            {
                return true;
            }
        }
        return false;
    }

    /**
     * Fills an order that comes with what is displayed, the best price first, but not behind an own order of the other
     * side: that one it would meet first.
     *
     * @param order with its open quantity.
     * @param limit of the order; null for any price.
     */
    void take(final RestingOrder order, final long limit)
    {
        final int opposite = Side.opposite(order.side);
        final OwnSide own = ownSide(opposite);
        for (int level = 0; order.open > 0 && displayed.isReachable(opposite, limit, level); level++)
        {
            final long price = displayed.price(opposite, level);
            if (own.count() > 0 && !own.isBetter(price, own.level(0).price()))
            {
                return;
            }
            final long quantity = Math.min(order.open, displayed.available(opposite, level));
            if (quantity > 0)
            {
                displayed.take(opposite, level, quantity);
                fill(order, price, quantity, false);
            }
        }
    }

    /** Whether an order would meet an own one of the other side. */
    boolean meetsOwn(final int side, final long limit)
    {
        final OwnSide own = ownSide(Side.opposite(side));
        return own.count() > 0 && DisplayedBook.crosses(side, limit, own.level(0).price());
    }

    /** Puts an order behind what is there. */
    void rest(final RestingOrder order)
    {
        mayReturn &= orderCount > 0;
        final OwnLevel level = ownSide(order.side).levelAt(order.price);
        final long before = level.count() == 0 ? 0 : level.order(level.count() - 1).ahead;
        final long atPrice = displayed.isBeyondWindow(order.side, order.price) ?
            RestingOrder.UNKNOWN : book.quantityAt(order.side, order.price);
        level.add(order);
        order.book = this;
        order.ahead = exact ? atPrice : Math.max(atPrice, before);
        order.aheadAtStart = order.ahead;
        orderCount++;
        if (exact)
        {
            final int bookLevel = displayed.level(order.side, order.price);
            if (bookLevel != DisplayedBook.NO_LEVEL)
            {
                level.tagRecorded(book, bookLevel);
            }
        }
    }

    void cancel(final RestingOrder order)
    {
        final OwnLevel level = order.level;
        if (level != null)
        {
            level.remove(order);
            ownSide(order.side).removeIfEmpty(level);
            orderCount--;
        }
    }

    /** An event that its book has not applied yet. */
    void before(final OrderBookEvent event)
    {
        if (orderCount == 0)
        {
            return;
        }
        switch (event.type())
        {
            case EventType.ORDER_EXECUTE -> execute(event);
            case EventType.FILL_REPORT -> traded(TradedVolume.REPORTED, event);
            case EventType.TRADE -> traded(TradedVolume.TRADED, event);
            case EventType.ORDER_ADD, EventType.ORDER_MODIFY, EventType.ORDER_REDUCE, EventType.ORDER_DELETE ->
                watch(event);
            case EventType.BOOK_CLEAR ->
            {
                cleared = true;
                mayReturn = exact;
            }
            default ->
            {
                // Levels of a book by price are compared at the end of the venue event.
            }
        }
    }

    /** The same event, which its book has applied. */
    void after(final OrderBookEvent event)
    {
        final OwnLevel level = watched;
        if (level != null)
        {
            watched = null;
            onWatched(event, level);
        }
        if (mayReturn && (event.type() == EventType.ORDER_ADD || event.type() == EventType.ORDER_MODIFY))
        {
            onReturned(event.orderId(), level);
        }
    }

    private void onWatched(final OrderBookEvent event, final OwnLevel level)
    {
        final int order = book.findOrder(watchedId);
        final boolean kept = order != OrderBook.NO_ORDER && event.type() != EventType.ORDER_ADD &&
            book.orderSide(order) == level.side() && book.orderPrice(order) == level.price() &&
            book.orderQuantity(order) <= watchedQuantity;
        level.onTaken(watchedId, kept ? watchedQuantity - book.orderQuantity(order) : watchedQuantity, kept);
    }

    // Behind a clear an order has its place from before it, if the first that is said of it is that it is there again.
    // What comes back elsewhere has lost it, also where no own order stands there.
    private void onReturned(final long orderId, final @Nullable OwnLevel before)
    {
        final int order = book.findOrder(orderId);
        if (order == OrderBook.NO_ORDER)
        {
            return;
        }
        final OwnLevel level = ownSide(book.orderSide(order)).find(book.orderPrice(order));
        bids.forgetElsewhere(orderId, level);
        asks.forgetElsewhere(orderId, level);
        if (level == null || !level.isTagged(orderId))
        {
            return;
        }
        if (!wasKnown)
        {
            level.onReturned(orderId, book.orderQuantity(order), !cleared);
        }
        else if (level != before)
        {
            level.forget(orderId);
        }
    }

    /** The venue event has ended: own orders get what they would have got of it. */
    void settle()
    {
        touched = false;
        displayed.update();
        if (cleared)
        {
            cleared = false;
            recount(bids);
            recount(asks);
        }
        if (volume.count() > 0)
        {
            matchTrades(bids);
            matchTrades(asks);
            volume.clear();
        }
        if (orderCount > 0)
        {
            matchDisplayed(bids);
            matchDisplayed(asks);
            startNext(bids);
            startNext(asks);
        }
    }

    private void execute(final OrderBookEvent event)
    {
        final int order = book.findOrder(event.orderId());
        final boolean known = order != OrderBook.NO_ORDER;
        final long price = event.price() == OrderBookEvent.NULL_PRICE && known ? book.orderPrice(order) : event.price();
        final int side = event.side() == Side.NONE && known ? book.orderSide(order) : event.side();
        if (price != OrderBookEvent.NULL_PRICE && event.quantity() > 0)
        {
            volume.add(TradedVolume.EXECUTED, side, price, event.quantity());
        }
        watch(event);
    }

    private void traded(final int kind, final OrderBookEvent event)
    {
        if (event.price() != OrderBookEvent.NULL_PRICE && event.quantity() > 0 &&
            !event.has(EventFlags.NOT_PRINTABLE))
        {
            volume.add(kind, event.side(), event.price(), event.quantity());
        }
    }

    private void watch(final OrderBookEvent event)
    {
        final int order = exact ? book.findOrder(event.orderId()) : OrderBook.NO_ORDER;
        wasKnown = order != OrderBook.NO_ORDER;
        if (!wasKnown)
        {
            return;
        }
        final OwnLevel level = ownSide(book.orderSide(order)).find(book.orderPrice(order));
        if (level != null && level.isTagged(event.orderId()))
        {
            watched = level;
            watchedId = event.orderId();
            watchedQuantity = book.orderQuantity(order);
        }
    }

    private void matchTrades(final OwnSide own)
    {
        // From the best price on, and a level that is empty is gone.
        int index = 0;
        while (index < own.count())
        {
            final OwnLevel level = own.level(index);
            matchAtPrice(level);
            matchThrough(own, level);
            index = sweep(own, level) ? index : index + 1;
        }
    }

    private void matchAtPrice(final OwnLevel level)
    {
        final int at = volumeAt(level);
        if (at < 0)
        {
            return;
        }
        final long traded = volume.left(at);
        long ownFills = 0;
        for (int i = 0; i < level.count(); i++)
        {
            final RestingOrder order = level.order(i);
            final long usable = traded - ownFills;
            final long quantity = Math.min(order.open, Math.max(0, usable - order.aheadOf(exact)));
            if (!exact && !order.isUnseen())
            {
                order.ahead = Math.max(0, order.ahead - usable);
            }
            if (quantity > 0)
            {
                ownFills += quantity;
                fill(order, order.price, quantity, true);
            }
        }
        volume.use(at, ownFills);
    }

    private void matchThrough(final OwnSide own, final OwnLevel level)
    {
        for (int at = nextThrough(own, level, level.price()); at >= 0;
            at = nextThrough(own, level, volume.price(at)))
        {
            for (int i = 0; i < level.count(); i++)
            {
                final RestingOrder order = level.order(i);
                order.ahead = exact ? order.ahead : 0;
                final long quantity = Math.min(order.open, volume.left(at));
                if (quantity > 0)
                {
                    volume.use(at, quantity);
                    fill(order, order.price, quantity, true);
                }
            }
        }
    }

    private int volumeAt(final OwnLevel level)
    {
        for (int i = 0; i < volume.count(); i++)
        {
            if (volume.price(i) == level.price() && volume.isOf(i, level.side()))
            {
                return i;
            }
        }
        return -1;
    }

    // The nearest volume at a worse price than the last one.
    private int nextThrough(final OwnSide own, final OwnLevel level, final long last)
    {
        int found = -1;
        for (int i = 0; i < volume.count(); i++)
        {
            if (volume.isOf(i, level.side()) && own.isBetter(last, volume.price(i)) &&
                (found < 0 || own.isBetter(volume.price(i), volume.price(found))))
            {
                found = i;
            }
        }
        return found;
    }

    private void matchDisplayed(final OwnSide own)
    {
        int index = 0;
        while (index < own.count() &&
            displayed.isReachable(Side.opposite(own.side()), own.level(index).price(), 0))
        {
            final OwnLevel level = own.level(index);
            for (int i = 0; i < level.count(); i++)
            {
                meet(level.order(i));
            }
            index = sweep(own, level) ? index : index + 1;
        }
    }

    private void meet(final RestingOrder order)
    {
        final int opposite = Side.opposite(order.side);
        order.ahead = exact ? order.ahead : 0;
        for (int level = 0; order.open > 0 && displayed.isReachable(opposite, order.price, level); level++)
        {
            final long quantity = Math.min(order.open, displayed.available(opposite, level));
            if (quantity > 0)
            {
                displayed.take(opposite, level, quantity);
                fill(order, order.price, quantity, true);
            }
        }
    }

    private void startNext(final OwnSide own)
    {
        for (int index = 0; index < own.count(); index++)
        {
            final OwnLevel level = own.level(index);
            for (int i = 0; i < level.count(); i++)
            {
                final RestingOrder order = level.order(i);
                if (order.isUnseen() && !displayed.isBeyondWindow(order.side, order.price))
                {
                    order.ahead = book.quantityAt(order.side, order.price);
                }
                order.aheadAtStart = order.ahead;
            }
        }
    }

    private void recount(final OwnSide own)
    {
        for (int index = 0; exact && index < own.count(); index++)
        {
            final OwnLevel level = own.level(index);
            level.recount(book, displayed.level(level.side(), level.price()));
        }
    }

    // Takes filled orders off a level; true if the level is gone.
    private boolean sweep(final OwnSide own, final OwnLevel level)
    {
        for (int i = level.count() - 1; i >= 0; i--)
        {
            final RestingOrder order = level.order(i);
            if (order.open == 0)
            {
                level.remove(order);
                orderCount--;
                onGone.accept(order);
            }
        }
        own.removeIfEmpty(level);
        return level.count() == 0;
    }

    private void fill(final RestingOrder order, final long price, final long quantity, final boolean maker)
    {
        order.open -= quantity;
        answers.filled(order, instrumentId, price, quantity, maker, fees.feeNano(price, quantity, maker));
    }

    private OwnSide ownSide(final int side)
    {
        return side == Side.BID ? bids : asks;
    }
}
