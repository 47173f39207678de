package io.ringtape.journal;

import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/**
 * Tells what is missing or damaged on a tape from a run that its writer took back while it was read, as a recording
 * does with a bad capture: first the marks go back, then the files go.
 */
final class TakenBack
{
    private TakenBack()
    {
    }

    /**
     * Whether a run was taken back since a reader looked at the tape.
     *
     * @param tape  that is read.
     * @param marks as the reader found them.
     * @param chain the runs that it found behind them.
     * @return true if what it meets says nothing of the tape as it is now.
     */
    static boolean isSo(final Tape tape, final TapeMarks marks, final RunChain chain)
    {
        return isBack(marks.journaled(), TapeMarks.read(tape).journaled()) || isNewestGone(chain);
    }

    /**
     * The failure of a reader.
     *
     * @param tape    that is read.
     * @param marks   as the reader found them.
     * @param chain   the runs that it found behind them.
     * @param failure that it met.
     * @return the same, or that a run was taken back, if that explains it.
     */
    static TapeException explain(
        final Tape tape, final TapeMarks marks, final RunChain chain, final TapeException failure)
    {
        return failure.kind() == Kind.IN_USE || failure.kind() == Kind.OUT_OF_RANGE || !isSo(tape, marks, chain) ?
            failure : refusal(tape, failure);
    }

    /**
     * The failure of who needs no marks.
     *
     * @param tape    that is looked at.
     * @param chain   the runs that were found.
     * @param failure that was met.
     * @return the same, or that a run was taken back, if that explains it.
     */
    static TapeException explain(final Tape tape, final RunChain chain, final TapeException failure)
    {
        return isNewestGone(chain) ? refusal(tape, failure) : failure;
    }

    static TapeException refusal(final Tape tape, final @Nullable TapeException failure)
    {
        return new TapeException(
            Kind.IN_USE, "a run was taken back while the tape was read: directory=" + tape.directory(), failure);
    }

    private static boolean isBack(final @Nullable Mark then, final @Nullable Mark now)
    {
        return then != null && now != null && (now.runId() < then.runId() ||
            (now.runId() == then.runId() && now.lastSequence() < then.lastSequence()));
    }

    /** A run that is there has its header; one of the same number may have come in its place. */
    private static boolean isNewestGone(final RunChain chain)
    {
        final RunHead known = chain.size() == 0 ? null : chain.headOrNull(chain.size() - 1);
        final RunDirectory run = known == null ? null : chain.directory(chain.size() - 1);
        if (run == null || run.files().isEmpty() || run.files().get(0).number() != 0)
        {
            return false;
        }
        try
        {
            return !known.equals(RunHead.read(run, new Walker(Walker.DEFAULT_WINDOW_BYTES)));
        }
        catch (final NoSuchFileException e)
        {
            return true;
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", run.path(), e);
        }
    }
}
