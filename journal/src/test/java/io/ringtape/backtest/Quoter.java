package io.ringtape.backtest;

import io.ringtape.book.OrderBook;
import io.ringtape.event.EventFlags;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.order.OrderSender;
import io.ringtape.order.OrderType;
import io.ringtape.order.TimeInForce;
import io.ringtape.strategy.Strategy;

/** Joins both touches of every instrument with a few units, follows them, and takes now and then; for tests. */
final class Quoter implements Strategy
{
    private static final int INSTRUMENTS = 4;
    private static final long NONE = -1;

    private final long[] orders = {NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE};
    private final long[] prices = new long[2 * INSTRUMENTS];
    private final long quantity;
    private final long takeEvery;
    private long venueEvents;

    Quoter(final long quantity, final long takeEvery)
    {
        this.quantity = quantity;
        this.takeEvery = takeEvery;
    }

    @Override
    public void onEvent(final OrderBookEvent event, final OrderBook book, final OrderSender sender)
    {
        if ((event.flags() & (EventFlags.LAST | EventFlags.OWN)) != EventFlags.LAST || book.isCrossed())
        {
            return;
        }
        venueEvents++;
        quote(book, sender, Side.BID, book.bestBid());
        quote(book, sender, Side.ASK, book.bestAsk());
        if (venueEvents % takeEvery == 0 && book.bestAsk() != OrderBookEvent.NULL_PRICE)
        {
            sender.send(book.instrumentId(), venueEvents % (2L * takeEvery) == 0 ? Side.BID : Side.ASK,
                OrderType.MARKET, TimeInForce.IMMEDIATE_OR_CANCEL, 0, OrderBookEvent.NULL_PRICE, 3 * quantity);
        }
    }

    private void quote(final OrderBook book, final OrderSender sender, final int side, final long touch)
    {
        final int slot = 2 * book.instrumentId() + side - 1;
        if (orders[slot] != NONE && !sender.isOpen(orders[slot]))
        {
            orders[slot] = NONE;
        }
        if (touch == OrderBookEvent.NULL_PRICE)
        {
            return;
        }
        if (orders[slot] == NONE)
        {
            final long sent = sender.newLimit(book.instrumentId(), side, touch, quantity);
            orders[slot] = sent < 0 ? NONE : sent;
            prices[slot] = touch;
        }
        else if (prices[slot] != touch)
        {
            sender.cancel(orders[slot]);
        }
    }
}
