package io.ringtape.journal;

import io.ringtape.journal.Documents.RunEnd;
import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Makes the directories of a tape, each in one step, and finds where the tape ends.
 */
final class TapeDirectory
{
    /** What {@link #prepare} had to do, and {@link TapeRemoval} has to undo. */
    enum Prepared
    {
        /** Nothing: it was a tape. */
        FOUND,
        /** Mark an empty directory. */
        MARKED,
        /** Make the directory. */
        MADE
    }

    /**
     * Where a tape ends.
     *
     * @param end  of the last run, or of none.
     * @param lost the mark of what was journaled behind the end and was lost with the machine, or null.
     */
    record Recovered(RunEnd end, @Nullable Mark lost)
    {
    }

    private static final AtomicLong ATTEMPTS = new AtomicLong();

    private TapeDirectory()
    {
    }

    /**
     * Makes sure that a directory is a tape.
     *
     * @param directory missing, empty, or a tape.
     * @param device    that is told each step.
     * @return what was done.
     * @throws TapeException if it is something else, or cannot be made.
     */
    static Prepared prepare(final Path directory, final Device device)
    {
        try
        {
            if (!Files.exists(directory))
            {
                return make(directory, device);
            }
            if (Files.isDirectory(directory) && !Files.exists(directory.resolve(TapeMarker.NAME)))
            {
                final List<String> foreign = TapeMarker.foreign(directory);
                if (!foreign.isEmpty())
                {
                    throw new TapeException(Kind.UNREADABLE, "directory is neither empty nor a tape: directory=" +
                        directory + " holds=" + foreign.get(0));
                }
                mark(directory);
                device.step(TapeStep.MARKER_WRITTEN);
                return Prepared.MARKED;
            }
        }
        catch (final IOException e)
        {
            throw cannotCreate(directory, e);
        }
        TapeMarker.check(directory);
        return Prepared.FOUND;
    }

    /**
     * The file of the lock comes first: who finds a marker needs none, and a device without room for it, or without
     * locks, is told before there is a tape, which could be taken back under the lock only.
     */
    private static void mark(final Path directory) throws IOException
    {
        final boolean isMade = TapeLock.makeFile(directory);
        try
        {
            TapeLock.tryOut(directory);
            TapeMarker.write(directory);
        }
        catch (final IOException e)
        {
            if (isMade)
            {
                Files.deleteIfExists(directory.resolve(TapeLock.NAME));
            }
            throw e;
        }
    }

