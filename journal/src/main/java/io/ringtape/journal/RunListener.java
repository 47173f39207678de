package io.ringtape.journal;

import java.util.Optional;

/**
 * Is told where runs start and end while a tape is read.
 * <p>
 * Thread safety: called on the reader's thread.
 * Allocation: as the implementation has it.
 */
public interface RunListener
{
    /** Listens to nothing. */
    RunListener NONE = new RunListener()
    {
    };

    /**
     * A run starts; the definitions of the reader are empty.
     *
     * @param run its header.
     */
    default void onRunStart(final RunInfo run)
    {
    }

    /**
     * The reader has passed the last event of a run, or the last one that the range asks for.
     *
     * @param run     its header.
     * @param trailer its trailer; empty if the run was not closed, or the range ends before it.
     */
    default void onRunEnd(final RunInfo run, final Optional<RunTrailer> trailer)
    {
    }
}
