package io.ringtape.journal;

/**
 * What becomes of a bus when its tape cannot go on.
 * <p>
 * Thread safety: immutable.
 * Allocation: none.
 */
public enum TapeFailurePolicy
{
    /** The recorder throws, so that its lane halts the bus. Nothing that passed the recorder is missing on tape. */
    HALT,
    /**
     * The recorder takes what it cannot record, counts it, tells a {@link TapeOutageListener}, and starts another run
     * when the tape can be written again. What passed in between is a {@link MissingRange}.
     */
    GO_ON_UNJOURNALED
}
