package io.ringtape.bus;

/**
 * What happens when a lane falls behind by the whole ring.
 * <p>
 * Thread safety: immutable.
 * Allocation: none.
 */
public enum OverflowPolicy
{
    /** The ring waits for the lane: lossless; its handlers read the slots in place. */
    GATE
}
