package io.ringtape.order;

/**
 * How long an order stays, as the detail line of an {@link io.ringtape.event.EventType#OWN_NEW} carries it: the digits
 * of FIX tag 59.
 * <p>
 * Thread safety: immutable constants.
 * Allocation: none.
 */
public final class TimeInForce
{
    /** Until it is cancelled. */
    public static final int GOOD_TILL_CANCEL = 1;
    /** What cannot be filled at once is cancelled by the venue. */
    public static final int IMMEDIATE_OR_CANCEL = 3;

    private TimeInForce()
    {
    }
}
