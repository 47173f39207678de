package io.ringtape.journal;

import io.ringtape.event.Definitions;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where a {@link SnapshotMaker} goes on: behind the newest snapshot of use, or at the start of its run where what there
 * is has not the states that are to be stored.
 * <p>
 * What has books alone, from an older version or with other handlers, is made anew where the run's start is still on
 * tape. Where it was removed nothing could be made from it, so what is there is kept and goes on with books alone.
 *
 * @param fromSequence the first event to read.
 * @param snapshot     to start with, if there is one.
 */
record SnapshotStart(long fromSequence, Optional<BookSnapshot> snapshot)
{
    /**
     * Finds it.
     *
     * @param tape         to go on with.
     * @param fromSequence the first one of a run, before which nothing is to be made any more; 0 for all of the tape.
     * @param factory      makes what is fed and stored.
     * @param said         told one line about each snapshot that is of no use.
     * @return where to go on.
     * @throws TapeException if a snapshot or the tape cannot be read, or the tape is damaged at one.
     */
    static SnapshotStart find(
        final Tape tape, final long fromSequence, final SnapshotHandlers.Factory factory, final Consumer<String> said)
    {
        final Newest newest = new Newest();
        final Optional<BookSnapshot> found =
            tape.snapshots().newest(fromSequence, Long.MAX_VALUE, said, (snapshot, run, defined) ->
            {
                newest.runFirst = run.firstSequence();
                newest.isOf = isOf(factory, snapshot, run, defined);
                return true;
            });
        if (found.isEmpty())
        {
            return new SnapshotStart(fromSequence, found);
        }
        final long last = found.get().sequence();
        if (newest.isOf)
        {
            return new SnapshotStart(last, found);
        }
        final Optional<BookSnapshot> older = tape.snapshots().newest(newest.runFirst, last - 1, said,
            (snapshot, run, defined) -> isOf(factory, snapshot, run, defined));
        if (older.isEmpty() && newest.runFirst < tape.firstSequence())
        {
            return new SnapshotStart(last, found);
        }
        said.accept("snapshots have not the states of these handlers, and are made anew: firstSequence=" +
            older.map(BookSnapshot::nextSequence).orElse(newest.runFirst) + " lastSequence=" + last);
        return new SnapshotStart(older.map(BookSnapshot::sequence).orElse(newest.runFirst), older);
    }

    /** The first sequence that a snapshot must not have to stay. */
    long removedFrom()
    {
        return snapshot.map(BookSnapshot::nextSequence).orElse(fromSequence);
    }

    TapeRange range()
    {
        return fromSequence == 0 ? TapeRange.ALL : TapeRange.sequences(fromSequence, Long.MAX_VALUE);
    }

    private static boolean isOf(
        final SnapshotHandlers.Factory factory, final BookSnapshot snapshot, final RunInfo run,
        final Definitions definitions)
    {
        final SnapshotHandlers handlers = factory.create(run, definitions);
        return handlers.states().isEmpty() || snapshot.isOf(handlers.states());
    }

    /** What was found out about the newest one. */
    private static final class Newest
    {
        private long runFirst;
        private boolean isOf;
    }
}
