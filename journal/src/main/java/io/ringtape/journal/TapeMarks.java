package io.ringtape.journal;

import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The marks of a tape as a reader found them before it looked at anything else: nothing that they vouch for may be
 * missing.
 *
 * @param journaled   what survives the process, or null if it cannot be told.
 * @param durable     what survives the machine, or null if it cannot be told.
 * @param unjournaled what the bus used while the tape was away the last time, or null.
 * @param failure     why a mark cannot be told, or not be believed, or null.
 * @param unfinished  which slot a kill may have come into, or null.
 * @param isOwned     whether somebody writes the tape, or was killed when he did.
 * @param bootId      of the machine now.
 */
record TapeMarks(
    @Nullable Mark journaled,
    @Nullable Mark durable,
    @Nullable MissingRange unjournaled,
    @Nullable TapeException failure,
    @Nullable String unfinished,
    boolean isOwned,
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
        final Path directory = tape.directory();
        // Before the slots: who writes may end in order meanwhile, and leaves a tape that is whole.
        final boolean isOwned = Files.exists(directory.resolve(TapeOwner.NAME));
        final Reading durable = new Reading(tape, MarkFile.DURABLE);
        final Reading journaled = new Reading(tape, MarkFile.JOURNALED);
        MissingRange unjournaled = null;
        if (journaled.isThere)
        {
            final UnjournaledNote.Found note = MarkFile.readUnjournaled(directory);
            unjournaled = note.range();
            if (note.isBroken())
            {
                journaled.failure = new TapeException(Kind.DAMAGED,
                    "tape is damaged, a mark is not whole: file=" + MarkFile.JOURNALED);
            }
        }
        return new TapeMarks(journaled.mark, durable.mark, unjournaled,
            journaled.failure == null ? durable.failure : journaled.failure,
            journaled.unfinished == null ? durable.unfinished : journaled.unfinished, isOwned, tape.bootId());
    }

    /** One of the marks. */
    private static final class Reading
    {
        private final boolean isThere;
        private @Nullable Mark mark;
        private @Nullable TapeException failure;
        private @Nullable String unfinished;

        Reading(final Tape tape, final String name)
        {
            boolean isRead = false;
            try
            {
                take(MarkFile.readSlots(tape.directory(), name), name, tape.bootId());
                isRead = true;
            }
            catch (final TapeException e)
            {
                if (e.kind() == Kind.UNREADABLE)
                {
                    throw e;
                }
                failure = e;
            }
            isThere = isRead;
        }

        private void take(final MarkSlots slots, final String name, final BootId now)
        {
            mark = slots.mark();
            final MarkSlots.Other other = slots.other();
            if (other == MarkSlots.Other.UNFINISHED)
            {
                unfinished = slots.text(name);
            }
            else if (other == MarkSlots.Other.DAMAGED ||
                (other == MarkSlots.Other.EMPTY && now.isSame(slots.mark().bootId())))
            {
                failure = damaged(slots.text(name));
            }
        }
    }

    private static TapeException damaged(final String slot)
    {
        return new TapeException(Kind.DAMAGED, "tape is damaged, a slot of a mark is not whole: " + slot);
    }

    /**
     * Refuses marks that cannot be told, or not be believed.
     *
     * @param newest the newest run.
     * @throws TapeException if one is missing, or a slot of one is not what was written.
     */
    void requireBelievable(final RunDirectory newest)
    {
        final TapeException wrong = wrong(newest);
        if (wrong != null)
        {
            throw wrong;
        }
    }

    private @Nullable TapeException wrong(final RunDirectory newest)
    {
        // Whoever closed the run had set the mark, and nobody was killed since.
        return failure == null && unfinished != null && !isOwned && isClosed(newest) ? damaged(unfinished) : failure;
    }

    /**
     * What is to be said of the marks.
     *
     * @param newest the newest run.
     * @return why they cannot be believed, or what a kill left of one; empty if nothing.
     */
    String text(final RunDirectory newest)
    {
        final TapeException wrong = wrong(newest);
        return wrong == null ? note(newest) : String.valueOf(wrong.getMessage());
    }

    /** What a kill left of a mark; empty if nothing. */
    String note(final RunDirectory newest)
    {
        return unfinished == null || wrong(newest) != null ? "" :
            "a slot of a mark was being written when its writer was killed: " + unfinished;
    }

    private static boolean isClosed(final RunDirectory run)
    {
        try
        {
            return ClosedRun.isClosed(run);
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", run.path(), e);
        }
    }

    /** Whether the machine has started again since the last event was journaled. */
    boolean isOfAnotherBoot()
    {
        return journaled != null && bootId.isAnother(journaled.bootId());
    }

    /** Whether nothing vouches for what stands behind a place, and a start of the machine may have taken it. */
    boolean isLost(final long runId, final long fileNumber, final long offset, final long sequence)
    {
        return isOfAnotherBoot() && !isVouchedFor(runId, fileNumber, offset, sequence);
    }

    /** Whether something must stand behind a place in a run, also while the run is written. */
    boolean isVouchedFor(final long runId, final long fileNumber, final long offset, final long sequence)
    {
        final Mark kept = kept();
        return kept != null && kept.isBeyond(runId, fileNumber, offset, sequence);
    }

    /** Whether a run is behind another one that must be there, so that nobody adds to it. */
    boolean isOfLaterRun(final long runId)
    {
        final Mark kept = kept();
        return kept != null && kept.runId() > runId;
    }

    /**
     * What must be there: after a start of the machine, and where the journaled mark cannot be told, only what was
     * forced.
     *
     * @return the mark, or null if none can be told.
     */
    @Nullable
    Mark kept()
    {
        return journaled == null || isOfAnotherBoot() ? durable : journaled;
    }
}
