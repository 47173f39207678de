package io.ringtape.journal;

import io.ringtape.journal.TapeException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The marks of a tape as a reader found them before it looked at anything else: nothing that they vouch for may be
 * missing.
 *
 * @param journaled   what survives the process, or null if it cannot be told.
 * @param durable     what survives the machine, or null if it cannot be told.
 * @param unjournaled what the bus used while the tape was away the last time, or null.
 * @param failure     why a mark cannot be told, or null.
 * @param bootId      of the machine now.
 */
record TapeMarks(
    @Nullable Mark journaled,
    @Nullable Mark durable,
    @Nullable MissingRange unjournaled,
    @Nullable TapeException failure,
    BootId bootId)
{
    /**
     * Reads both marks. What is wrong with one is kept for the end of the reading, unless it leads out of the tape.
     *
     * @param tape to read.
     * @return the marks.
     * @throws TapeException if a mark is a symbolic link.
     */
    static TapeMarks read(final Tape tape)
    {
        Mark journaled = null;
        Mark durable = null;
        MissingRange unjournaled = null;
        TapeException failure = null;
        try
        {
            durable = MarkFile.read(tape.directory(), MarkFile.DURABLE);
        }
        catch (final TapeException e)
        {
            failure = orThrow(e);
        }
        try
        {
            journaled = MarkFile.read(tape.directory(), MarkFile.JOURNALED);
            unjournaled = MarkFile.readUnjournaled(tape.directory());
        }
        catch (final TapeException e)
        {
            failure = orThrow(e);
        }
        return new TapeMarks(journaled, durable, unjournaled, failure, tape.bootId());
    }

    private static TapeException orThrow(final TapeException wrong)
    {
        if (wrong.kind() == Kind.UNREADABLE)
        {
            throw wrong;
        }
        return wrong;
    }

    /** Whether the machine has started again since the last event was journaled. */
    boolean isOfAnotherBoot()
    {
        return journaled != null && bootId.isAnother(journaled.bootId());
    }

    /** Whether nothing vouches for what stands behind a place, and a start of the machine may have taken it. */
    boolean isLost(final long runId, final long fileNumber, final long offset, final long sequence)
    {
        final Mark kept = kept();
        return isOfAnotherBoot() && (kept == null || !kept.isBeyond(runId, fileNumber, offset, sequence));
    }

    /**
     * What must be there: after a start of the machine only what was forced.
     *
     * @return the mark, or null if none can be told.
     */
    @Nullable
    Mark kept()
    {
        return isOfAnotherBoot() ? durable : journaled;
    }
}
