package io.ringtape.journal;

import io.ringtape.journal.RunDirectory.RollFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes whole files from the oldest on, so that a tape keeps to a size or an age. It stops before the first file that
 * is not finished, that a mark stands in, that is of a run which a {@link GatewaySideFile} counts on, or that is the
 * newest run's last one. The files of a run that was not closed, or that lost its end with the machine, are finished
 * where the next run says that it ends, and what stands behind that goes with the last of them; before sequences that
 * were not journaled it stops.
 * <p>
 * The manifest says that a file is removed, and is forced to the device, before the file is deleted. A kill in between
 * leaves a file that readers pass over and the next removal deletes. While a {@link TapeReader} is open, in this
 * process or another, nothing is removed; while files are removed, none is opened.
 * <p>
 * Thread safety: stateless but for the tape; a removal holds the tape's lock, and keeps readers off.
 * Allocation: on each call.
 */
public final class TapeRetention
{
    /** The most days that can be kept: a hundred years. */
    public static final int MAX_DAYS = 36_500;
    private static final long DAY_NS = 86_400_000_000_000L;

    private final Tape tape;
    private final TapeMarks marks;
    private final RunChain chain;
    private final RemovableFiles removable;

    private TapeRetention(final Tape tape)
    {
        this.tape = tape;
        this.marks = TapeMarks.read(tape);
        final long sideRun = GatewaySideFile.neededRun(tape.directory());
        this.chain = RunChain.read(tape, new Walker(Walker.DEFAULT_WINDOW_BYTES));
        this.removable = new RemovableFiles(chain, marks, sideRun);
    }

    /** A tape that was taken back while somebody is stopped has neither runs nor marks, and is whole. */
    private void requireMarks()
    {
        final TapeException failure = marks.failure();
        if (chain.size() == 0)
        {
            chain.requireComplete(marks, chain.removed().firstSequence());
        }
        else if (failure != null)
        {
            throw failure;
        }
    }

    /**
     * Removes files whose events are all older than so many days before the newest receive time on tape, where a tape
     * may be written by default.
     *
     * @param tape   to remove from.
     * @param days   to keep, 1 to {@link #MAX_DAYS}.
     * @param remove false to say only what would go.
     * @return what went, or would.
     * @throws TapeException as {@link #keepDays(Tape, int, boolean, TapeConfig)}.
     */
    public static Retention keepDays(final Tape tape, final int days, final boolean remove)
    {
        return keepDays(tape, days, remove, TapeConfig.defaults());
    }

    /**
     * Removes files whose events are all older than so many days before the newest receive time on tape.
     *
     * @param tape   to remove from.
     * @param days   to keep, 1 to {@link #MAX_DAYS}.
     * @param remove false to say only what would go.
     * @param config as the tape was written with: {@link TapeConfig#anyFileSystem()} is all that is asked of it.
     * @return what went, or would.
     * @throws TapeException if the tape is damaged where it was looked at, is written or read, or is where no writer
     *     may go to work.
     */
    public static Retention keepDays(
        final Tape tape, final int days, final boolean remove, final TapeConfig config)
    {
        if (days < 1 || days > MAX_DAYS)
        {
            throw new IllegalArgumentException("days must be 1 to " + MAX_DAYS + ": days=" + days);
        }
        return keep(tape, (found) -> found.olderThan(days), remove, parts(tape, config));
    }

    /**
     * Removes files until the tape has no more than so many bytes, or no more files that may go, where a tape may be
     * written by default.
     *
     * @param tape   to remove from.
     * @param bytes  to keep, 0 or more.
     * @param remove false to say only what would go.
     * @return what went, or would.
     * @throws TapeException as {@link #keepBytes(Tape, long, boolean, TapeConfig)}.
     */
    public static Retention keepBytes(final Tape tape, final long bytes, final boolean remove)
    {
        return keepBytes(tape, bytes, remove, TapeConfig.defaults());
    }

    /**
     * Removes files until the tape has no more than so many bytes, or no more files that may go.
     *
     * @param tape   to remove from.
     * @param bytes  to keep, 0 or more.
     * @param remove false to say only what would go.
     * @param config as the tape was written with: {@link TapeConfig#anyFileSystem()} is all that is asked of it.
     * @return what went, or would.
     * @throws TapeException if the tape is damaged where it was looked at, is written or read, or is where no writer
     *     may go to work.
     */
    public static Retention keepBytes(
        final Tape tape, final long bytes, final boolean remove, final TapeConfig config)
    {
        return keepBytes(tape, bytes, remove, parts(tape, config));
    }

    static Retention keepBytes(final Tape tape, final long bytes, final boolean remove, final TapeParts parts)
    {
        if (bytes < 0)
        {
            throw new IllegalArgumentException("bytes must not be negative: bytes=" + bytes);
        }
        return keep(tape, (found) -> (file, sizeBytes) -> sizeBytes > bytes, remove, parts);
    }

