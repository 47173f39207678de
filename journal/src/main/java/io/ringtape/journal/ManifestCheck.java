package io.ringtape.journal;

import io.ringtape.journal.Documents.RunEnd;
import io.ringtape.journal.RunDirectory.RollFile;
import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds the manifests of a tape against what was read: every finished file is in one, every closed run says so, and a
 * sealed file is what it was to its last byte, Chronicle's own bytes among them.
 */
final class ManifestCheck
{
    private ManifestCheck()
    {
    }

    /**
     * Checks.
     *
     * @param tape   that was read to its end.
     * @param closed ids of the runs in which a trailer was read.
     * @param last   where the reading of the last run came to its end, or null if there is none.
     * @return what a kill left undone, or empty.
     * @throws TapeException if a manifest is missing, or it and the tape do not agree.
     */
    static Optional<String> check(final Tape tape, final Set<Long> closed, final @Nullable RunEnd last)
    {
        final RunChain chain = RunChain.read(tape, new Walker(Walker.DEFAULT_WINDOW_BYTES));
        Optional<String> torn = Optional.empty();
        try
        {
            for (int i = 0; i < chain.size(); i++)
            {
                // Only of the newest run.
                torn = check(chain, i, closed, last);
            }
            return torn;
        }
        catch (final TapeException e)
        {
            throw TakenBack.explain(tape, chain, e);
        }
    }

    /**
     * Checks one run.
     *
     * @param chain  the runs.
     * @param index  of the run.
     * @param closed ids of the runs in which a trailer was read.
     * @param last   where the reading of this run came to its end, or of another one, or null.
     * @return what a kill left undone, or empty.
     * @throws TapeException if the manifest is missing, or it and the run do not agree.
     */
    static Optional<String> check(
        final RunChain chain, final int index, final Set<Long> closed, final @Nullable RunEnd last)
    {
        final RunDirectory run = chain.directory(index);
        final boolean isLast = index == chain.size() - 1;
        final boolean isWritten = isLast && chain.owner().isPresent();
        try
        {
            final Manifest manifest = Manifest.read(run);
            final Optional<String> torn = !isWritten && closed.contains(run.runId()) && !manifest.isClosed() ?
                Optional.of(notClosed(run, isLast)) : Optional.empty();
            // The last file of a run that was not closed is not finished.
            final RunEnd end = end(chain, index, last);
            requireFinished(run, manifest, end);
            if (!isWritten)
            {
                requireSeals(run, manifest, end);
            }
            return torn;
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", run.path(), e);
        }
    }

    /** Between the trailer and the manifest is room for a kill, but the next run makes up for it. */
    private static String notClosed(final RunDirectory run, final boolean isLast)
    {
        if (!isLast)
        {
            throw new TapeException(Kind.DAMAGED,
                "tape is damaged, the manifest of a closed run does not say so: run=" + run.runId());
        }
        return "torn tail: the manifest of a closed run does not say so: run=" + run.runId();
    }

    /** Of the files up to the end of the run each but the last; of those behind it nothing is asked. */
    static void requireFinished(final RunDirectory run, final Manifest manifest, final @Nullable RunEnd end)
    {
        long last = 0;
        for (final RollFile file : run.files())
        {
            last = end == null || !end.isBefore(file.number()) ? file.number() : last;
        }
        if (manifest.ends().size() < last)
        {
            throw new TapeException(Kind.DAMAGED, "tape is damaged, the manifest of a run lacks a file: run=" +
                run.runId() + " file=" + RollFiles.name(manifest.ends().size()));
        }
    }

    /** Where a run ends: as the next one says, else as it was read; null if nothing tells. */
    private static @Nullable RunEnd end(final RunChain chain, final int index, final @Nullable RunEnd last)
    {
        final RunEnd fence = chain.fence(index);
        return fence != null || last == null || last.runId() != chain.directory(index).runId() ? fence : last;
    }

    private static void requireSeals(final RunDirectory run, final Manifest manifest, final @Nullable RunEnd end)
        throws IOException
    {
        for (final RollFile file : run.files())
        {
            final Manifest.Entry seal = manifest.seal(file.number()).orElse(null);
            if (seal != null && (end == null || !end.isBefore(seal)))
            {
                requireSeal(run, file, seal);
            }
        }
    }

    /** Where the reading of a run came to its end, or stands. */
    static RunEnd end(final RunReader reader)
    {
        return new RunEnd(reader.head().run().runId(), reader.file().number(), reader.acceptedEnd(), reader.lastCrc(),
            reader.nextSequence() - 1);
    }

    static void requireSeal(final RunDirectory run, final RollFile file, final Manifest.Entry seal)
        throws IOException
    {
        if (!Sealer.Seal.of(file.path()).equals(new Sealer.Seal(seal.length(), seal.crc())))
        {
            throw new TapeException(Kind.DAMAGED, "tape is damaged, a sealed file is not what it was: run=" +
                run.runId() + " file=" + file.name() + " " + seal.sequences());
        }
    }
}
