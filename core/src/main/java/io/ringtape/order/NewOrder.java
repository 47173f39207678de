package io.ringtape.order;

import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;

/**
 * A new order on its way through the gate: what the strategy asked for, and who asks. One ticket is used over and over.
 * Hot path.
 * <p>
 * Thread safety: none; the order lane.
 * Allocation: on construction only.
 */
public final class NewOrder
{
    /** The order must not take liquidity: a venue that could fill it at once rejects it. */
    public static final int POST_ONLY = 0x1;

    private int instrumentId;
    private int side;
    private int orderType;
    private int timeInForce;
    private int instructions;
    private long price;
    private long quantity;
    private long clientOrderId;
    private int strategy;
    private int account;

    /**
     * A ticket that asks for nothing.
     */
    public NewOrder()
    {
        limit(0, Side.NONE, OrderBookEvent.NULL_PRICE, 0);
    }

    /**
     * Asks for a limit order that rests until it is cancelled.
     *
     * @param newInstrumentId of the instrument.
     * @param newSide         {@link Side#BID} buys, {@link Side#ASK} sells; others are the gate's to reject.
     * @param newPrice        limit, in price units of the instrument.
     * @param newQuantity     in quantity units of the instrument.
     * @return this.
     */
    public NewOrder limit(final int newInstrumentId, final int newSide, final long newPrice, final long newQuantity)
    {
        instrumentId = newInstrumentId;
        side = newSide;
        price = newPrice;
        quantity = newQuantity;
        return terms(OrderType.LIMIT, TimeInForce.GOOD_TILL_CANCEL, 0);
    }

    /**
     * Sets what kind of order it is.
     *
     * @param newOrderType    a constant of {@link OrderType}; others are the gate's to reject.
     * @param newTimeInForce  a constant of {@link TimeInForce}; others are the gate's to reject.
     * @param newInstructions {@link #POST_ONLY} or 0; others are the gate's to reject.
     * @return this.
     */
    public NewOrder terms(final int newOrderType, final int newTimeInForce, final int newInstructions)
    {
        orderType = newOrderType;
        timeInForce = newTimeInForce;
        instructions = newInstructions;
        return this;
    }

    /**
     * Sets who asks.
     *
     * @param newClientOrderId of the order, see {@link ClientOrderIds}.
     * @param newStrategy      source id of the strategy.
     * @param newAccount       of the strategy.
     * @return this.
     */
    public NewOrder from(final long newClientOrderId, final int newStrategy, final int newAccount)
    {
        clientOrderId = newClientOrderId;
        strategy = newStrategy;
        account = newAccount;
        return this;
    }

    /**
     * The instrument.
     *
     * @return as the strategy gave it.
     */
    public int instrumentId()
    {
        return instrumentId;
    }

    /**
     * The side.
     *
     * @return as the strategy gave it.
     */
    public int side()
    {
        return side;
    }

    /**
     * The order type.
     *
     * @return a constant of {@link OrderType}, or what the strategy gave instead.
     */
    public int orderType()
    {
        return orderType;
    }

    /**
     * How long it stays.
     *
     * @return a constant of {@link TimeInForce}, or what the strategy gave instead.
     */
    public int timeInForce()
    {
        return timeInForce;
    }

    /**
     * Instructions to the venue.
     *
     * @return {@link #POST_ONLY} or 0, or what the strategy gave instead.
     */
    public int instructions()
    {
        return instructions;
    }

    /**
     * The limit price.
     *
     * @return in price units of the instrument; {@link OrderBookEvent#NULL_PRICE} where a market order has none.
     */
    public long price()
    {
        return price;
    }

    /**
     * The quantity.
     *
     * @return in quantity units of the instrument.
     */
    public long quantity()
    {
        return quantity;
    }

    /**
     * The id of the order.
     *
     * @return see {@link ClientOrderIds}.
     */
    public long clientOrderId()
    {
        return clientOrderId;
    }

    /**
     * The strategy that asks.
     *
     * @return its source id.
     */
    public int strategy()
    {
        return strategy;
    }

    /**
     * The account that pays.
     *
     * @return the strategy's.
     */
    public int account()
    {
        return account;
    }
}
