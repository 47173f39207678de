package io.ringtape.order;

/**
 * What every new order must pass, inline on the order lane, before it becomes an event.
 * <p>
 * {@link OwnOrders} asks {@link #check(NewOrder)}, hands the order to the outbox, and tells
 * {@link #onAccepted(NewOrder)} only when the outbox took it: an order that found the outbox full
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
     * Checks a new order and changes nothing.
     *
     * @param order of a defined instrument, with the id that it gets if it passes.
     * @return {@link #PASSED}, or the stable number of the first check that failed, above 0.
     */
    int check(NewOrder order);

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
     * @param order as it was checked.
     */
    void onAccepted(NewOrder order);

    /**
     * Tells that the outbox took the cancel of an open order.
     *
     * @param slot of the order in {@link #openOrders()}.
     */
    void onCancelSent(int slot);

    /**
     * Gives the gate what says on the tape that it stopped everybody by itself.
     *
     * @param controls that go out with the orders of a strategy behind this gate.
     */
    default void useControls(final OwnControls controls)
    {
        // A gate that stops nobody by itself has nothing to say.
    }

    /**
     * The orders that count as open; only the gate changes them.
     *
     * @return for reading.
     */
    OpenOrders openOrders();
}
