package io.ringtape.bus;

/**
 * The life of a lane.
 * <pre>{@code
 *  NEW --onStart of its handlers--> RUNNING --bus closed or halted--> STOPPED
 *   |                                  |
 *   +-- fault, policy DETACH ----------+--> DETACHED
 *   +-- fault, policy HALT ------------+--> FAULTED
 *                                      +--asked to leave, or its history ended--> LEFT
 * }</pre>
 * <p>
 * Thread safety: immutable.
 * Allocation: none.
 */
public enum LaneState
{
    /** Its handlers were not started yet. */
    NEW,
    /** It delivers events. */
    RUNNING,
    /** It ended with the bus; its handlers were told. */
    STOPPED,
    /** It left after a fault of its own; the ring no longer waits for it. */
    DETACHED,
    /** It halted the bus by a fault of its own. */
    FAULTED,
    /** It was attached while the bus ran, and has left without a fault of its own. */
    LEFT
}
