package io.ringtape.bus;

/**
 * Why a lane that was attached late has ended.
 * <p>
 * Thread safety: immutable.
 * Allocation: none.
 */
public enum LeaveReason
{
    /** {@link Attachment#leave()} was called. */
    ASKED,
    /** A handler of the lane threw, and its policy detached the lane or halted the bus. */
    FAULT,
    /** Before the lane was live its history ended, has a hole, or cannot be read: it got no event behind that. */
    HISTORY,
    /** The bus was closed. */
    CLOSED,
    /** The bus was halted. */
    HALTED
}
