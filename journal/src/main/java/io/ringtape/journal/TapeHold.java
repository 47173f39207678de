package io.ringtape.journal;

import io.ringtape.journal.Documents.RunEnd;
import io.ringtape.journal.TapeDirectory.Prepared;
import io.ringtape.journal.TapeDirectory.Recovered;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A tape that is held for writing: its lock, its marks and what was on it before. Starts runs on it, and gives it back
 * as it was.
 */
final class TapeHold implements AutoCloseable
{
    private final Path directory;
    private final TapeParts parts;
    private final Prepared prepared;
    private final TapeLock lock;
    private final WriterMarks marks;
    private final RunEnd previous;
    private final @Nullable Mark lostMark;
    private final @Nullable MissingRange lost;
    private final RunEnd durableBefore;
    private final SpareFiles spare;
    private final @Nullable MissingRange missingBefore;

    private TapeHold(
        final Path directory,
        final TapeParts parts,
        final Prepared prepared,
        final TapeLock lock,
        final WriterMarks marks,
        final Recovered recovered,
        final SpareFiles spare)
    {
        this.directory = directory;
        this.parts = parts;
        this.prepared = prepared;
        this.lock = lock;
        this.marks = marks;
        this.previous = recovered.end();
        this.spare = spare;
        this.missingBefore = marks.journaled().unjournaled().range();
        this.lost = lost(recovered, missingBefore);
        this.lostMark = lost == null ? null : recovered.lost();
        marks.reset(directory, previous, lost != null, parts);
        parts.device().step(TapeStep.MARKS_RESET);
        this.durableBefore = marks.durable().stored();
    }

    /**
     * Takes hold of a tape, which is made if there is none.
     *
     * @param directory of the tape.
     * @param parts     to write with.
     * @return to be closed, or given back.
     * @throws TapeException if it cannot be held; nothing is left behind then.
     */
    static TapeHold take(final Path directory, final TapeParts parts)
    {
        final boolean there = TapeGuard.check(directory, parts);
        SpareFiles spare = null;
        boolean taken = false;
        try
        {
            spare = SpareFiles.open();
            final TapeHold hold = take(directory, parts, there, spare);
            taken = true;
            return hold;
        }
        catch (final IOException e)
        {
            throw TapeDirectory.cannotCreate(directory, e);
        }
        finally
        {
            if (!taken && spare != null)
            {
                spare.close();
            }
        }
    }

    private static TapeHold take(
        final Path directory, final TapeParts parts, final boolean there, final SpareFiles spare) throws IOException
    {
        spare.release();
        final Prepared prepared = TapeDirectory.prepare(directory, parts.device());
        parts.device().step(TapeStep.DIRECTORY_READY);
        if (!there && prepared == Prepared.FOUND)
        {
            // Somebody else made it in between.
            TapeGuard.check(directory, parts);
        }
        // Whoever does not get it touches nothing: what was made just now may be another writer's already.
        final TapeLock lock = TapeLock.acquire(directory, parts.bootId(), () ->
        {
            spare.close();
            TapeRemoval.takeBack(directory, prepared);
        });
        parts.device().step(TapeStep.LOCKED);
        WriterMarks marks = null;
        boolean taken = false;
        try
        {
            TapeReaders.makeFile(directory);
            final Recovered recovered = TapeDirectory.recover(directory, parts.bootId());
            parts.device().step(TapeStep.RECOVERED);
            marks = WriterMarks.open(directory, parts);
            parts.device().step(TapeStep.MARKS_OPENED);
            final TapeHold hold = new TapeHold(directory, parts, prepared, lock, marks, recovered, spare);
            taken = true;
            return hold;
        }
        finally
        {
            if (!taken)
            {
                spare.close();
                giveBack(directory, prepared, marks, lock);
            }
        }
    }

    private static void giveBack(
        final Path directory, final Prepared prepared, final @Nullable WriterMarks marks, final TapeLock lock)
    {
        try (lock)
        {
            if (marks != null)
            {
                marks.close();
            }
            TapeRemoval.takeBack(directory, prepared);
        }
    }

    /** What was used while the tape was away is never given again. */
    long firstSequence()
    {
        return firstSequence(previous, missingBefore);
    }

    private static long firstSequence(final RunEnd end, final @Nullable MissingRange missing)
    {
        return Math.max(end.lastSequence(), missing == null ? -1 : missing.lastSequence()) + 1;
    }

    /** What was journaled, not durable, and lost with the machine: the next run gives these sequences again. */
    private static @Nullable MissingRange lost(final Recovered recovered, final @Nullable MissingRange missing)
    {
        final long first = firstSequence(recovered.end(), missing);
        final Mark mark = recovered.lost();
        return mark == null || mark.lastSequence() < first ? null : new MissingRange(first, mark.lastSequence());
    }

