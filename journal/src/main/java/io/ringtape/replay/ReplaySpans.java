package io.ringtape.replay;

import io.ringtape.journal.RunInfo;
import io.ringtape.journal.RunListener;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import io.ringtape.journal.TapeReader;
import java.util.HashMap;
import java.util.Map;

/**
 * What of each run a replay compares, or a backtest runs over. Handlers need events in a row, so a range of times is,
 * in each run, all that stands from the first event to the last whose receive time lies in it; it takes a reading of
 * its own to find them.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 */
public final class ReplaySpans
{
    /**
     * The part of a run.
     *
     * @param from first sequence.
     * @param to   last sequence.
     */
    public record Span(long from, long to)
    {
        /** Of a run of which nothing lies in the range. */
        static final Span NONE = new Span(Long.MAX_VALUE, -1);

        /**
         * Whether nothing of the run lies in the range.
         *
         * @return true if so: nobody has to do anything with the run.
         */
        public boolean isEmpty()
        {
            return from > to;
        }
    }

    private final Map<Long, Span> spans = new HashMap<>();
    private final Span whole;
    private final boolean timed;
    private final TapeRange read;
    private long firstCompared;

    /**
     * Finds the parts.
     *
     * @param tape  to read.
     * @param range to find.
     * @throws io.ringtape.journal.TapeException if the tape is damaged or does not hold the range.
     */
    public ReplaySpans(final Tape tape, final TapeRange range)
    {
        timed = range.isTimed();
        firstCompared = timed ? -1 : range.fromSequence();
        whole = new Span(range.fromSequence(), range.toSequence());
        read = timed ? readTimes(tape, range) : TapeRange.sequences(firstRun(tape, range), range.toSequence());
    }

    /**
     * The part of a run.
     *
     * @param run of the tape.
     * @return the part; of a run that has none, one that ends before it starts.
     */
    public Span of(final RunInfo run)
    {
        return timed ? spans.getOrDefault(run.runId(), Span.NONE) : whole;
    }

    /**
     * What has to be read.
     *
     * @return from the start of the run in which the range starts.
     */
    public TapeRange read()
    {
        return read;
    }

    /** The first sequence that is compared. */
    long firstCompared()
    {
        return firstCompared;
    }

    private TapeRange readTimes(final Tape tape, final TapeRange range)
    {
        long first = -1;
        long last = -1;
        long from = -1;
        long runId = -1;
        try (TapeReader reader = tape.read(range, RunListener.NONE))
        {
            while (reader.nextBlock())
            {
                final RunInfo run = reader.run();
                if (run.runId() != runId)
                {
                    spans.put(runId, new Span(from, last));
                    runId = run.runId();
                    from = reader.firstSequence();
                    firstCompared = firstCompared < 0 ? from : firstCompared;
                    first = first < 0 ? run.firstSequence() : first;
                }
                last = reader.firstSequence() + reader.count() - 1;
            }
        }
        spans.put(runId, new Span(from, last));
        return TapeRange.sequences(first, last);
    }

    // The reader refuses a range that the tape does not hold, and finds the run in which it starts.
    private static long firstRun(final Tape tape, final TapeRange range)
    {
        final FirstRun first = new FirstRun();
        tape.read(range, first).close();
        return first.firstSequence;
    }

    /**
     * Finds where the run starts in which a range starts.
     */
    private static final class FirstRun implements RunListener
    {
        private long firstSequence;
        private boolean found;

        @Override
        public void onRunStart(final RunInfo started)
        {
            if (!found)
            {
                found = true;
                firstSequence = started.firstSequence();
            }
        }
    }
}
