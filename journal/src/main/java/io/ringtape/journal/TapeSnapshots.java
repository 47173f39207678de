package io.ringtape.journal;

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
        final List<SnapshotInfo> all = list();
        for (int i = all.size() - 1; i >= 0; i--)
        {
            final SnapshotInfo info = all.get(i);
            if (info.sequence() >= fromSequence && info.sequence() <= toSequence)
            {
                final BookSnapshot found = check(info, passedOver);
                if (found != null)
                {
                    return Optional.of(found);
                }
            }
        }
        return Optional.empty();
    }

    private @Nullable BookSnapshot check(final SnapshotInfo info, final Consumer<String> passedOver)
    {
        try
        {
            final BookSnapshot found = SnapshotFile.read(tape.directory(), info);
            if (isOfTape(found))
            {
                return found;
            }
            passedOver.accept("snapshot is not of this tape: file=" + info.name());
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

    /** What is wrong with the tape itself is for its reader to say. */
    private boolean isOfTape(final BookSnapshot snapshot) throws SnapshotDamageException
    {
        try (TapeReader reader =
            tape.read(TapeRange.sequences(snapshot.sequence(), snapshot.sequence()), RunListener.NONE))
        {
            return reader.nextBlock() && snapshot.isBehind(reader.current());
        }
        catch (final TapeException e)
        {
            if (e.kind() == Kind.OUT_OF_RANGE)
            {
                return false;
            }
            throw e;
        }
    }
}
