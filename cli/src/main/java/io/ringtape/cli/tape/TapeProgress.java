package io.ringtape.cli.tape;

import io.ringtape.cli.output.Progress;
import io.ringtape.journal.SnapshotInfo;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeInfo;
import io.ringtape.journal.TapeInfo.FileState;
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
    private final Progress progress;
    private final String label;
    private final Tape tape;
    private long first;

    private TapeProgress(final Progress progress, final String label, final Tape tape)
    {
        this.progress = progress;
        this.label = label;
        this.tape = tape;
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
        final TapeProgress started = new TapeProgress(progress, label, tape);
        started.start(from, to);
        return started;
    }

    /**
     * The progress of a replay, which says itself what it reads: it is to be told by {@link #start(TapeRange)}.
     *
     * @param progress to tell.
     * @param label    one word.
     * @param tape     that is read.
     * @return takes the last sequence that was read, as often as convenient.
     */
    public static TapeProgress ofReplay(final Progress progress, final String label, final Tape tape)
    {
        return new TapeProgress(progress, label, tape);
    }

    /**
     * Starts the progress of making snapshots, which goes on behind the newest one, or from the first event that is
     * there.
     *
     * @param progress to tell.
     * @param tape     that is read.
     * @return takes the last sequence that was read, as often as convenient.
     * @throws io.ringtape.journal.TapeException if the tape's directory cannot be read.
     */
    public static TapeProgress ofSnapshots(final Progress progress, final Tape tape)
    {
        final List<SnapshotInfo> made = tape.snapshots().list();
        final long from = !made.isEmpty() ? made.get(made.size() - 1).sequence() + 1 :
            progress.isDrawn() ? firstThatIsThere(tape) : 0;
        return ofSequences(progress, "reading", tape, from, Long.MAX_VALUE);
    }

    /**
     * Starts it.
     *
     * @param read what will be read.
     */
    public void start(final TapeRange read)
    {
        start(read.fromSequence(), read.toSequence());
    }

    private void start(final long from, final long to)
    {
        progress.start(label, progress.isDrawn() ? events(tape.info().runs(), from, to) : Progress.UNKNOWN);
        first = from;
    }

    @Override
    public void accept(final long sequence)
    {
        final long events = sequence - first + 1;
        progress.update(events, events);
    }

    private static long firstThatIsThere(final Tape tape)
    {
        return tape.info().runs().stream().flatMap((run) -> run.files().stream())
            .filter((file) -> file.state() != FileState.REMOVED && file.state() != FileState.MISSING)
            .mapToLong((file) -> file.firstSequence().orElse(0)).findFirst().orElse(0);
    }

    private static long events(final List<TapeInfo.Run> runs, final long from, final long to)
    {
        final OptionalLong last =
            runs.isEmpty() ? OptionalLong.empty() : runs.get(runs.size() - 1).lastSequence();
        return last.isPresent() ? Math.min(to, last.getAsLong()) - from + 1 : Progress.UNKNOWN;
    }
}
