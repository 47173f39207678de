package io.ringtape.bus;

/**
 * What a lane does when one of its handlers throws.
 * <p>
 * An {@link Error} halts the bus, or detaches the lane where the policy is {@link #DETACH}; it is never skipped.
 * <p>
 * Thread safety: immutable.
 * Allocation: none.
 */
public enum FaultPolicy
{
    /** The bus halts: the writer fails at once, also one that waits on a full ring. The default. */
    HALT,
    /** The lane drops its gate and ends; the writer and the other lanes go on. */
    DETACH,
    /** The failing call is skipped and counted; only for lanes whose handlers are all declared stateless. */
    SKIP
}
