package io.ringtape.order;

/**
 * Order types, as the detail line of an {@link io.ringtape.event.EventType#OWN_NEW} carries them: the digits of FIX
 * tag 40.
 * <p>
 * Thread safety: immutable constants.
 * Allocation: none.
 */
public final class OrderType
{
    /** At whatever price the venue has; the order carries no price. */
    public static final int MARKET = 1;
    /** At the limit price or better. */
    public static final int LIMIT = 2;

    private OrderType()
    {
    }
}
