package io.ringtape.journal;

import io.ringtape.bus.History;
import io.ringtape.bus.JoinFrom;
import io.ringtape.bus.JoinRefusedException;
import io.ringtape.bus.JoinRefusedException.Reason;
import io.ringtape.event.RangeHandler;
import io.ringtape.event.Stateful;
import io.ringtape.journal.TapeException.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The tape that a process writes as the history of its bus: handlers that join late read it while it is written, from
 * the start of the run on that the writer was opened for. The bus refuses a start in an earlier run; a
 * {@link TapeReader} gives those, each with its own definitions.
 * <pre>{@code
 * EventBus.builder().history(new TapeHistory(directory, writer), "tape") ...
 * }</pre>
 * From a time means from the first event that {@link TapeRange#times(long, long)} finds, and all that follow it; what
 * is missing or damaged in earlier runs is no matter for a time that lies inside of this one. A cursor holds what it
 * needs of the files open: that they are removed meanwhile ends it by an exception or not at all.
 * Where some of the run was not journaled, no cursor starts ahead of it once the tape is back, and the refusal names
 * the first sequence behind it; one that was opened before ends there.
 * <p>
 * Thread safety: any thread opens cursors, each of which one thread at a time uses.
 * Allocation: none an event or block; a cursor, and a file, cost some objects.
 */
public final class TapeHistory implements History
{
    private final Path directory;
    private final TapeWriter writer;
    private final Consumer<String> passedOver;

    /**
     * The history of the tape of a writer. That a snapshot is passed over is told nobody: the join shows it by its
     * first sequence.
     *
     * @param directory of the tape.
     * @param writer    the recorder of the bus, opened on that directory.
     */
    public TapeHistory(final Path directory, final TapeWriter writer)
    {
        this(directory, writer, (line) ->
        {
        });
    }

    /**
     * The history of the tape of a writer.
     *
     * @param directory  of the tape.
     * @param writer     the recorder of the bus, opened on that directory.
     * @param passedOver told one line about each snapshot that a join passes over, on the thread that attaches.
     */
    public TapeHistory(final Path directory, final TapeWriter writer, final Consumer<String> passedOver)
    {
        this.directory = directory;
        this.writer = writer;
        this.passedOver = passedOver;
    }

    /**
     * The newest snapshot beside the tape that is of this run, whole, and has the states; a {@link SnapshotMaker}, here
     * or in another process, made it. Books are in each snapshot. One of the run behind an outage began with nothing,
     * where the handlers of the bus went on, and is passed over.
     */
    @Override
    public Optional<Snapshot> newestSnapshot(final long fromSequence, final List<Stateful> states)
    {
        try
        {
            return Tape.open(directory).snapshots().newest(fromSequence, Long.MAX_VALUE, passedOver,
                (snapshot, run, definitions) -> isOfThisRun(snapshot) && hasAll(snapshot, states))
                .map(TapeSnapshot::new);
        }
        catch (final TapeException e)
        {
            throw refused(Reason.UNREADABLE, JoinRefusedException.NONE, e);
        }
    }

    private boolean isOfThisRun(final BookSnapshot snapshot)
    {
        final boolean isOfIt = snapshot.runId() == writer.runId();
        if (!isOfIt)
        {
            passedOver.accept("snapshot is of the run behind an outage, which began with nothing: sequence=" +
                snapshot.sequence() + " run=" + snapshot.runId());
        }
        return isOfIt;
    }

    private boolean hasAll(final BookSnapshot snapshot, final List<Stateful> states)
    {
        for (final Stateful state : states)
        {
            if (!snapshot.has(state))
            {
                passedOver.accept("snapshot has no such state: sequence=" + snapshot.sequence() + " state=" +
                    state.stateName());
                return false;
            }
        }
        return true;
    }

    @Override
    public Optional<RangeHandler> recorder()
    {
        return Optional.of(writer);
    }

    @Override
    public Cursor open(final JoinFrom from)
    {
        long first = JoinRefusedException.NONE;
        try
        {
            final Tape tape = Tape.open(directory);
            first = tape.firstSequence();
            final long sequence = switch (from.kind())
            {
                case START -> writer.firstSequence();
                case SEQUENCE -> from.value();
                case TIME -> firstAt(tape, from.value());
                case LIVE, SNAPSHOT -> throw new IllegalArgumentException("no place in a history: from=" + from);
            };
            if (sequence < first)
            {
                throw new JoinRefusedException(Reason.NOT_ON_TAPE,
                    "sequence was removed: sequence=" + sequence + " firstSequence=" + first, first, null);
            }
            requireContiguous(writer, sequence);
            return new TapeCursor(tape, writer, sequence);
        }
        catch (final TapeException e)
        {
            final Reason reason = e.kind() == Kind.OUT_OF_RANGE ? Reason.NOT_ON_TAPE : Reason.UNREADABLE;
            throw refused(reason, first, e);
        }
    }

    private static void requireContiguous(final TapeWriter writer, final long sequence)
    {
        final long contiguousFrom = writer.contiguousFrom();
        if (sequence >= writer.firstSequence() && sequence < contiguousFrom)
        {
            throw new JoinRefusedException(Reason.NOT_ON_TAPE,
                "not all from this sequence on was journaled: sequence=" + sequence + " firstSequence=" +
                contiguousFrom, contiguousFrom, null);
        }
    }

    // The tape's own line says it all.
    private static JoinRefusedException refused(final Reason reason, final long first, final TapeException cause)
    {
        return new JoinRefusedException(reason, String.valueOf(cause.getMessage()), first, cause);
    }

    private long firstAt(final Tape tape, final long timeNs)
    {
        try
        {
            return first(tape, TapeRange.times(timeNs, Long.MAX_VALUE));
        }
        catch (final TapeException e)
        {
            if (e.kind() != Kind.GAP && e.kind() != Kind.DAMAGED)
            {
                throw e;
            }
            return firstInside(tape, timeNs, e);
        }
    }

    /** Nothing ahead of its first event decides on a time that comes behind that. */
    private long firstInside(final Tape tape, final long timeNs, final TapeException ahead)
    {
        final long from = writer.contiguousFrom();
        final long found = first(tape, new TapeRange(from, Long.MAX_VALUE, timeNs, Long.MAX_VALUE));
        if (found == from)
        {
            requireContiguous(writer, from - 1);
            throw ahead;
        }
        return found;
    }

    private static long first(final Tape tape, final TapeRange range)
    {
        // A range of times that holds no event is refused, so there is a block.
        try (TapeReader reader = tape.read(range, RunListener.NONE))
        {
            reader.nextBlock();
            return reader.firstSequence();
        }
    }

    /**
     * A snapshot as a bus sees it.
     *
     * @param found beside the tape.
     */
    private record TapeSnapshot(BookSnapshot found) implements Snapshot
    {
        @Override
        public long nextSequence()
        {
            return found.nextSequence();
        }

        @Override
        public void restore(final Stateful state)
        {
            found.restore(state);
        }
    }

    /** Reads what is journaled, and never a byte above it. */
    private static final class TapeCursor implements Cursor
    {
        private final Tape tape;
        private final TapeWriter writer;
        private @Nullable TapeReader reader;
        private long next;
        // Of the block that the reader stands on: none before its first nextBlock(), also where it looked ahead.
        private int count;
        private int taken;

        private TapeCursor(final Tape tape, final TapeWriter writer, final long first)
        {
            this.tape = tape;
            this.writer = writer;
            next = first;
            if (writer.journaledSequence() >= first)
            {
                // So that a tape that cannot be read refuses the join, and does not end it.
                reader = open();
            }
        }

        @Override
        public long nextSequence()
        {
            return next;
        }

        @Override
        public int read(final UnsafeBuffer target, final int offset, final int limit)
        {
            final TapeReader from = reader;
            if (from != null && taken < count)
            {
                return take(from, target, offset, limit);
            }
            // A block is journaled as a whole: if its first event is, the reader finds all of it.
            if (writer.journaledSequence() < next)
            {
                return 0;
            }
            final TapeReader opened = from == null ? open() : from;
            reader = opened;
            taken = 0;
            count = opened.nextBlock() ? opened.count() : 0;
            if (count == 0)
            {
                return 0;
            }
            if (opened.firstSequence() != next)
            {
                // A reader that is not asked for times shows each sequence or names the gap: this is no tape's fault.
                throw new IllegalStateException("reader passed over sequences: firstSequence=" +
                    opened.firstSequence() + " nextSequence=" + next);
            }
            return take(opened, target, offset, limit);
        }

        @Override
        public void close()
        {
            final TapeReader open = reader;
            if (open != null)
            {
                open.close();
            }
        }

        private TapeReader open()
        {
            try
            {
                return tape.read(TapeRange.sequences(next, Long.MAX_VALUE), RunListener.NONE);
            }
            catch (final TapeException e)
            {
                if (e.kind() == Kind.GAP)
                {
                    // The tape went away and came back since the sequence was asked for.
                    requireContiguous(writer, next);
                }
                throw e;
            }
        }

        private int take(final TapeReader from, final UnsafeBuffer target, final int offset, final int limit)
        {
            final int copied = Math.min(limit, count - taken);
            target.putBytes(offset, from.buffer(), from.offset() + taken * DocumentLayout.EVENT_BYTES,
                copied * DocumentLayout.EVENT_BYTES);
            taken += copied;
            next += copied;
            return copied;
        }
    }
}
