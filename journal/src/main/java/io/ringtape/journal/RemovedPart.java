package io.ringtape.journal;

import io.ringtape.journal.RunDirectory.RollFile;
import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was taken away in order from the start of a tape, as the manifests tell it: whole runs, then files of the one
 * that follows. What is missing without such a record is none of it.
 *
 * @param runs          that are gone as a whole, from the first on; a kill may have left files of the last of them.
 * @param part          the run that follows, of which files are gone, and a kill may have left one of those; or null.
 * @param runFirst      first sequence behind those runs: that of the run that follows.
 * @param files         that are gone of the run that follows, from its first on.
 * @param firstSequence of the tape that is left; 0 if nothing was taken away.
 */
record RemovedPart(List<RunDirectory> runs, @Nullable RunDirectory part, long runFirst, long files, long firstSequence)
{
    static final RemovedPart NOTHING = new RemovedPart(List.of(), null, 0, 0, 0);

    /**
     * What the manifests tell.
     *
     * @param all runs of a tape, without those that never got a document: they are nothing that was taken away.
     * @return what is gone.
     * @throws IOException if a manifest cannot be read.
     */
    static RemovedPart read(final List<RunDirectory> all) throws IOException
    {
        final List<RunDirectory> runs = new ArrayList<>();
        long next = 0;
        for (final RunDirectory run : all)
        {
            final Manifest manifest = manifest(run);
            final long files = manifest == null ? 0 : removed(manifest);
            if (manifest == null || files == 0)
            {
                break;
            }
            // Not what it was finished with, of which the machine may have lost the end.
            final Manifest.Entry last = manifest.removal(files - 1).orElseThrow();
            if (files < manifest.ends().size() || isLeft(run, files))
            {
                return new RemovedPart(runs, run, manifest.ends().get(0).firstSequence(), files,
                    last.lastSequence() + 1);
            }
            runs.add(run);
            next = last.lastSequence() + 1;
        }
        return new RemovedPart(runs, null, next, 0, next);
    }

    /** Of the runs that are gone as a whole, or -1. */
    long lastRunId()
    {
        return runs.isEmpty() ? -1 : runs.get(runs.size() - 1).runId();
    }

    /** One that cannot be told says nothing; readers report it. */
    private static @Nullable Manifest manifest(final RunDirectory run) throws IOException
    {
        try
        {
            return Manifest.read(run);
        }
        catch (final TapeException e)
        {
            return null;
        }
    }

    private static long removed(final Manifest manifest)
    {
        long files = 0;
        while (files < manifest.ends().size() && manifest.removal(files).isPresent())
        {
            files++;
        }
        return files;
    }

    private static boolean isLeft(final RunDirectory run, final long from)
    {
        return run.files().stream().anyMatch((file) -> file.number() >= from);
    }

    /** The run without what is gone, of which a kill may have left a file. */
    RunDirectory left(final RunDirectory run)
    {
        final List<RollFile> kept = run.files().stream().filter((file) -> file.number() >= files).toList();
        return new RunDirectory(run.runId(), run.path(), kept);
    }

    /**
     * Stands for the header that is gone with the first file.
     *
     * @param run the one that is left in part, without what is gone.
     * @return null if it does not start with the file behind those that are gone.
     */
    @Nullable
    RunHead head(final RunDirectory run)
    {
        return run.files().isEmpty() || run.files().get(0).number() != files ? null :
            new RunHead(new RunInfo(run.runId(), runFirst, DocumentLayout.NO_TIME, lastRunId(), -1),
                new Documents.RunEnd(lastRunId(), -1, 0, 0, runFirst - 1));
    }

    /** What was taken away, for a message; empty if nothing was. */
    String text()
    {
        return firstSequence == 0 ? "" :
            "sequences were removed: sequences=0.." + (firstSequence - 1) + " firstSequence=" + firstSequence;
    }

    /**
     * Refuses a sequence that was taken away.
     *
     * @param sequence to start with.
     * @throws TapeException if it was.
     */
    void requireLeft(final long sequence)
    {
        if (sequence < firstSequence)
        {
            throw new TapeException(Kind.OUT_OF_RANGE, text());
        }
    }
}
