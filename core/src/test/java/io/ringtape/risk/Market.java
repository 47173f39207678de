package io.ringtape.risk;

import io.ringtape.book.Books;
import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;

/** Two instruments by price, their real books, and a gate behind them, fed by hand. */
final class Market
{
    static final AccountLimits WIDE = new AccountLimits(Long.MAX_VALUE, Long.MAX_VALUE, 1_000_000, 1_000_000);

    final Definitions definitions = new Definitions();
    final Books books = new Books(definitions);
    private final OrderBookEvent event = new EventBatch(1).append();
    private RiskGate gate;
    private int sourceId;

    Market(final RiskLimits limits)
    {
        definitions.add(new InstrumentDefinition(0, "A", 0, -9, 0, BookKind.MBP, 0, 0, 0, 1));
        definitions.add(new InstrumentDefinition(1, "B", 0, -4, -2, BookKind.MBP, 0, 0, 0, 5));
        gate = RiskGate.builder(definitions, books::book).otherLimits(definition -> limits).otherAccounts(WIDE).build();
    }

    void gate(final RiskGate other)
    {
        gate = other;
    }

    RiskGate gate()
    {
        return gate;
    }

    /** The source of what the market says from here on. */
    void from(final int source)
    {
        sourceId = source;
    }

    void touch(final int instrumentId, final long bid, final long ask, final long timeNs)
    {
        level(instrumentId, Side.BID, bid, 10, timeNs);
        level(instrumentId, Side.ASK, ask, 10, timeNs);
    }

    void level(
        final int instrumentId, final int side, final long price, final long quantity, final long timeNs)
    {
        market(EventType.LEVEL_SET, instrumentId, price, timeNs).quantity(quantity).flags(side | EventFlags.LAST);
        deliver();
    }

    void trade(final int instrumentId, final long price, final long timeNs, final int flags)
    {
        market(EventType.TRADE, instrumentId, price, timeNs).quantity(1).flags(flags | EventFlags.LAST);
        deliver();
    }

    /** A cross in which nothing was matched. */
    void tradeOfNothing(final int instrumentId, final long price, final long timeNs)
    {
        market(EventType.TRADE, instrumentId, price, timeNs).quantity(0).flags(EventFlags.LAST);
        deliver();
    }

    void clear(final int instrumentId, final long timeNs, final int flags)
    {
        market(EventType.BOOK_CLEAR, instrumentId, OrderBookEvent.NULL_PRICE, timeNs).flags(flags | EventFlags.LAST);
        deliver();
    }

    void time(final long timeNs, final int flags)
    {
        market(EventType.HEARTBEAT, 0, OrderBookEvent.NULL_PRICE, timeNs).flags(flags);
        deliver();
    }

    void own(final int type, final long id, final int instrumentId, final int side, final long quantity)
    {
        event.reset().type(type).instrumentId(instrumentId).orderId(id).price(100).quantity(quantity)
            .flags(EventFlags.OWN | side);
        deliver();
    }

    void order(
        final int type, final int instrumentId, final long orderId, final int side, final long price,
        final long timeNs)
    {
        market(type, instrumentId, price, timeNs).orderId(orderId).quantity(1).flags(side | EventFlags.LAST);
        deliver();
    }

    void status(final int instrumentId, final long status, final long timeNs)
    {
        market(EventType.TRADING_STATUS, instrumentId, status, timeNs).flags(EventFlags.LAST);
        deliver();
    }

    void control(final int action, final int scope, final long id, final long number)
    {
        event.reset().type(EventType.CONTROL).orderId(action).quantity(scope).price(id).sourceSequence(number)
            .flags(EventFlags.LAST);
        deliver();
    }

    void gap(final int source, final long timeNs)
    {
        market(EventType.GAP, 0, OrderBookEvent.NULL_PRICE, timeNs).sourceId(source).quantity(3)
            .flags(EventFlags.LAST);
        deliver();
    }

    void recovered(final int source, final long timeNs)
    {
        market(EventType.RECOVERED, 0, OrderBookEvent.NULL_PRICE, timeNs).sourceId(source).flags(EventFlags.LAST);
        deliver();
    }

    void ownControl()
    {
        event.reset().type(EventType.CONTROL).flags(EventFlags.OWN).quantity(77);
        deliver();
    }

    void ownAt(final int type, final long id, final int instrumentId, final long timeNs)
    {
        event.reset().type(type).instrumentId(instrumentId).orderId(id).price(100).quantity(1).eventTimeNs(timeNs)
            .receiveTimeNs(timeNs).flags(EventFlags.OWN);
        deliver();
    }

    void fill(final long id, final int instrumentId, final int side, final long price, final long quantity)
    {
        event.reset().type(EventType.OWN_FILL).instrumentId(instrumentId).orderId(id).price(price)
            .quantity(quantity).flags(EventFlags.OWN | side);
        deliver();
    }

    void detail(final long feeNano)
    {
        event.reset().type(EventType.DETAIL).flags(EventFlags.OWN | EventFlags.LAST).detail(3, feeNano);
        deliver();
    }

    private OrderBookEvent market(final int type, final int instrumentId, final long price, final long timeNs)
    {
        return event.reset().type(type).instrumentId(instrumentId).price(price).eventTimeNs(timeNs)
            .receiveTimeNs(timeNs).sourceId(sourceId);
    }

    private void deliver()
    {
        books.onEvent(event);
        gate.onEvent(event);
    }
}
