package io.ringtape.journal;

import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes snapshots of books from a tape, at an interval of events, away from whoever writes it: on a thread of its own
 * or in another process. It reads what is on tape, keeps the books of the run that it reads, and writes them behind the
 * first block with which the interval is over; never behind one that is not journaled. It goes on behind the newest
 * snapshot that is of use. What else is to be stored beside the books is what {@link SnapshotHandlers} keep.
 * <pre>{@code
 * try (SnapshotMaker maker = SnapshotMaker.open(Tape.open(directory), 1_000_000, 0, listener))
 * {
 *     maker.advance((sequence) -> {});   // and again, as the tape grows
 * }
 * }</pre>
 * A tape that is written may be followed by more calls, for as long as it is there: over the end of a run, whoever
 * writes the next one. A call that finds nothing new reads a mark and a name, and where nobody writes no file is held,
 * so that some may be removed; a call that comes while they are is refused as in use, and so is one that was at a run
 * that is taken back: the next call goes on with what is left. When a run has ended, or was taken back, what is on
 * tape is read on from the newest snapshot of that run, once so much follows that another may be due: at most an
 * interval of events is read again.
 * <p>
 * A run whose start was removed gets snapshots only where an older one is left to go on from. A directory that holds no
 * snapshot is removed when the maker is closed.
 * <p>
 * Hot path: none; it copies the books for each snapshot, and takes as much room again.
 * Thread safety: none; one thread, and one maker for a tape at a time, in whatever process.
 * Allocation: on each snapshot; none a block.
 */
public final class SnapshotMaker implements AutoCloseable
{
    private final OrderBookEvent event = new OrderBookEvent();
    private final Tape tape;
    private final long everyEvents;
    private final int keep;
    private final SnapshotLock lock;
    private final Consumer<String> said;
    private final SnapshotHandlers.Factory factory;
    private TapeReader reader;
    private @Nullable BookSnapshot start;
    private @Nullable SnapshotHandlers fed;
    private long runId = -1;
    private long runFirst;
    private long lastSequence = -1;
    private long journaledSequence = -1;
    private long triedSequence = -1;
    private long eventCount;
    private int madeCount;
    private boolean isClosed;

    private SnapshotMaker(
        final Tape tape, final long everyEvents, final int keep, final Consumer<String> said,
        final SnapshotHandlers.Factory factory, final SnapshotLock lock, final SnapshotStart start)
    {
        this.factory = factory;
        this.said = said;
        this.tape = tape;
        this.everyEvents = everyEvents;
        this.keep = keep;
        this.lock = lock;
        this.start = start.snapshot().orElse(null);
        this.reader = tape.read(start.range(), RunListener.NONE);
    }

    /**
     * Finds the newest snapshot of use and stands behind it, to go on with books alone; see
     * {@link #open(Tape, long, int, Consumer, SnapshotHandlers.Factory)}.
     *
     * @param tape        to read, and to write beside.
     * @param everyEvents events of a run from one snapshot to the next, at least; 1 or more.
     * @param keep        how many snapshots stay, the newest ones; 0 for all.
     * @param said        told one line about each that is of no use, and about sequences that are missing.
     * @return a maker that is to be closed.
     * @throws IllegalArgumentException if a number is out of range.
     * @throws TapeException            as {@link #open(Tape, long, int, Consumer, SnapshotHandlers.Factory)}.
     */
    public static SnapshotMaker open(
        final Tape tape, final long everyEvents, final int keep, final Consumer<String> said)
    {
        return open(tape, everyEvents, keep, said, SnapshotHandlers.BOOKS);
    }

    /**
     * Finds the newest snapshot of use and stands behind it; at the start of the tape if there is none. Newer ones that
     * are of no use are removed. One that has not the states of these handlers is of no use where the start of its run
     * is on tape, so that it can be made anew; else it stays, and is gone on from with books alone.
     *
     * @param tape        to read, and to write beside.
     * @param everyEvents events of a run from one snapshot to the next, at least; 1 or more.
     * @param keep        how many snapshots stay, the newest ones; 0 for all.
     * @param said        told one line about each that is of no use, and about sequences that are missing on tape
     *     before a run with which it goes on.
     * @param factory     makes what is fed and stored, for each run.
     * @return a maker that is to be closed.
     * @throws IllegalArgumentException if a number is out of range.
     * @throws TapeException            if the tape must not be written to, cannot be read, or another maker is at it.
     */
    public static SnapshotMaker open(
        final Tape tape, final long everyEvents, final int keep, final Consumer<String> said,
        final SnapshotHandlers.Factory factory)
    {
        return open(tape, everyEvents, keep, said, TapeConfig.defaults(), factory);
    }

