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
import java.util.ArrayList;
import java.util.List;

/**
 * An example of a taker, to start from; it is no advice. Where the quantity at one best price is {@code ratio} times
 * (5) that at the other, it takes {@code lots} (1) in that direction, at the touch and at once or not at all, and it
 * stays on that side until the imbalance turns. Hot path.
 * <p>
 * Thread safety: none; the order lane.
 * Allocation: on the first event of an instrument.
 */
public final class ImbalanceTaker implements Strategy
{
    private static final long MOST = 1_000_000;

    private final List<Holding> holdings = new ArrayList<>();
    private final Definitions definitions;
    private final long lots;
    private final long ratio;

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
        final Holding holding = holding(book.instrumentId());
        if (event.has(EventFlags.OWN))
        {
            if (event.type() == EventType.OWN_FILL)
            {
                holding.position += event.side() == Side.BID ? event.quantity() : -event.quantity();
            }
        }
        else if (event.has(EventFlags.LAST) && !event.has(EventFlags.SNAPSHOT) && book.isTwoSided() &&
            !sender.isOpen(holding.orderId))
        {
            take(holding, book, sender);
        }
    }

    private void take(final Holding holding, final OrderBook book, final OrderSender sender)
    {
        final long bid = book.quantity(Side.BID, 0);
        final long ask = book.quantity(Side.ASK, 0);
        final long wanted = bid / ratio >= ask ? holding.lot * lots : ask / ratio >= bid ? -holding.lot * lots : 0;
        if (wanted != 0 && Long.signum(wanted) != Long.signum(holding.position))
        {
            final int side = wanted > 0 ? Side.BID : Side.ASK;
            holding.orderId = sender.send(book.instrumentId(), side, OrderType.LIMIT,
                TimeInForce.IMMEDIATE_OR_CANCEL, 0, side == Side.BID ? book.bestAsk() : book.bestBid(),
                Math.abs(wanted - holding.position));
        }
    }

    private Holding holding(final int instrumentId)
    {
        while (holdings.size() <= instrumentId)
        {
            holdings.add(new Holding(Math.max(1, definitions.instrument(holdings.size()).lotSize())));
        }
        return holdings.get(instrumentId);
    }

    /** What the taker knows of one instrument. */
    private static final class Holding
    {
        private final long lot;
        private long orderId = -1;
        private long position;

        Holding(final long lot)
        {
            this.lot = lot;
        }
    }
}
