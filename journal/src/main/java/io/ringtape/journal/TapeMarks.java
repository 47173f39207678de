package io.ringtape.journal;

import org.jspecify.annotations.Nullable;

/**
 * The marks of a tape as a reader found them before it looked at anything else: nothing that they vouch for may be
 * missing.
 *
 * @param journaled what survives the process, or null if it cannot be told.
 * @param durable   what survives the machine, or null if it cannot be told.
 * @param failure   why a mark cannot be told, or null.
 * @param bootId    of the machine now.
 */
record TapeMarks(
    @Nullable Mark journaled, @Nullable Mark durable, @Nullable TapeException failure, BootId bootId)
{
    static TapeMarks read(final Tape tape)
    {
        Mark journaled = null;
        Mark durable = null;
        TapeException failure = null;
        try
        {
            durable = MarkFile.read(tape.directory(), MarkFile.DURABLE);
        }
        catch (final TapeException e)
        {
            failure = e;
        }
        try
        {
            journaled = MarkFile.read(tape.directory(), MarkFile.JOURNALED);
        }
        catch (final TapeException e)
        {
            failure = e;
        }
        return new TapeMarks(journaled, durable, failure, tape.bootId());
    }

    /** Whether the machine has started again since the last event was journaled. */
    boolean isOfAnotherBoot()
    {
        return journaled != null && bootId.isAnother(journaled.bootId());
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