    /**
     * The same, where the tape is written to otherwise than by default.
     *
     * @param tape        to read, and to write beside.
     * @param everyEvents events of a run from one snapshot to the next, at least; 1 or more.
     * @param keep        how many snapshots stay, the newest ones; 0 for all.
     * @param said        told one line about each that is of no use, and about sequences that are missing on tape.
     * @param config      as the tape is written with: {@link TapeConfig#anyFileSystem()} is all that is asked of it.
     * @param factory     makes what is fed and stored, for each run.
     * @return a maker that is to be closed.
     * @throws IllegalArgumentException if a number is out of range.
     * @throws TapeException            as {@link #open(Tape, long, int, Consumer, SnapshotHandlers.Factory)}.
     */
    public static SnapshotMaker open(
        final Tape tape, final long everyEvents, final int keep, final Consumer<String> said, final TapeConfig config,
        final SnapshotHandlers.Factory factory)
    {
        return open(tape, everyEvents, keep, said, TapeParts.of(tape.directory(), config, () -> 0L), factory);
    }

    static SnapshotMaker open(
        final Tape tape, final long everyEvents, final int keep, final Consumer<String> said, final TapeParts parts,
        final SnapshotHandlers.Factory factory)
    {
        if (everyEvents < 1 || keep < 0)
        {
            throw new IllegalArgumentException(
                "interval must be 1 or more, and what is kept 0 or more: everyEvents=" + everyEvents + " keep=" + keep);
        }
        TapeGuard.check(tape.directory(), parts);
        final Path directory = SnapshotFile.directory(tape.directory());
        try
        {
            final SnapshotLock lock = SnapshotLock.acquire(tape);
            boolean isOpen = false;
            try
            {
                SnapshotFile.deleteTemporary(tape.directory());
                final SnapshotStart start = start(tape, 0, factory, said);
                rotate(tape, keep);
                final SnapshotMaker maker = new SnapshotMaker(tape, everyEvents, keep, said, factory, lock, start);
                isOpen = true;
                return maker;
            }
            finally
            {
                if (!isOpen)
                {
                    lock.close();
                }
            }
        }
        catch (final IOException e)
        {
            throw TapeDirectory.cannotCreate(directory, e);
        }
    }

    private static SnapshotStart start(
        final Tape tape, final long fromSequence, final SnapshotHandlers.Factory factory, final Consumer<String> said)
        throws IOException
    {
        final SnapshotStart start = SnapshotStart.find(tape, fromSequence, factory, said);
        SnapshotFile.delete(tape.directory(), start.removedFrom(), Long.MAX_VALUE);
        return start;
    }

    /**
     * Reads on to the end of the tape as it is now, and makes the snapshots that are due. Never waits.
     *
     * @param progress told after each block the last sequence that was read.
     * @return how many were made.
     * @throws TapeException as {@link #advance(LongPredicate, Consumer)}.
     */
    public int advance(final LongConsumer progress)
    {
        return advance((sequence) ->
        {
            progress.accept(sequence);
            return true;
        }, (made) ->
        {
            // They are counted.
        });
    }

    /**
     * Reads on to the end of the tape as it is now, or until it is told to come back, and makes the snapshots that are
     * due. Never waits.
     *
     * @param mayGoOn asked after each block, with the last sequence that was read; false to come back at once.
     * @param made    told each snapshot that was made.
     * @return how many were made.
     * @throws TapeException if the tape is missing or damaged, or has a gap that no run follows, or a snapshot cannot
     *     be written; those that were made before stay, and the maker is to be closed. If it is in use, as files are
     *     being removed or the run was taken back, a later call goes on with what is left.
     */
    public int advance(final LongPredicate mayGoOn, final Consumer<SnapshotInfo> made)
    {
        final int before = madeCount;
        // Asked before the reading: what a writer that ends meanwhile has added last is for the next call.
        final boolean isWritten = tape.owner().isPresent();
        boolean goesOn = true;
        while (goesOn && (!isDue() || save(made)) && nextBlockOfAny())
        {
            addBlock();
            goesOn = mayGoOn.test(lastSequence);
        }
        if (goesOn && !isDue() && !isWritten)
        {
            // Lets files be removed; it shows nothing more.
            reader.close();
        }
        return madeCount - before;
    }

    private boolean nextBlockOfAny()
    {
        try
        {
            // What a mark vouches for can be read: by this reader if it was only too early, else by a new one.
            return nextBlock() || (isBehind() && (nextBlock() || nextBlockAnew()));
        }
        catch (final TapeException e)
        {
            if (e.kind() == Kind.IN_USE)
            {
                // A later call finds what is left.
                reader.close();
                triedSequence = -1;
            }
            throw e;
        }
    }