    private static TapeParts parts(final Tape tape, final TapeConfig config)
    {
        return TapeParts.of(tape.directory(), config, () -> 0L);
    }

    /** Made anew for each call. */
    private interface Rule
    {
        Limit of(TapeRetention retention);
    }

    /** Decides which files go, asked in order; the first that does not ends it. */
    private interface Limit
    {
        boolean isPassedBy(RemovableFiles.Place file, long sizeBytes);
    }

    private static Retention keep(final Tape tape, final Rule rule, final boolean remove, final TapeParts parts)
    {
        return remove ? locked(tape, rule, parts) : planned(tape, rule);
    }

    private static Retention planned(final Tape tape, final Rule rule)
    {
        final TapeReaders.Hold kept = TapeReaders.read(tape.directory());
        try (kept)
        {
            return new TapeRetention(tape).planStanding(rule);
        }
    }

    private Retention planStanding(final Rule rule)
    {
        try
        {
            return plan(rule, false);
        }
        catch (final TapeException e)
        {
            throw TakenBack.explain(tape, marks, chain, e);
        }
    }

    private static Retention locked(final Tape tape, final Rule rule, final TapeParts parts)
    {
        TapeGuard.check(tape.directory(), parts);
        final TapeLock lock = TapeLock.acquire(tape.directory(), tape.bootId());
        try (lock)
        {
            return alone(tape, rule);
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot remove files of the tape", tape.directory(), e);
        }
    }

    private static Retention alone(final Tape tape, final Rule rule) throws IOException
    {
        final TapeReaders.Hold readersOff = TapeReaders.keepOff(tape.directory());
        try (readersOff)
        {
            final TapeRetention retention = new TapeRetention(tape);
            retention.deleteLeftovers();
            return retention.plan(rule, true);
        }
    }

    /** A kill may have left a file that was removed already, by what the manifest says. */
    private void deleteLeftovers() throws IOException
    {
        final RemovedPart removed = chain.removed();
        SnapshotFile.delete(tape.directory(), 0, removed.firstSequence() - 1);
        for (final RunDirectory run : removed.runs())
        {
            delete(run, Long.MAX_VALUE);
        }
        if (removed.part() != null)
        {
            delete(removed.part(), removed.files());
        }
    }

    private static void delete(final RunDirectory run, final long below) throws IOException
    {
        for (final RollFile file : run.files())
        {
            if (file.number() < below)
            {
                Files.deleteIfExists(FileIndex.path(run.path(), file.number()));
                Files.delete(file.path());
            }
        }
    }

    private Retention plan(final Rule rule, final boolean remove)
    {
        try
        {
            requireMarks();
            final Limit limit = rule.of(this);
            final List<RemovableFile> found = new ArrayList<>();
            final RemovableFiles.Place stays = removable.find(found);
            final List<RemovableFile> going = new ArrayList<>();
            long size = sizeBytes();
            for (final RemovableFile next : found)
            {
                if (!limit.isPassedBy(next.place(), size))
                {
                    break;
                }
                going.add(next);
                size -= next.freedBytes(tape.directory());
            }
            final boolean isWithinLimit =
                going.size() < found.size() || stays == null || !limit.isPassedBy(stays, size);
            long first = chain.removed().firstSequence();
            final List<Retention.File> files = new ArrayList<>();
            for (final RemovableFile next : going)
            {
                final Manifest.Entry seal = next.seal();
                files.add(new Retention.File(seal.runId(), RollFiles.name(seal.fileNumber()), seal.firstSequence(),
                    seal.lastSequence(), next.lengthBytes()));
                if (remove)
                {
                    next.remove(tape.directory(), removable.lastTimeNs(next.place()));
                }
                first = seal.lastSequence() + 1;
            }
            return new Retention(files, first, size, isWithinLimit);
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot remove files of the tape", tape.directory(), e);
        }
    }

    /** Without the owner's name, which is there only while files are removed. */
    private long sizeBytes()
    {
        try
        {
            final Path owner = tape.directory().resolve(TapeOwner.NAME);
            return tape.sizeBytes() - (Files.exists(owner) ? Files.size(owner) : 0);
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", tape.directory(), e);
        }
    }

    private Limit olderThan(final int days)
    {
        long newest = DocumentLayout.NO_TIME;
        for (int i = 0; i < chain.size(); i++)
        {
            newest = Math.max(newest, TapeSpan.maxReceiveTimeNs(chain, marks, i));
        }
        final long oldest = newest < Long.MIN_VALUE + days * DAY_NS ? Long.MIN_VALUE : newest - days * DAY_NS;
        return (file, sizeBytes) -> removable.lastTimeNs(file) < oldest;
    }
}
