package io.ringtape.replay;

import io.ringtape.event.EventHandler;
import io.ringtape.event.EventHashes;
import io.ringtape.journal.BookSnapshot;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where a replay starts to read: behind the newest snapshot that its handlers take over and that ends ahead of the
 * range, or at the start of the run in which the range starts.
 *
 * @param range    to read.
 * @param snapshot to start with, if there is one.
 */
record ReplayStart(TapeRange range, Optional<BookSnapshot> snapshot)
{
    private static final EventHandler NOBODY = (event) ->
    {
    };

    /** At the start of the run. */
    static ReplayStart ofRun(final ReplaySpans spans)
    {
        return new ReplayStart(spans.read(), Optional.empty());
    }

    /**
     * Looks for a snapshot. Each is taken over by handlers that are thrown away, so that one that is not is found out
     * before anything is read.
     *
     * @param tape       to read.
     * @param spans      of the range.
     * @param factory    makes the handlers.
     * @param passedOver told what of the snapshots is of no use.
     * @return where to start.
     */
    static ReplayStart find(
        final Tape tape, final ReplaySpans spans, final ReplayHandlers.Factory factory,
        final Consumer<String> passedOver)
    {
        final TapeRange whole = spans.read();
        final int[] others = {0};
        final Optional<BookSnapshot> found = tape.snapshots()
            .newest(whole.fromSequence(), spans.firstCompared() - 1, passedOver, (snapshot, run, definitions) ->
            {
                final RunReplay trial = new RunReplay(
                    run, definitions, factory, new EventHashes(), NOBODY, ReplaySpans.Span.NONE);
                final boolean isTaken = ReplayStates.restore(snapshot, trial);
                others[0] += isTaken ? 0 : 1;
                return isTaken;
            });
        if (others[0] > 0)
        {
            passedOver.accept("snapshots have not the states of these handlers: count=" + others[0]);
        }
        return new ReplayStart(found.map((snapshot) ->
            TapeRange.sequences(snapshot.nextSequence(), whole.toSequence())).orElse(whole), found);
    }
}
