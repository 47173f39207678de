package io.ringtape.order;

/**
 * What every new order must pass, inline on the order lane, before it becomes an event.
 * <p>
 * {@link OwnOrders} asks {@link #check(int, int, long, long)}, hands the order to the outbox, and tells
 * {@link #onAccepted(long, int, int, long, long)} only when the outbox took it: an order that found the outbox full
 * uses up no limit.
 * <p>
 * Thread safety: none; the order lane.
 * Allocation: none in steady state.
 */
public interface OrderGate
{
    /** The order may go. */
    int PASSED = 0;

    /**
     * Checks a new limit order and changes nothing.
     *
     * @param instrumentId of a defined instrument.
     * @param side         as the strategy gave it.
     * @param price        as the strategy gave it.
     * @param quantity     as the strategy gave it.
     * @return {@link #PASSED}, or the stable number of the first check that failed, above 0.
     */
    int check(int instrumentId, int side, long price, long quantity);

    /**
     * The value that failed the check before.
     *
     * @return in the unit that the check names.
     */
    long failedValue();

    /**
     * The limit that the value failed.
     *
     * @return in the unit that the check names.
     */
    long failedLimit();

    /**
     * Tells that the outbox took an order that passed.
     *
     * @param clientOrderId of the order.
     * @param instrumentId  of the order.
     * @param side          of the order.
     * @param price         of the order.
     * @param quantity      of the order.
     */
    void onAccepted(long clientOrderId, int instrumentId, int side, long price, long quantity);

    /**
     * Tells that the outbox took the cancel of an open order.
     *
     * @param slot of the order in {@link #openOrders()}.
     */
    void onCancelSent(int slot);

    /**
     * The orders that count as open; only the gate changes them.
     *
     * @return for reading.
     */
    OpenOrders openOrders();
}
