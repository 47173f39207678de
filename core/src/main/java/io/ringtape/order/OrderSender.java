package io.ringtape.order;

import io.ringtape.event.OrderBookEvent;

/**
 * Sends a strategy's orders, and never blocks: each call has its answer when it returns.
 * <p>
 * Every order passes the {@link OrderGate} inline. What passed, what was rejected, and each cancel become own events,
 * with the event in hand as their cause. A negative answer is a named sentinel and changes nothing but, for
 * {@link #REJECTED}, the tape. Without a gateway an order rests unfilled until its cancel passes the order lane; with
 * one, what the venue does comes back as own events.
 * <p>
 * Thread safety: none; called on the order lane only, from within a strategy's callback.
 * Allocation: none in steady state.
 */
public interface OrderSender
{
    /** The gate rejected the order; an {@link io.ringtape.event.EventType#OWN_REJECTED} tells why. */
    long REJECTED = -1;
    /**
     * The outbox has no room now; nothing was sent or recorded, try again at a later event. No tape shows that, and a
     * replay takes what is sent: who wants to replay has an outbox that cannot be full, or ends there, as
     * {@code ringtape record} does.
     */
    long OUTBOX_FULL = -2;
    /** The bus is closed or halted, or the run's client order ids are used up; nothing will be sent any more. */
    long CLOSED = -3;
    /** No such instrument is defined; nothing was sent or recorded. */
    long UNKNOWN_INSTRUMENT = -4;
    /** The order is not open, is another strategy's, or its cancel is on its way; nothing was sent or recorded. */
    long NOT_OPEN = -5;

    /**
     * Sends a new limit order that rests until it is cancelled.
     *
     * @param instrumentId of a defined instrument.
     * @param side         {@link io.ringtape.event.Side#BID} buys, {@link io.ringtape.event.Side#ASK} sells.
     * @param price        limit, in price units of the instrument.
     * @param quantity     in quantity units of the instrument, above 0.
     * @return the client order id, see {@link ClientOrderIds}; or {@link #REJECTED}, {@link #OUTBOX_FULL},
     *     {@link #CLOSED} or {@link #UNKNOWN_INSTRUMENT}.
     */
    long newLimit(int instrumentId, int side, long price, long quantity);

    /**
     * Sends a new order of any kind.
     *
     * @param instrumentId of a defined instrument.
     * @param side         {@link io.ringtape.event.Side#BID} buys, {@link io.ringtape.event.Side#ASK} sells.
     * @param orderType    a constant of {@link OrderType}.
     * @param timeInForce  a constant of {@link TimeInForce}.
     * @param instructions {@link NewOrder#POST_ONLY} or 0.
     * @param price        limit, in price units of the instrument; {@link OrderBookEvent#NULL_PRICE} for a market
     *                     order.
     * @param quantity     in quantity units of the instrument, above 0.
     * @return as {@link #newLimit(int, int, long, long)}.
     */
    long send(int instrumentId, int side, int orderType, int timeInForce, int instructions, long price, long quantity);

    /**
     * Sends a cancel of an open order. No check stops it.
     *
     * @param clientOrderId as the order was answered with.
     * @return the client order id; or {@link #NOT_OPEN}, {@link #OUTBOX_FULL} or {@link #CLOSED}.
     */
    long cancel(long clientOrderId);

    /**
     * Whether an order still counts as open. One whose cancel is on its way does.
     *
     * @param clientOrderId as the order was answered with.
     * @return true from the accept of the order until its cancel, its last fill or its reject by the venue passed.
     */
    boolean isOpen(long clientOrderId);
}
