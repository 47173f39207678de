package io.ringtape.journal;

import io.ringtape.journal.Documents.RunEnd;
import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the directories of a tape, each in one step, and finds where the tape ends.
 */
final class TapeDirectory
{
    private TapeDirectory()
    {
    }

    /**
     * Makes sure that a directory is a tape.
     *
     * @param directory missing, empty, or a tape.
     * @return whether it was made a tape just now.
     * @throws TapeException if it is something else, or cannot be made.
     */
    static boolean prepare(final Path directory)
    {
        try
        {
            if (!Files.exists(directory))
            {
                return make(directory);
            }
            if (Files.isDirectory(directory) && !Files.exists(directory.resolve(TapeMarker.NAME)))
            {
                final List<String> foreign = TapeMarker.foreign(directory);
                if (!foreign.isEmpty())
                {
                    throw new TapeException(Kind.UNREADABLE, "directory is neither empty nor a tape: directory=" +
                        directory + " holds=" + foreign.get(0));
                }
                TapeMarker.write(directory);
                return true;
            }
        }
        catch (final IOException e)
        {
            throw cannotCreate(directory, e);
        }
        TapeMarker.check(directory);
        return false;
    }

    private static boolean make(final Path directory) throws IOException
    {
        final Path absolute = directory.toAbsolutePath();
        final Path temporary = absolute.resolveSibling(absolute.getFileName() + "." +
            ProcessHandle.current().pid() + RunDirectory.TEMPORARY_SUFFIX);
        boolean made = false;
        try
        {
            Permissions.createDirectory(temporary);
            TapeMarker.write(temporary);
            Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE);
            made = true;
            return true;
        }
        finally
        {
            if (!made)
            {
                deleteTree(temporary);
            }
        }
    }

    /**
     * Takes back what {@link #prepare(Path)} made: nothing was recorded.
     *
     * @param directory of the tape.
     */
    static void removeUnused(final Path directory)
    {
        try
        {
            deleteTree(directory);
        }
        catch (final IOException e)
        {
            throw cannotCreate(directory, e);
        }
    }

    /**
     * Makes the directory of a run.
     *
     * @param tape  its directory.
     * @param runId of the run.
     * @return the directory.
     * @throws TapeException if it cannot be made.
     */
    static Path makeRun(final Path tape, final long runId)
    {
        final Path run = tape.resolve(RunDirectory.name(runId));
        final Path temporary = tape.resolve(RunDirectory.name(runId) + RunDirectory.TEMPORARY_SUFFIX);
        try
        {
            Permissions.createDirectory(temporary);
            Files.move(temporary, run, StandardCopyOption.ATOMIC_MOVE);
            return run;
        }
        catch (final IOException e)
        {
            throw cannotCreate(run, e);
        }
    }

    /**
     * Takes a run back: from all to nothing in one step for a reader, then its files.
     *
     * @param tape  its directory, locked.
     * @param runId of the run.
     * @throws TapeException if it cannot be removed.
     */
    static void removeRun(final Path tape, final long runId)
    {
        final Path run = tape.resolve(RunDirectory.name(runId));
        final Path temporary = tape.resolve(RunDirectory.name(runId) + RunDirectory.TEMPORARY_SUFFIX);
        try
        {
            Files.move(run, temporary, StandardCopyOption.ATOMIC_MOVE);
            deleteTree(temporary);
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot remove", run, e);
        }
    }

    /**
     * Removes what a killed process left half-made, and finds where the tape ends: behind the last whole document.
     *
     * @param tape its directory, locked.
     * @return the end.
     * @throws TapeException if the tape cannot be read.
     */
    static RunEnd recover(final Path tape)
    {
        try
        {
            removeTemporary(tape);
            final List<RunDirectory> runs = RunDirectory.list(tape);
            for (int i = runs.size() - 1; i >= 0; i--)
            {
                final RunEnd end = end(runs.get(i));
                if (end != null)
                {
                    return end;
                }
            }
            return RunEnd.NONE;
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot recover the tape", tape, e);
        }
    }

    private static @Nullable RunEnd end(final RunDirectory run) throws IOException
    {
        final RunEnd finished = finished(run);
        for (int i = run.files().size() - 1; i >= 0; i--)
        {
            final RunDirectory.RollFile file = run.files().get(i);
            final TailScan.Whole last = new TailScan(run.runId()).last(file);
            if (last != null)
            {
                return finished != null && finished.lastSequence() > last.lastSequence() ? finished :
                    new RunEnd(run.runId(), file.number(), last.next(), last.crc(), last.lastSequence());
            }
        }
        return finished;
    }

    /** What was finished and is lost is never given the same sequences again. */
    private static @Nullable RunEnd finished(final RunDirectory run) throws IOException
    {
        try
        {
            final List<Manifest.Entry> entries = Manifest.read(run);
            if (entries.isEmpty())
            {
                return null;
            }
            final Manifest.Entry last = entries.get(entries.size() - 1);
            return new RunEnd(run.runId(), last.fileNumber(), last.endOffset(), last.crc(), last.lastSequence());
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
     * @param tape its directory.
     * @return one above the highest that has a directory; 1 on an empty tape.
     * @throws TapeException if the tape cannot be read.
     */
    static long nextRunId(final Path tape)
    {
        try
        {
            final List<RunDirectory> runs = RunDirectory.list(tape);
            return runs.isEmpty() ? 1 : runs.get(runs.size() - 1).runId() + 1;
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", tape, e);
        }
    }

    private static void removeTemporary(final Path tape) throws IOException
    {
        try (DirectoryStream<Path> left =
            Files.newDirectoryStream(tape, "run-*" + RunDirectory.TEMPORARY_SUFFIX))
        {
            for (final Path path : left)
            {
                deleteTree(path);
            }
        }
    }

    static void deleteTree(final Path root) throws IOException
    {
        if (!Files.exists(root))
        {
            return;
        }
        final List<Path> paths;
        try (Stream<Path> walk = Files.walk(root))
        {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (final Path path : paths)
        {
            Files.delete(path);
        }
    }

    static TapeException cannotCreate(final Path path, final Throwable cause)
    {
        return new TapeException(Kind.CANNOT_CREATE, "cannot create the tape: path=" + path + ": " +
            Tape.reason(cause), cause);
    }
}
