package io.ringtape.journal;

import io.ringtape.journal.Documents.RunEnd;
import io.ringtape.journal.RunDirectory.RollFile;
import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Removes whole files from the oldest on, so that a tape keeps to a size or an age. It stops before the first file that
 * is not finished, that a mark stands in, that is of a run which a {@link GatewaySideFile} counts on, or that is the
 * newest run's last one. The files of a run that was not closed are finished where the next run says that it ends;
 * before sequences that were not journaled it stops.
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
    private final RunChain chain;
    private final TapeMarks marks;
    private final long sideRun;

    /**
     * A file that may go.
     *
     * @param place  where it is.
     * @param seal   what it is, with a CRC of 0 if it was never sealed.
     * @param isOpen whether its manifest does not say that it is finished.
     */
    private record Candidate(Place place, Manifest.Entry seal, boolean isOpen)
    {
    }

    private TapeRetention(final Tape tape)
    {
        this.tape = tape;
        this.marks = TapeMarks.read(tape);
        this.sideRun = GatewaySideFile.neededRun(tape.directory());
        this.chain = RunChain.read(tape, new Walker(Walker.DEFAULT_WINDOW_BYTES));
        final TapeException failure = marks.failure();
        // A tape that was taken back while somebody is stopped has neither runs nor marks.
        if (failure != null && chain.size() > 0)
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
        boolean isPassedBy(Place file, long sizeBytes);
    }

    /** A file that is there, by its position. */
    private record Place(int run, int file)
    {
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
            deleteLeftovers(tape);
            return new TapeRetention(tape).plan(rule, true);
        }
    }

    /** A kill may have left a file that was removed already, by what the manifest says. */
    private static void deleteLeftovers(final Tape tape) throws IOException
    {
        final RemovedPart removed = RunChain.read(tape, new Walker(Walker.DEFAULT_WINDOW_BYTES)).removed();
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
            final Limit limit = rule.of(this);
            final List<Candidate> candidates = new ArrayList<>();
            final Place stays = candidates(candidates);
            final List<Candidate> going = new ArrayList<>();
            long size = sizeBytes();
            for (final Candidate next : candidates)
            {
                if (!limit.isPassedBy(next.place(), size))
                {
                    break;
                }
                going.add(next);
                size -= freed(next);
            }
            final boolean isWithinLimit =
                going.size() < candidates.size() || stays == null || !limit.isPassedBy(stays, size);
            long first = chain.removed().firstSequence();
            final List<Retention.File> files = new ArrayList<>();
            for (final Candidate next : going)
            {
                final Manifest.Entry seal = next.seal();
                final RunDirectory run = chain.directory(next.place().run());
                if (remove)
                {
                    remove(run.path(), next);
                }
                files.add(new Retention.File(run.runId(), RollFiles.name(seal.fileNumber()), seal.firstSequence(),
                    seal.lastSequence(), seal.length()));
                first = seal.lastSequence() + 1;
            }
            return new Retention(files, first, size, isWithinLimit);
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot remove files of the tape", tape.directory(), e);
        }
    }

    private void remove(final Path run, final Candidate file) throws IOException
    {
        final Manifest.Entry seal = file.seal();
        final long lastNs = lastTimeNs(file.place());
        if (file.isOpen())
        {
            final RunEnd end = Objects.requireNonNull(chain.fence(file.place().run()));
            Manifest.append(run, seal.finished(end.crc()));
        }
        Manifest.append(run, seal.removed(lastNs));
        Device.REAL.force(run.resolve(Manifest.NAME));
        SnapshotFile.delete(tape.directory(), seal.firstSequence(), seal.lastSequence());
        // The index first: a file that a kill leaves is found again, and its index with it.
        Files.deleteIfExists(FileIndex.path(run, seal.fileNumber()));
        Files.delete(run.resolve(RollFiles.name(seal.fileNumber())));
        Device.REAL.force(run);
    }

    /** Finds the files that may go, and says which one behind them may not; null if there is none. */
    private @Nullable Place candidates(final List<Candidate> found) throws IOException
    {
        for (int i = 0; i < chain.size(); i++)
        {
            chain.head(i);
            final RunDirectory run = chain.directory(i);
            final Manifest manifest = Manifest.read(run);
            for (int j = 0; j < run.files().size(); j++)
            {
                final long number = run.files().get(j).number();
                final boolean isLast = i == chain.size() - 1 && j == run.files().size() - 1;
                final Place place = new Place(i, j);
                final Candidate file = candidate(place, manifest);
                if (file == null || isLast || run.runId() >= sideRun ||
                    isNeeded(marks.journaled(), run.runId(), number) || isNeeded(marks.durable(), run.runId(), number))
                {
                    return place;
                }
                requireNext(found, file.seal(), run);
                found.add(file);
            }
        }
        return null;
    }

    private @Nullable Candidate candidate(final Place place, final Manifest manifest) throws IOException
    {
        final int index = place.run();
        final List<RollFile> files = chain.directory(index).files();
        final RollFile file = files.get(place.file());
        final int number = (int)file.number();
        final Manifest.Entry seal = manifest.seal(number).orElse(null);
        final RunEnd end = chain.fence(index);
        if (seal != null)
        {
            // What was lost with the machine behind its run's end was given again, and is not to go with it.
            return end != null && ManifestCheck.isBehind(seal, end) ? null : new Candidate(place, seal, false);
        }
        final boolean isOpen = number == manifest.ends().size();
        // What was not journaled must stay a gap; what stands in files behind the end is nobody's.
        if (end == null || chain.missing(index + 1) != null || number > manifest.ends().size() ||
            end.fileNumber() != files.get(files.size() - 1).number() || (isOpen && number != end.fileNumber()))
        {
            return null;
        }
        final long first = number == 0 ? chain.head(index).run().firstSequence() :
            manifest.ends().get(number - 1).lastSequence() + 1;
        final Manifest.Entry known = isOpen ?
            new Manifest.Entry(Manifest.FINISHED, chain.directory(index).runId(), number, first, end.lastSequence(),
                end.endOffset(), 0, end.crc(), 0) :
            manifest.ends().get(number);
        return new Candidate(place, known.sealed(Files.size(file.path()), 0, 0), isOpen);
    }

    private static boolean isNeeded(final @Nullable Mark mark, final long runId, final long number)
    {
        return mark != null && mark.runId() >= 0 &&
            (mark.runId() < runId || (mark.runId() == runId && mark.fileNumber() <= number));
    }

    /** A gap must stay one: what is removed around it would hide it. */
    private void requireNext(final List<Candidate> found, final Manifest.Entry seal, final RunDirectory run)
    {
        final long next = found.isEmpty() ? chain.removed().firstSequence() :
            found.get(found.size() - 1).seal().lastSequence() + 1;
        if (seal.firstSequence() != next)
        {
            throw new TapeException(Kind.GAP, "sequences are missing: run=" + run.runId() + " before file=" +
                RollFiles.name(seal.fileNumber()) + " sequences=" + next + ".." + (seal.firstSequence() - 1));
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

    /** Index and snapshots go with their file; the record that a file is removed stays. */
    private long freed(final Candidate file)
    {
        final Manifest.Entry seal = file.seal();
        try
        {
            return seal.length() - (file.isOpen() ? 2L : 1L) * Manifest.ENTRY_BYTES +
                SnapshotFile.sizeBytes(tape.directory(), seal.firstSequence(), seal.lastSequence()) +
                FileIndex.sizeBytes(chain.directory(file.place().run()).path(), seal.fileNumber());
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
        return (file, sizeBytes) -> lastTimeNs(file) < oldest;
    }

    /** The next file's header tells it; of a run's last file a skim does. */
    private long lastTimeNs(final Place file)
    {
        final RunDirectory run = chain.directory(file.run());
        if (file.file() + 1 == run.files().size())
        {
            return TapeSpan.maxReceiveTimeNs(chain, marks, file.run());
        }
        try (Walker walker = new Walker(Walker.DEFAULT_WINDOW_BYTES))
        {
            final RunReader reader = new RunReader(run, file.file() + 1, chain.head(file.run()),
                chain.fence(file.run()), marks, true, walker);
            reader.checking(false);
            return reader.nextBlock() ? reader.maxBeforeNs() : reader.maxReceiveTimeNs();
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", run.path(), e);
        }
    }
}
