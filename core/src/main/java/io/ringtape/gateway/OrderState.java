package io.ringtape.gateway;

/**
 * How far a new order is on its way out; see {@link OrderStates}. With write-ahead off it may be sent before it is
 * journaled.
 * <p>
 * Thread safety: immutable.
 * Allocation: none.
 */
public enum OrderState
{
    /** Nothing of this id was taken by the outbox. */
    UNKNOWN(0),
    /** The outbox has it. */
    QUEUED(1),
    /** It is on the ring, and the order lane has passed it. */
    PUBLISHED(2),
    /** It is on tape and survives the process. */
    JOURNALED(3),
    /** It was handed to the gateway, or held back there and answered with a reject of the gateway's source. */
    SENT(4);

    /** Its place among the states, from 0. */
    final int place;

    OrderState(final int place)
    {
        this.place = place;
    }
}
