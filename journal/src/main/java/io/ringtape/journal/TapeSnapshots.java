package io.ringtape.journal;

import io.ringtape.event.Definitions;
import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of books beside a tape. They save reading, and nothing depends on them: one that is damaged, of another
 * tape, or of what is on tape no more is passed over and named.
 * <pre>{@code
 * final Optional<BookSnapshot> found = tape.snapshots().newest(runFirst, sequence, System.err::println);
 * if (found.isPresent())
 * {
 *     found.get().restore(books);
 *     // go on with found.get().nextSequence()
 * }
 * }</pre>
 * <p>
 * Thread safety: immutable.
 * Allocation: on each call.
 */
public final class TapeSnapshots
{
    private final Tape tape;

    /** Decides whether a snapshot of the tape will do. */
    @FunctionalInterface
    public interface Use
    {
        /**
         * Whether a snapshot will do.
         *
         * @param snapshot    whole, and of this tape.
         * @param run         that it is of.
         * @param definitions of the run, as they are at the snapshot.
         * @return false to have the one before it tried.
         */
        boolean is(BookSnapshot snapshot, RunInfo run, Definitions definitions);
    }

    TapeSnapshots(final Tape tape)
    {
        this.tape = tape;
    }

    /**
     * What is there, by its names.
     *
     * @return in order of the sequences.
     * @throws TapeException if the directory cannot be read.
     */
    public List<SnapshotInfo> list()
    {
        try
        {
            return List.copyOf(SnapshotFile.list(tape.directory()));
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", SnapshotFile.directory(tape.directory()), e);
        }
    }

    /**
     * The newest snapshot of a range that is of use. A run starts with empty books, so for the books of a run the
     * range starts with the run's first sequence.
     *
     * @param fromSequence the least {@link BookSnapshot#sequence()} that will do.
     * @param toSequence   the greatest one; {@link Long#MAX_VALUE} for the newest of all.
     * @param passedOver   told one line about each that is newer and of no use.
     * @return empty if there is none.
     * @throws TapeException if a snapshot or the tape cannot be read, or the tape is damaged at one.
     */
    public Optional<BookSnapshot> newest(
        final long fromSequence, final long toSequence, final Consumer<String> passedOver)
    {
        return newest(fromSequence, toSequence, passedOver, (snapshot, run, definitions) -> true);
    }

    /**
     * The newest snapshot of a range that is of use, and of use to the caller.
     *
     * @param fromSequence the least {@link BookSnapshot#sequence()} that will do.
     * @param toSequence   the greatest one; {@link Long#MAX_VALUE} for the newest of all.
     * @param passedOver   told one line about each that is newer and damaged or not of this tape.
     * @param use          asked about each that is neither, the newest first, until one will do.
     * @return empty if there is none.
     * @throws TapeException if a snapshot or the tape cannot be read, or the tape is damaged at one.
     */
    public Optional<BookSnapshot> newest(
        final long fromSequence, final long toSequence, final Consumer<String> passedOver, final Use use)
    {
        final List<SnapshotInfo> all = list();
        for (int i = all.size() - 1; i >= 0; i--)
        {
            final SnapshotInfo info = all.get(i);
            if (info.sequence() >= fromSequence && info.sequence() <= toSequence)
            {
                final BookSnapshot found = check(info, passedOver, use);
                if (found != null)
                {
                    return Optional.of(found);
                }
            }
        }
        return Optional.empty();
    }

    private @Nullable BookSnapshot check(
        final SnapshotInfo info, final Consumer<String> passedOver, final Use use)
    {
        try
        {
            final BookSnapshot found = SnapshotFile.read(tape.directory(), info);
            final Fit fit = fit(found, use);
            if (fit == Fit.FOREIGN)
            {
                passedOver.accept("snapshot is not of this tape: file=" + info.name());
            }
            return fit == Fit.OF_USE ? found : null;
        }
        catch (final SnapshotDamageException e)
        {
            passedOver.accept(e.line());
        }
        catch (final NoSuchFileException e)
        {
            passedOver.accept("snapshot was removed: file=" + info.name());
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", SnapshotFile.directory(tape.directory()).resolve(info.name()), e);
        }
        return null;
    }

    /** How a snapshot that is whole stands to the tape and to who asks. */
    private enum Fit
    {
        /** Another tape's, or of what is there no more. */
        FOREIGN,
        /** Not what is asked for. */
        OTHER,
        /** Found. */
        OF_USE
    }

    /** What is wrong with the tape itself is for its reader to say. */
    private Fit fit(final BookSnapshot snapshot, final Use use) throws SnapshotDamageException
    {
        try (TapeReader reader =
            tape.read(TapeRange.sequences(snapshot.sequence(), snapshot.sequence()), RunListener.NONE))
        {
            if (!reader.nextBlock() || !snapshot.isBehind(reader.current()))
            {
                return Fit.FOREIGN;
            }
            return use.is(snapshot, reader.run(), reader.definitions()) ? Fit.OF_USE : Fit.OTHER;
        }
        catch (final TapeException e)
        {
            if (e.kind() == Kind.OUT_OF_RANGE)
            {
                return Fit.FOREIGN;
            }
            throw e;
        }
    }
}
