package io.ringtape.strategy;

import io.ringtape.book.OrderBook;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.order.OrderSender;
import io.ringtape.order.OrderType;
import io.ringtape.order.TimeInForce;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * An example of a taker, to start from; it is no advice. Where the quantity at one best price is {@code ratio} times
 * (5) that at the other, it takes {@code lots} (1) in that direction, at the touch and at once or not at all, and it
 * stays on that side until the imbalance turns. For a second after a reject it sends nothing. Hot path.
 * <p>
 * Thread safety: none; the order lane.
 * Allocation: on the first event of an instrument.
 */
public final class ImbalanceTaker implements Strategy
{
    private static final long MOST = 1_000_000;
    private static final long BACK_OFF_NS = 1_000_000_000;

    private final Int2ObjectHashMap<Holding> holdings = new Int2ObjectHashMap<>();
    private final Definitions definitions;
    private final long lots;
    private final long ratio;
    private long nowNs;

    /**
     * A taker without a position.
     *
     * @param definitions of the instruments.
     * @param parameters  see above.
     */
    public ImbalanceTaker(final Definitions definitions, final StrategyParameters parameters)
    {
        this.definitions = definitions;
        lots = parameters.number("lots", 1, MOST, 1);
        ratio = parameters.number("ratio", 2, MOST, 5);
    }

    @Override
    public void onEvent(final OrderBookEvent event, final OrderBook book, final OrderSender sender)
    {
        final Holding holding = holdings.computeIfAbsent(book.instrumentId(), (id) -> new Holding());
        nowNs = event.type() == EventType.DETAIL ? nowNs : event.receiveTimeNs();
        if (event.type() == EventType.OWN_FILL)
        {
            holding.position += event.side() == Side.BID ? event.quantity() : -event.quantity();
        }
        else if (event.type() == EventType.OWN_REJECTED)
        {
            holding.rejectedNs = nowNs;
        }
        else if ((event.flags() & (EventFlags.LAST | EventFlags.OWN | EventFlags.SNAPSHOT)) == EventFlags.LAST &&
            book.isTwoSided() && !sender.isOpen(holding.orderId) &&
            Long.compareUnsigned(nowNs - holding.rejectedNs, BACK_OFF_NS) >= 0)
        {
            take(holding, book, sender);
        }
    }

    private void take(final Holding holding, final OrderBook book, final OrderSender sender)
    {
        final long bid = book.quantity(Side.BID, 0);
        final long ask = book.quantity(Side.ASK, 0);
        final long size = lots * Math.max(1, definitions.instrument(book.instrumentId()).lotSize());
        final long wanted = bid / ratio >= ask ? size : ask / ratio >= bid ? -size : 0;
        if (wanted != 0 && Long.signum(wanted) != Long.signum(holding.position))
        {
            final int side = wanted > 0 ? Side.BID : Side.ASK;
            holding.orderId = sender.send(book.instrumentId(), side, OrderType.LIMIT,
                TimeInForce.IMMEDIATE_OR_CANCEL, 0, side == Side.BID ? book.bestAsk() : book.bestBid(),
                Math.abs(wanted - holding.position));
        }
    }

    /** What the taker knows of one instrument. */
    private static final class Holding
    {
        private long orderId = -1;
        private long rejectedNs = Long.MIN_VALUE;
        private long position;
    }
}
