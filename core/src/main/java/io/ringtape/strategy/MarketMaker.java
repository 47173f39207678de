package io.ringtape.strategy;

import io.ringtape.book.OrderBook;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.order.NewOrder;
import io.ringtape.order.OrderSender;
import io.ringtape.order.OrderType;
import io.ringtape.order.TimeInForce;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * An example of a market maker, to start from; no advice. At each venue event's end it joins the best price of both
 * sides with a post-only order, moves it when that price has moved, and does not quote a side on which an order could
 * take its position over the limit, nor one on which an order was rejected in the last second. Parameters: {@code lots}
 * of an order (1), {@code max-lots} of the position (5, or those of an order). Hot path.
 * <p>
 * Thread safety: none; the order lane.
 * Allocation: on the first event of an instrument.
 */
public final class MarketMaker implements Strategy
{
    private static final long MOST_LOTS = 1_000_000;
    private static final long BACK_OFF_NS = 1_000_000_000;

    private final Int2ObjectHashMap<Quotes> quotes = new Int2ObjectHashMap<>();
    private final Definitions definitions;
    private final long lots;
    private final long maxLots;
    private long nowNs;

    /**
     * A market maker without orders.
     *
     * @param definitions of the instruments.
     * @param parameters  see above.
     */
    public MarketMaker(final Definitions definitions, final StrategyParameters parameters)
    {
        this.definitions = definitions;
        lots = parameters.number("lots", 1, MOST_LOTS, 1);
        maxLots = parameters.number("max-lots", lots, MOST_LOTS, Math.max(lots, 5));
    }

    @Override
    public void onEvent(final OrderBookEvent event, final OrderBook book, final OrderSender sender)
    {
        final Quotes own = quotes.computeIfAbsent(book.instrumentId(), (id) -> new Quotes());
        nowNs = event.type() == EventType.DETAIL ? nowNs : event.receiveTimeNs();
        if (event.type() == EventType.OWN_FILL)
        {
            own.position += event.side() == Side.BID ? event.quantity() : -event.quantity();
        }
        else if (event.type() == EventType.OWN_REJECTED)
        {
            own.rejectedNs[event.side()] = nowNs;
        }
        else if ((event.flags() & (EventFlags.LAST | EventFlags.OWN | EventFlags.SNAPSHOT)) == EventFlags.LAST)
        {
            final long lot = Math.max(1, definitions.instrument(book.instrumentId()).lotSize());
            quote(own, Side.BID, own.position <= (maxLots - lots) * lot, lot, book, sender);
            quote(own, Side.ASK, own.position >= (lots - maxLots) * lot, lot, book, sender);
        }
    }

    private void quote(
        final Quotes own, final int side, final boolean hasRoom, final long lot, final OrderBook book,
        final OrderSender sender)
    {
        final boolean isWanted = hasRoom && book.isTwoSided();
        final long price = side == Side.BID ? book.bestBid() : book.bestAsk();
        if (sender.isOpen(own.ids[side]))
        {
            if (!isWanted || own.prices[side] != price)
            {
                sender.cancel(own.ids[side]);
            }
        }
        else if (isWanted && Long.compareUnsigned(nowNs - own.rejectedNs[side], BACK_OFF_NS) >= 0)
        {
            own.prices[side] = price;
            own.ids[side] = sender.send(book.instrumentId(), side, OrderType.LIMIT, TimeInForce.GOOD_TILL_CANCEL,
                NewOrder.POST_ONLY, price, lots * lot);
        }
    }

    /** Of one instrument; orders by side. */
    private static final class Quotes
    {
        private final long[] ids = {-1, -1, -1};
        private final long[] prices = new long[3];
        private final long[] rejectedNs = {Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE};
        private long position;
    }
}
