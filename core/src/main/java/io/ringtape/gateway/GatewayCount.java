package io.ringtape.gateway;

/**
 * What a gateway counts for whoever looks at it, see {@link GatewayHandler#count(GatewayCount)}.
 * <p>
 * Thread safety: immutable.
 * Allocation: none.
 */
public enum GatewayCount
{
    /** New orders handed to the gateway, or held back and answered: {@link OrderState#SENT}. */
    SENT(0),
    /** New orders that the outbox took and that are not {@link #SENT}: in it, on the ring, or behind a frontier. */
    WAITING(1),
    /** Of {@link #SENT}, those that were held back: see {@link GatewayReason}. */
    HELD_BACK(2),
    /** Cancels that the gateway took, of strategies and of safe mode. */
    CANCELS(3),
    /** Cancels that were tried again in safe mode, because the gateway threw at them there. */
    CANCEL_RETRIES(4),
    /** Orders that were accepted. */
    ACCEPTS(5),
    /** Rejects, of the venue and of {@link #HELD_BACK} orders. */
    REJECTS(6),
    /** Fills. */
    FILLS(7),
    /** Orders that were cancelled. */
    CANCELLED(8),
    /** Orders that were sent and whose end has not been told, now. */
    OPEN(9),
    /** Events of answers that are not known to be on tape, now: half of the room of them holds new orders back. */
    UNJOURNALED(10),
    /** Whether it is in safe mode, or has been: 1, else 0. */
    SAFE_MODE(11);

    /** Its place among the counts, from 0. */
    final int place;

    GatewayCount(final int place)
    {
        this.place = place;
    }
}
