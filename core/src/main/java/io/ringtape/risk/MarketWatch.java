package io.ringtape.risk;

import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;

/**
 * What the gate takes from the market: how old books are, the last trade, trading status, what is missing. Hot path.
 * <p>
 * Thread safety: none; the order lane.
 * Allocation: on the first event of an instrument.
 */
final class MarketWatch
{
    private final RiskState state;

    MarketWatch(final RiskState state)
    {
        this.state = state;
    }

    /**
     * Takes an event that the books have taken.
     *
     * @param event that is not own.
     * @param type  of the event.
     * @param flags of the event.
     */
    void onEvent(final OrderBookEvent event, final int type, final int flags)
    {
        if (type >= EventType.ORDER_ADD && type <= EventType.TRADING_STATUS)
        {
            final InstrumentRisk risk = state.find(event.instrumentId());
            if (risk != null)
            {
                onInstrument(risk, event, type, flags);
            }
        }
        else if (type == EventType.GAP)
        {
            state.gaps.onGap(event.sourceId());
        }
        else if (type == EventType.RECOVERED)
        {
            state.gaps.onRecovered(event.sourceId());
        }
    }

    private void onInstrument(
        final InstrumentRisk risk, final OrderBookEvent event, final int type, final int flags)
    {
        state.gaps.meet(risk, event.sourceId());
        if (type == EventType.TRADING_STATUS)
        {
            risk.tradingStatus = event.price();
            return;
        }
        if (type != EventType.TRADE && type != EventType.FILL_REPORT)
        {
            risk.bookTimeNs = state.nowNs();
            // What follows a clear of both sides is the whole book, as for a book that an event called suspect.
            risk.hasGap &= type != EventType.BOOK_CLEAR || event.side() != Side.NONE ||
                (flags & EventFlags.SUSPECT_BOOK) != 0;
        }
        // A cross in which nothing was matched is told of as a trade of 0, at any price.
        if ((type == EventType.TRADE || type == EventType.ORDER_EXECUTE) && (flags & EventFlags.NOT_PRINTABLE) == 0 &&
            event.price() != OrderBookEvent.NULL_PRICE && event.quantity() != 0)
        {
            risk.tradeTimeNs = state.nowNs();
            risk.tradePrice = event.price();
            risk.markPrice = event.price();
        }
        state.keepMark(risk);
    }
}
