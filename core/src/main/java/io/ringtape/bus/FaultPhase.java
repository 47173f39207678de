package io.ringtape.bus;

/**
 * The call that failed.
 * <p>
 * Thread safety: immutable.
 * Allocation: none.
 */
public enum FaultPhase
{
    /** {@code onStart} of a handler. */
    START,
    /** {@code onEvent} of a handler. */
    EVENT,
    /** {@code onRange} of a handler. */
    RANGE,
    /** {@code onBatchEnd} of a handler. */
    BATCH_END,
    /** {@code onShed} of a handler or of a conflater. */
    SHED,
    /** A lane that spilled cannot go on from the history, see {@link SpillException}. */
    SPILL,
    /** {@code merge} or {@code take} of a conflater. */
    CONFLATE,
    /** {@code onStop} of a handler. */
    STOP,
    /** A call of a {@link JoinListener}. */
    JOIN,
    /** {@code poll} of a {@link WriterInput}. */
    INPUT
}
