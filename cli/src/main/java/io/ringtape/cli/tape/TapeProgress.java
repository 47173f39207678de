package io.ringtape.cli.tape;

import io.ringtape.cli.output.Progress;
import io.ringtape.journal.SnapshotInfo;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeInfo;
import io.ringtape.journal.TapeRange;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/**
 * Turns the sequences that a reading of a tape has come to into its progress: how many of how many events. What the
 * tape says of itself is asked for only where the progress is drawn.
 * <p>
 * Thread safety: none; the thread that reads.
 * Allocation: on construction, and when the progress is drawn.
 */
public final class TapeProgress implements LongConsumer
{
    private static final long UNKNOWN = -1;

    private final Progress progress;
    private long first;

    private TapeProgress(final Progress progress, final long first)
    {
        this.progress = progress;
        this.first = first;
    }

    /**
     * Starts the progress of a reading from one sequence to another.
     *
     * @param progress to tell.
     * @param label    one word.
     * @param tape     that is read.
     * @param from     first sequence that is read.
     * @param to       last one; {@link Long#MAX_VALUE} to the end of the tape.
     * @return takes the last sequence that was read, as often as convenient.
     * @throws io.ringtape.journal.TapeException if the tape's directory cannot be read.
     */
    public static TapeProgress ofSequences(
        final Progress progress, final String label, final Tape tape, final long from, final long to)
    {
        progress.start(label, progress.isDrawn() ? events(tape.info().runs(), from, to) : Progress.UNKNOWN);
        return new TapeProgress(progress, from);
    }

    /**
     * Starts the progress of a replay, which reads from the start of the run in which its range starts, or from behind
     * the newest snapshot ahead of it. Which runs a range of times needs only the replay knows.
     *
     * @param progress     to tell.
     * @param label        one word.
     * @param tape         that is read.
     * @param range        that is replayed.
     * @param useSnapshots whether it may start behind one.
     * @return takes the last sequence that was read, as often as convenient.
     * @throws io.ringtape.journal.TapeException if the tape's directory cannot be read.
     */
    public static TapeProgress ofReplay(
        final Progress progress, final String label, final Tape tape, final TapeRange range,
        final boolean useSnapshots)
    {
        if (!progress.isDrawn() || range.isTimed())
        {
            progress.start(label, Progress.UNKNOWN);
            return new TapeProgress(progress, UNKNOWN);
        }
        final List<TapeInfo.Run> runs = tape.info().runs();
        long from = UNKNOWN;
        for (final TapeInfo.Run run : runs)
        {
            final long start = run.firstSequence().orElse(Long.MAX_VALUE);
            from = start <= range.fromSequence() ? start : from;
        }
        for (final SnapshotInfo snapshot : useSnapshots ? tape.snapshots().list() : List.<SnapshotInfo>of())
        {
            // One that turns out to be of no use only makes the progress start later.
            from = from != UNKNOWN && snapshot.sequence() >= from && snapshot.sequence() < range.fromSequence() ?
                snapshot.sequence() + 1 : from;
        }
        progress.start(label, from == UNKNOWN ? Progress.UNKNOWN : events(runs, from, range.toSequence()));
        return new TapeProgress(progress, from);
    }

    @Override
    public void accept(final long sequence)
    {
        first = first == UNKNOWN ? sequence : first;
        final long events = Math.max(0, sequence - first + 1);
        progress.update(events, events);
    }

    private static long events(final List<TapeInfo.Run> runs, final long from, final long to)
    {
        final OptionalLong last =
            runs.isEmpty() ? OptionalLong.empty() : runs.get(runs.size() - 1).lastSequence();
        return last.isPresent() ? Math.min(to, last.getAsLong()) - from + 1 : Progress.UNKNOWN;
    }
}
