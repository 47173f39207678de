package io.ringtape.journal;

import io.ringtape.journal.Documents.RunEnd;
import io.ringtape.journal.RunDirectory.RollFile;
import io.ringtape.journal.TapeException.Kind;
import io.ringtape.journal.TapeInfo.File;
import io.ringtape.journal.TapeInfo.FileState;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The files of a run as its directory, its manifest, the next run and a skim of its end tell them.
 */
final class RunFiles
{
    private final RunDirectory run;
    private final @Nullable RunEnd fence;
    private final @Nullable RunSkim skim;
    private final Consumer<TapeException> problems;
    private final @Nullable Manifest manifest;

    private RunFiles(
        final RunDirectory run,
        final @Nullable RunEnd fence,
        final @Nullable RunSkim skim,
        final Consumer<TapeException> problems,
        final @Nullable Manifest manifest)
    {
        this.run = run;
        this.fence = fence;
        this.skim = skim;
        this.problems = problems;
        this.manifest = manifest;
    }

    /**
     * Reads the manifest of a run and holds it against the directory.
     *
     * @param run      as its directory was listed, before.
     * @param fence    where the next run says that this one ends, or null.
     * @param skim     of the run's end, or null.
     * @param problems is told what is damaged or missing.
     * @return the files.
     * @throws IOException if the directory cannot be read.
     */
    static RunFiles read(
        final RunDirectory run,
        final @Nullable RunEnd fence,
        final @Nullable RunSkim skim,
        final Consumer<TapeException> problems)
        throws IOException
    {
        Manifest manifest = null;
        try
        {
            manifest = Manifest.read(run);
            ManifestCheck.requireFinished(run, manifest, fence);
        }
        catch (final TapeException e)
        {
            problems.accept(e);
        }
        return new RunFiles(run, fence, skim, problems, manifest);
    }

    /** Whether the first file, and with it the run's header, was taken away in order. */
    boolean isFirstRemoved()
    {
        return manifest != null && manifest.removal(0).isPresent();
    }

    boolean isClosed()
    {
        return (manifest != null && manifest.isClosed()) || (skim != null && skim.reader().trailer() != null);
    }

    /** The first sequence where the run's header does not tell it. */
    OptionalLong firstSequence()
    {
        return manifest == null || manifest.ends().isEmpty() ? OptionalLong.empty() :
            OptionalLong.of(manifest.ends().get(0).firstSequence());
    }

    OptionalLong lastSequence()
    {
        if (fence != null)
        {
            return OptionalLong.of(fence.lastSequence());
        }
        if (manifest != null && manifest.isClosed())
        {
            final Manifest.Entry last = manifest.ends().get(manifest.ends().size() - 1);
            return OptionalLong.of(manifest.removal(last.fileNumber()).orElse(last).lastSequence());
        }
        return skim == null || skim.problem() != null ? OptionalLong.empty() :
            OptionalLong.of(skim.reader().nextSequence() - 1);
    }

    long sizeBytes() throws IOException
    {
        long size = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(run.path()))
        {
            for (final Path entry : entries)
            {
                size += Files.isRegularFile(entry) ? Files.size(entry) : 0;
            }
        }
        return size;
    }

    /**
     * The files in order of their numbers.
     *
     * @param head of the run, or null if it has no whole one.
     * @return those that are there, were removed, or are missing.
     * @throws IOException if the directory cannot be read.
     */
    List<File> files(final @Nullable RunHead head) throws IOException
    {
        final TreeSet<Long> numbers = new TreeSet<>();
        for (final RollFile file : run.files())
        {
            numbers.add(file.number());
        }
        final List<Manifest.Entry> ends = manifest == null ? List.of() : manifest.ends();
        for (long number = 0; number < ends.size(); number++)
        {
            numbers.add(number);
        }
        final List<File> files = new ArrayList<>();
        long next = head == null ? Long.MIN_VALUE : head.run().firstSequence();
        for (final long number : numbers)
        {
            if (number < ends.size())
            {
                final Manifest.Entry end = ends.get((int)number);
                files.add(finished(end));
                next = end.lastSequence() + 1;
            }
            else
            {
                files.add(open(number, next));
                next = Long.MIN_VALUE;
            }
        }
        return files;
    }

    private File finished(final Manifest.Entry finished) throws IOException
    {
        final long number = finished.fileNumber();
        final String name = RollFiles.name(number);
        final Path path = run.path().resolve(name);
        final Manifest.Entry seal = manifest == null ? null : manifest.seal(number).orElse(null);
        final Manifest.Entry removal = manifest == null ? null : manifest.removal(number).orElse(null);
        final boolean isThere = Files.exists(path);
        final long length = isThere ? Files.size(path) : removal == null ? 0 : removal.length();
        final FileState state = removal != null ? FileState.REMOVED : !isThere ? FileState.MISSING :
            seal != null ? FileState.SEALED : FileState.FINISHED;
        if (fence != null && fence.isBefore(number))
        {
            return nobodys(number, state, length);
        }
        final Manifest.Entry end = finished.upTo(fence);
        if (state == FileState.MISSING)
        {
            problems.accept(new TapeException(Kind.GAP, "file of a run is missing: run=" + run.runId() + " file=" +
                name + " sequences=" + end.firstSequence() + ".." + end.lastSequence()));
        }
        else if (state == FileState.SEALED && seal != null && seal.length() != length && end.equals(finished))
        {
            problems.accept(new TapeException(Kind.DAMAGED, "tape is damaged, a sealed file has another length: run=" +
                run.runId() + " file=" + name + " length=" + length + " sealed=" + seal.length() + " " +
                seal.sequences()));
        }
        else if (length < end.endOffset() && state != FileState.REMOVED)
        {
            problems.accept(new TapeException(Kind.DAMAGED, "tape is damaged, a file ends early: run=" + run.runId() +
                " file=" + name + " length=" + length + " end=" + end.endOffset() + " " + end.sequences()));
        }
        return new File(number, name, state, OptionalLong.of(end.firstSequence()),
            OptionalLong.of(removal == null ? end.lastSequence() : removal.lastSequence()),
            OptionalLong.of(end.endOffset()), length);
    }

    /** What stands in a file behind the end of the run was lost with the machine. */
    private static File nobodys(final long number, final FileState state, final long length)
    {
        return new File(number, RollFiles.name(number), state, OptionalLong.empty(), OptionalLong.empty(),
            OptionalLong.empty(), length);
    }

    private File open(final long number, final long first) throws IOException
    {
        final String name = RollFiles.name(number);
        final long length = Files.size(run.path().resolve(name));
        if (fence != null && fence.isBefore(number))
        {
            return nobodys(number, FileState.OPEN, length);
        }
        final RunEnd end = fence != null || skim == null || skim.problem() != null ? fence :
            ManifestCheck.end(skim.reader());
        final RunEnd here = end != null && end.fileNumber() == number ? end : null;
        return new File(number, name, FileState.OPEN,
            first == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(first),
            here == null ? OptionalLong.empty() : OptionalLong.of(here.lastSequence()),
            here == null ? OptionalLong.empty() : OptionalLong.of(here.endOffset()), length);
    }
}