    /** Whether so much more is journaled that a snapshot can be due. */
    private boolean isBehind()
    {
        TapeMarker.check(tape.directory());
        if (runId < 0 && tape.runs().isEmpty())
        {
            // There may be no mark yet.
            return false;
        }
        final long journaled = MarkFile.read(tape.directory(), MarkFile.JOURNALED).lastSequence();
        if (journaled < journaledSequence)
        {
            // The run was taken back; the next one starts with nothing.
            reader.close();
            fed = null;
            eventCount = 0;
            lastSequence = Math.min(lastSequence, journaled);
        }
        journaledSequence = journaled;
        if (journaled - lastSequence < everyEvents - eventCount || journaled == triedSequence)
        {
            return false;
        }
        triedSequence = journaled;
        return true;
    }

    /** The run has ended, or is on tape no more. */
    private boolean nextBlockAnew()
    {
        reader.close();
        try
        {
            final long first = runFirst == 0 ? 0 : Math.max(runFirst, tape.firstSequence());
            final SnapshotStart found = start(tape, first, factory, said);
            start = found.snapshot().orElse(null);
            fed = null;
            runId = -1;
            lastSequence = -1;
            eventCount = 0;
            reader = tape.read(found.range(), RunListener.NONE);
        }
        catch (final IOException e)
        {
            throw cannotWrite(e);
        }
        return nextBlock();
    }

    /** A run starts with empty books, so that what is missing before it makes no snapshot of it wrong. */
    private boolean nextBlock()
    {
        try
        {
            return reader.nextBlock();
        }
        catch (final TapeException e)
        {
            final long first = e.kind() == Kind.GAP ? nextRunFirst() : -1;
            if (first < 0)
            {
                throw e;
            }
            said.accept(String.valueOf(e.getMessage()));
            reader.close();
            reader = tape.read(TapeRange.sequences(first, Long.MAX_VALUE), RunListener.NONE);
            return nextBlock();
        }
    }

    private long nextRunFirst()
    {
        for (final RunInfo run : tape.runInfos())
        {
            if (run.runId() > runId && run.firstSequence() > lastSequence)
            {
                return run.firstSequence();
            }
        }
        return -1;
    }

    private void addBlock()
    {
        if (reader.run().runId() != runId)
        {
            startRun();
        }
        final SnapshotHandlers applied = fed;
        final long held = lastSequence;
        lastSequence = reader.firstSequence() + reader.count() - 1;
        if (applied == null)
        {
            return;
        }
        for (int i = (int)Math.max(0, held + 1 - reader.firstSequence()); i < reader.count(); i++)
        {
            applied.onEvent(reader.event(i, event));
            eventCount++;
        }
    }

    private void startRun()
    {
        final RunInfo run = reader.run();
        runId = run.runId();
        runFirst = run.firstSequence();
        eventCount = 0;
        fed = null;
        final BookSnapshot from = start;
        start = null;
        if (from != null)
        {
            fed = restored(from, run);
            lastSequence = from.sequence();
        }
        else if (reader.firstSequence() == run.firstSequence())
        {
            fed = factory.create(run, reader.definitions());
        }
    }

    // What is not of the handlers was chosen for its books: nothing else is to be had.
    private SnapshotHandlers restored(final BookSnapshot from, final RunInfo run)
    {
        final SnapshotHandlers all = factory.create(run, reader.definitions());
        final SnapshotHandlers restored =
            from.isOf(all.states()) ? all : SnapshotHandlers.BOOKS.create(run, reader.definitions());
        restored.restore(from);
        return restored;
    }

    private boolean isDue()
    {
        return fed != null && eventCount >= everyEvents;
    }

    /** Waits for the recorder by a later call: it marks a block as journaled just after it can be read. */
    private boolean save(final Consumer<SnapshotInfo> made)
    {
        final SnapshotHandlers due = fed;
        if (due == null || !isJournaled())
        {
            return false;
        }
        final SnapshotInfo written;
        try
        {
            written = SnapshotFile.write(tape.directory(), due, reader.current());
            rotate(tape, keep);
        }
        catch (final IOException e)
        {
            throw cannotWrite(e);
        }
        eventCount = 0;
        madeCount++;
        made.accept(written);
        return true;
    }

    private TapeException cannotWrite(final IOException cause)
    {
        return Tape.failed("cannot write a snapshot", SnapshotFile.directory(tape.directory()), cause);
    }

    private boolean isJournaled()
    {
        if (lastSequence > journaledSequence)
        {
            journaledSequence = MarkFile.read(tape.directory(), MarkFile.JOURNALED).lastSequence();
        }
        return lastSequence <= journaledSequence;
    }

    private static void rotate(final Tape tape, final int keep) throws IOException
    {
        final List<SnapshotInfo> all = SnapshotFile.list(tape.directory());
        if (keep > 0 && all.size() > keep)
        {
            SnapshotFile.delete(tape.directory(), 0, all.get(all.size() - keep - 1).sequence());
        }
    }

    /** Ends the reading and lets another maker at the tape; what was made stays. */
    @Override
    public void close()
    {
        if (isClosed)
        {
            return;
        }
        isClosed = true;
        try (lock)
        {
            reader.close();
        }
    }
}