    /**
     * Starts the first run of this hold.
     *
     * @param copied what the run is a copy of.
     * @return the writer of the run.
     * @throws TapeException if it cannot be started; the tape is given back then.
     */
    RunWriter startRun(final CopiedRun copied)
    {
        RunWriter run = null;
        try (spare)
        {
            final long runId = Math.max(copied.leastRunId(), TapeDirectory.nextRunId(directory, previous));
            run = start(runId, firstSequence(), previous, lost, this::takeBackJournaled);
            copied.start(run);
            return run;
        }
        catch (final RuntimeException | Error e)
        {
            if (run != null)
            {
                undo(e, run::close);
            }
            undo(e, this::giveBack);
            throw e;
        }
    }

    /** What cannot be undone does not hide why it had to be. */
    private static void undo(final Throwable cause, final Runnable step)
    {
        try
        {
            step.run();
        }
        catch (final RuntimeException | Error e)
        {
            cause.addSuppressed(e);
        }
    }

    private void giveBack()
    {
        try
        {
            takeBackJournaled();
        }
        finally
        {
            giveBack(directory, prepared, marks, lock);
        }
    }

    private void takeBackJournaled()
    {
        final Mark mark = lostMark;
        if (mark == null)
        {
            WriterMarks.store(marks.journaled(), previous);
        }
        else
        {
            marks.journaled().restore(mark);
        }
    }

    /**
     * Starts a run behind one that failed. An interrupt that the caller carries has to wait: it would close the files
     * that are made.
     *
     * @param failed        the run, closed.
     * @param firstSequence of the new one.
     * @return the writer of the run, or null if it could not be started; nothing is left of it then.
     */
    @Nullable
    RunWriter startRunBehind(final RunWriter failed, final long firstSequence)
    {
        final RunEnd end = marks.journaled().stored();
        final boolean isInterrupted = Thread.interrupted();
        try
        {
            return start(failed.runId() + 1, firstSequence, end, null,
                () -> WriterMarks.store(marks.journaled(), end));
        }
        catch (final TapeException e)
        {
            return null;
        }
        finally
        {
            if (isInterrupted)
            {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Of a run that cannot be started the mark goes back first: it must never name what is not there. */
    private RunWriter start(
        final long runId,
        final long firstSequence,
        final RunEnd end,
        final @Nullable MissingRange lostBefore,
        final Runnable markBack)
    {
        final RunInfo info = new RunInfo(
            runId, firstSequence, parts.clock().nanoTime(), end.runId(), ProcessHandle.current().pid());
        try
        {
            return RunWriter.start(directory, info, end, parts, marks, lostBefore);
        }
        catch (final RuntimeException | Error e)
        {
            undo(e, () ->
            {
                spare.close();
                markBack.run();
                parts.device().step(TapeStep.MARK_TAKEN_BACK);
                removeRun(runId);
            });
            throw e;
        }
    }

    /**
     * Notes what the bus uses while the tape is away.
     *
     * @param missing since the tape went away.
     * @param cause   of that; takes what the note fails with.
     */
    void note(final MissingRange missing, final @Nullable TapeException cause)
    {
        try
        {
            marks.journaled().unjournaled().set(missing);
        }
        catch (final InternalError e)
        {
            // The device does not take this page either; each range that follows tries again.
            if (cause != null && cause.getSuppressed().length == 0)
            {
                cause.addSuppressed(e);
            }
        }
    }

    /**
     * Takes runs back, and the tape if it was made for them.
     *
     * @param firstRunId of the runs, the first of this hold.
     * @param lastRunId  of the runs, closed.
     * @throws TapeException if they cannot be removed.
     */
    void takeBack(final long firstRunId, final long lastRunId)
    {
        takeBackDurable();
        takeBackJournaled();
        marks.journaled().unjournaled().set(missingBefore);
        parts.device().step(TapeStep.MARK_TAKEN_BACK);
        for (long runId = lastRunId; runId >= firstRunId; runId--)
        {
            removeRun(runId);
        }
        TapeRemoval.takeBack(directory, prepared);
    }

    private void removeRun(final long runId)
    {
        TapeDirectory.removeRun(directory, runId, parts.device());
    }

    /** The device has the mark of what is taken back: after a loss of power that would be missed. */
    private void takeBackDurable()
    {
        if (marks.durable().stored().equals(durableBefore))
        {
            return;
        }
        WriterMarks.store(marks.durable(), durableBefore);
        try
        {
            parts.device().force(marks.durable());
        }
        catch (final IOException | UncheckedIOException e)
        {
            // A device that takes nothing more: the runs go all the same.
            return;
        }
    }

    @Override
    public void close()
    {
        try (lock; marks)
        {
            // Nothing but to let go of both.
            return;
        }
    }
}
