package io.ringtape.journal;

import io.ringtape.book.Books;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes snapshots of books from a tape, at an interval of events, away from whoever writes it: on a thread of its own
 * or in another process. It reads what is on tape, keeps the books of the run that it reads, and writes them behind the
 * first block with which the interval is over; never behind one that is not journaled. It goes on behind the newest
 * snapshot that is of use.
 * <pre>{@code
 * try (SnapshotMaker maker = SnapshotMaker.open(Tape.open(directory), 1_000_000, 0, listener))
 * {
 *     maker.advance((sequence) -> {});   // and again, as the tape grows
 * }
 * }</pre>
 * A tape that a live process writes may be followed by more calls, up to the end of that process's run; what a later
 * process writes needs a new maker. A run whose start was removed gets snapshots only where an older one is left to go
 * on from.
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
    private final TapeLock lock;
    private final Consumer<String> said;
    private TapeReader reader;
    private @Nullable BookSnapshot start;
    private @Nullable Books books;
    private long runId = -1;
    private long lastSequence = -1;
    private long journaledSequence = -1;
    private long eventCount;
    private int madeCount;

    private SnapshotMaker(
        final Tape tape, final long everyEvents, final int keep, final Consumer<String> said, final TapeLock lock,
        final Optional<BookSnapshot> start)
    {
        this.said = said;
        this.tape = tape;
        this.everyEvents = everyEvents;
        this.keep = keep;
        this.lock = lock;
        this.start = start.orElse(null);
        this.reader = tape.read(start.isEmpty() ? TapeRange.ALL :
            TapeRange.sequences(start.get().sequence(), Long.MAX_VALUE), RunListener.NONE);
    }

    /**
     * Finds the newest snapshot of use and stands behind it, where a tape may be written by default.
     *
     * @param tape        to read, and to write beside.
     * @param everyEvents events of a run from one snapshot to the next, at least; 1 or more.
     * @param keep        how many snapshots stay, the newest ones; 0 for all.
     * @param said        told one line about each that is of no use, and about sequences that are missing on tape
     *     before a run with which it goes on.
     * @return a maker that is to be closed.
     * @throws IllegalArgumentException if a number is out of range.
     * @throws TapeException            as {@link #open(Tape, long, int, Consumer, TapeConfig)}.
     */
    public static SnapshotMaker open(
        final Tape tape, final long everyEvents, final int keep, final Consumer<String> said)
    {
        return open(tape, everyEvents, keep, said, TapeConfig.defaults());
    }

    /**
     * Finds the newest snapshot of use and stands behind it; at the start of the tape if there is none. Newer ones that
     * are of no use are removed.
     *
     * @param tape        to read, and to write beside.
     * @param everyEvents events of a run from one snapshot to the next, at least; 1 or more.
     * @param keep        how many snapshots stay, the newest ones; 0 for all.
     * @param said        told one line about each that is of no use, and about sequences that are missing on tape
     *     before a run with which it goes on.
     * @param config      as the tape is written with: {@link TapeConfig#anyFileSystem()} is all that is asked of it.
     * @return a maker that is to be closed.
     * @throws IllegalArgumentException if a number is out of range.
     * @throws TapeException            if the tape must not be written to, cannot be read, or another maker is at it.
     */
    public static SnapshotMaker open(
        final Tape tape, final long everyEvents, final int keep, final Consumer<String> said, final TapeConfig config)
    {
        return open(tape, everyEvents, keep, said, TapeParts.of(tape.directory(), config, () -> 0L));
    }

    static SnapshotMaker open(
        final Tape tape, final long everyEvents, final int keep, final Consumer<String> said, final TapeParts parts)
    {
        if (everyEvents < 1 || keep < 0)
        {
            throw new IllegalArgumentException(
                "interval must be 1 or more, and what is kept 0 or more: everyEvents=" + everyEvents + " keep=" + keep);
        }
        TapeGuard.check(tape.directory(), parts);
        final Path directory = SnapshotFile.directory(tape.directory());
        TapeLock lock = null;
        try
        {
            if (!Files.exists(directory))
            {
                Permissions.createDirectory(directory);
            }
            lock = TapeLock.acquire(directory, tape.bootId());
            SnapshotFile.deleteTemporary(tape.directory());
            final Optional<BookSnapshot> newest = tape.snapshots().newest(0, Long.MAX_VALUE, said);
            SnapshotFile.delete(tape.directory(), newest.map(BookSnapshot::nextSequence).orElse(0L), Long.MAX_VALUE);
            rotate(tape, keep);
            final SnapshotMaker maker = new SnapshotMaker(tape, everyEvents, keep, said, lock, newest);
            lock = null;
            return maker;
        }
        catch (final IOException e)
        {
            throw TapeDirectory.cannotCreate(directory, e);
        }
        finally
        {
            if (lock != null)
            {
                lock.close();
            }
        }
    }

    /**
     * Reads on to the end of the tape as it is now, and makes the snapshots that are due. Never waits.
     *
     * @param progress told after each block the last sequence that was read.
     * @return how many were made.
     * @throws TapeException if the tape is damaged or has a gap that no run follows, or a snapshot cannot be written;
     *     those that were made before stay.
     */
    public int advance(final LongConsumer progress)
    {
        final int before = madeCount;
        while ((!isDue() || save()) && nextBlock())
        {
            addBlock();
            progress.accept(lastSequence);
        }
        return madeCount - before;
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
        final Books applied = books;
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
        eventCount = 0;
        books = null;
        final BookSnapshot from = start;
        start = null;
        if (from != null)
        {
            final Books restored = new Books(reader.definitions());
            from.restore(restored);
            books = restored;
            lastSequence = from.sequence();
        }
        else if (reader.firstSequence() == run.firstSequence())
        {
            books = new Books(reader.definitions());
        }
    }

    private boolean isDue()
    {
        return books != null && eventCount >= everyEvents;
    }

    /** Waits for the recorder by a later call: it marks a block as journaled just after it can be read. */
    private boolean save()
    {
        final Books due = books;
        if (due == null || !isJournaled())
        {
            return false;
        }
        try
        {
            SnapshotFile.write(tape.directory(), due, reader.current());
            rotate(tape, keep);
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot write a snapshot", SnapshotFile.directory(tape.directory()), e);
        }
        eventCount = 0;
        madeCount++;
        return true;
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
        try
        {
            reader.close();
        }
        finally
        {
            lock.close();
        }
    }
}
