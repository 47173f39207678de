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
    SENT,
    /** New orders that the outbox took and that are not {@link #SENT}: in it, on the ring, or behind a frontier. */
    WAITING,
    /** Of {@link #SENT}, those that were held back: see {@link GatewayReason}. */
    HELD_BACK,
    /** Cancels that the gateway took, of strategies and of safe mode. */
    CANCELS,
    /** Cancels that were tried again in safe mode, because the gateway threw at them there. */
    CANCEL_RETRIES,
    /** Orders that were accepted. */
    ACCEPTS,
    /** Rejects, of the venue and of {@link #HELD_BACK} orders. */
    REJECTS,
    /** Fills. */
    FILLS,
    /** Orders that were cancelled. */
    CANCELLED,
    /** Orders that were sent and whose end has not been told, now. */
    OPEN,
    /** Events of answers that are not known to be on tape, now: half of the room of them holds new orders back. */
    UNJOURNALED,
    /** Whether it is in safe mode, or has been: 1, else 0. */
    SAFE_MODE
}