    private static Prepared make(final Path directory, final Device device) throws IOException
    {
        final Path absolute = directory.toAbsolutePath();
        final Path temporary = temporary(absolute);
        boolean made = false;
        try
        {
            Permissions.createDirectory(temporary);
            device.step(TapeStep.DIRECTORY_MADE);
            mark(temporary);
            device.step(TapeStep.MARKER_WRITTEN);
            Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE);
            made = true;
            return Prepared.MADE;
        }
        catch (final IOException e)
        {
            if (!Files.exists(absolute.resolve(TapeMarker.NAME)))
            {
                throw e;
            }
            // Somebody else was faster.
            return Prepared.FOUND;
        }
        finally
        {
            if (!made)
            {
                deleteTree(temporary);
            }
        }
    }

    /** What a tape is called while it is no tape, beside its place. */
    static Path temporary(final Path absolute)
    {
        return absolute.resolveSibling(absolute.getFileName() + "." + ProcessHandle.current().pid() + "-" +
            ATTEMPTS.incrementAndGet() + RunDirectory.TEMPORARY_SUFFIX);
    }

    /**
     * Makes the directory of a run.
     *
     * @param tape   its directory.
     * @param runId  of the run.
     * @param device that is told each step.
     * @return the directory.
     * @throws TapeException if it cannot be made.
     */
    static Path makeRun(final Path tape, final long runId, final Device device)
    {
        final Path run = tape.resolve(RunDirectory.name(runId));
        final Path temporary = tape.resolve(RunDirectory.name(runId) + RunDirectory.TEMPORARY_SUFFIX);
        try
        {
            Permissions.createDirectory(temporary);
            device.step(TapeStep.RUN_MADE);
            Files.move(temporary, run, StandardCopyOption.ATOMIC_MOVE);
            device.step(TapeStep.RUN_RENAMED);
            return run;
        }
        catch (final IOException e)
        {
            removeUnused(temporary);
            throw cannotCreate(run, e);
        }
    }

    private static void removeUnused(final Path run)
    {
        try
        {
            deleteTree(run);
        }
        catch (final IOException e)
        {
            throw cannotCreate(run, e);
        }
    }

    /**
     * Takes a run back: from all to nothing in one step for a reader, then its files.
     *
     * @param tape   its directory, locked.
     * @param runId  of the run, which need not be there.
     * @param device that is told each step.
     * @throws TapeException if it cannot be removed.
     */
    static void removeRun(final Path tape, final long runId, final Device device)
    {
        final Path run = tape.resolve(RunDirectory.name(runId));
        final Path temporary = tape.resolve(RunDirectory.name(runId) + RunDirectory.TEMPORARY_SUFFIX);
        try
        {
            if (Files.exists(run))
            {
                Files.move(run, temporary, StandardCopyOption.ATOMIC_MOVE);
                device.step(TapeStep.RUN_TAKEN_BACK);
                deleteTree(temporary);
            }
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot remove", run, e);
        }
    }

    /**
     * Removes what a killed process left half-made, and finds where the tape ends: behind the last whole document, or
     * where a mark or manifest says that it ended, so that lost sequences are never given again. After a new start of
     * the machine that holds for what was forced only: the rest may be gone in parts, and the tape goes on behind its
     * whole part.
     *
     * @param tape   its directory, locked.
     * @param bootId of the machine.
     * @return the end.
     * @throws TapeException if the tape cannot be read.
     */
    static Recovered recover(final Path tape, final BootId bootId)
    {
        try
        {
            final Tape opened = Tape.open(tape, bootId);
            final TapeMarks marks = TapeMarks.read(opened);
            removeTemporary(tape, marks);
            final boolean isOfAnotherBoot = marks.isOfAnotherBoot();
            final RunEnd found = isOfAnotherBoot ? wholeEnd(opened, marks) :
                lastEnd(RunDirectory.list(tape), marks.journaled());
            final Mark journaled = marks.journaled();
            final Mark durable = marks.durable();
            if (!isOfAnotherBoot && journaled != null && journaled.isBeyond(found))
            {
                return new Recovered(journaled.runEnd(), null);
            }
            // What was forced and is not there is damage, which the next run's header keeps for readers to name.
            final RunEnd end = durable != null && durable.isBeyond(found) ? durable.runEnd() : found;
            return new Recovered(end, isOfAnotherBoot ? journaled : null);
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot recover the tape", tape, e);
        }
    }

    private static RunEnd wholeEnd(final Tape tape, final TapeMarks marks) throws IOException
    {
        final RunEnd end = TapeSpan.wholeEnd(tape, marks);
        for (final RunDirectory run : tape.runs())
        {
            for (final RunDirectory.RollFile file : run.files())
            {
                final TailScan.Whole last = run.runId() != end.runId() || file.number() != end.fileNumber() ? null :
                    new TailScan(run.runId()).endingAt(file, end.endOffset(), end.crc());
                if (last != null && last.isTrailer())
                {
                    finish(run, last);
                }
            }
        }
        return end;
    }

    private static RunEnd lastEnd(final List<RunDirectory> runs, final @Nullable Mark journaled) throws IOException
    {
        for (int i = runs.size() - 1; i >= 0; i--)
        {
            final RunEnd end = end(runs.get(i), journaled);
            if (end != null)
            {
                return end;
            }
        }
        return RunEnd.NONE;
    }

    private static @Nullable RunEnd end(final RunDirectory run, final @Nullable Mark journaled) throws IOException
    {
        final RunEnd finished = finished(run);
        for (int i = run.files().size() - 1; i >= 0; i--)
        {
            final RunDirectory.RollFile file = run.files().get(i);
            final TailScan.Whole last = new TailScan(run.runId()).last(file, journaled);
            if (last != null)
            {
                if (last.isTrailer())
                {
                    finish(run, last);
                }
                return finished != null && finished.lastSequence() > last.lastSequence() ? finished :
                    new RunEnd(run.runId(), file.number(), last.next(), last.crc(), last.lastSequence());
            }
        }
        return finished;
    }

    /** A kill came between the trailer and the manifest, or its page is lost: it is made to say what the tape says. */
    private static void finish(final RunDirectory run, final TailScan.Whole trailer) throws IOException
    {
        final RunHead head = RunHead.read(run, new Walker(Walker.DEFAULT_WINDOW_BYTES));
        try
        {
            final Manifest manifest = Manifest.read(run);
            // The header may have been removed with the first file.
            final long first = manifest.last().map((last) -> last.lastSequence() + 1)
                .orElse(head == null ? -1 : head.run().firstSequence());
            if (!manifest.isClosed() && manifest.ends().size() == trailer.file().number() && first >= 0)
            {
                Manifest.append(run.path(), new Manifest.Entry(Manifest.CLOSED, run.runId(), trailer.file().number(),
                    first, trailer.lastSequence(), trailer.next(), 0, trailer.crc(), 0));
            }
        }
        catch (final TapeException e)
        {
            // A damaged manifest is for readers to report; it stops no recording.
            return;
        }
    }

    /** What was finished and is lost is never given the same sequences again. */
    private static @Nullable RunEnd finished(final RunDirectory run) throws IOException
    {
        try
        {
            return Manifest.read(run).last()
                .map((last) -> new RunEnd(
                    run.runId(), last.fileNumber(), last.endOffset(), last.crc(), last.lastSequence()))
                .orElse(null);
        }
        catch (final TapeException e)
        {
            // A damaged manifest is for readers to report; it stops no recording.
            return null;
        }
    }

    /**
     * The number of the next run.
     *
     * @param tape     its directory.
     * @param previous end of the run before.
     * @return one above the highest that has a directory, or had one.
     * @throws TapeException if the tape cannot be read.
     */
    static long nextRunId(final Path tape, final RunEnd previous)
    {
        try
        {
            final List<RunDirectory> runs = RunDirectory.list(tape);
            final long highest = runs.isEmpty() ? 0 : runs.get(runs.size() - 1).runId();
            return Math.max(highest, previous.runId()) + 1;
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", tape, e);
        }
    }

    private static void removeTemporary(final Path tape, final TapeMarks marks) throws IOException
    {
        final List<RunDirectory> runs = RunDirectory.list(tape);
        if (!runs.isEmpty())
        {
            removeUnusedFiles(runs.get(runs.size() - 1), marks);
        }
        try (DirectoryStream<Path> left =
            Files.newDirectoryStream(tape, "run-*" + RunDirectory.TEMPORARY_SUFFIX))
        {
            for (final Path path : left)
            {
                deleteTree(path);
            }
        }
    }

    /** What a kill left of a roll: a file that was made ready, or one in its place that never got a byte. */
    private static void removeUnusedFiles(final RunDirectory run, final TapeMarks marks) throws IOException
    {
        try (DirectoryStream<Path> ready = Files.newDirectoryStream(run.path(), "*" + SpaceGuard.NEXT_SUFFIX))
        {
            for (final Path path : ready)
            {
                Files.delete(path);
            }
        }
        if (run.files().isEmpty())
        {
            return;
        }
        final RunDirectory.RollFile last = run.files().get(run.files().size() - 1);
        if (Files.size(last.path()) == 0 && !isVouchedFor(run, last, marks))
        {
            Files.delete(last.path());
        }
        else
        {
            Preallocation.giveBack(last.path());
        }
    }

    /** Whether a file without a byte should have some: then it is for readers to name what is gone. */
    private static boolean isVouchedFor(
        final RunDirectory run, final RunDirectory.RollFile file, final TapeMarks marks) throws IOException
    {
        final Mark journaled = marks.journaled();
        try
        {
            return (journaled != null && journaled.isBeyond(run.runId(), file.number(), 0, Long.MAX_VALUE)) ||
                Manifest.read(run).ends().size() > file.number();
        }
        catch (final TapeException e)
        {
            return true;
        }
    }

    /** Each directory is listed to its end before the next one: few files are open at a time. */
    static void deleteTree(final Path root) throws IOException
    {
        if (Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS))
        {
            final List<Path> entries = new ArrayList<>();
            try (DirectoryStream<Path> found = Files.newDirectoryStream(root))
            {
                found.forEach(entries::add);
            }
            for (final Path entry : entries)
            {
                deleteTree(entry);
            }
        }
        Files.deleteIfExists(root);
    }

    static TapeException cannotCreate(final Path path, final Throwable cause)
    {
        return new TapeException(Kind.CANNOT_CREATE, "cannot create the tape: path=" + path + ": " +
            Tape.reason(cause), cause);
    }
}
