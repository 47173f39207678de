package io.ringtape.replay;

import io.ringtape.event.Definitions;
import io.ringtape.event.EventHandler;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.BookSnapshot;
import io.ringtape.journal.RunInfo;
import io.ringtape.journal.RunListener;
import io.ringtape.journal.RunTrailer;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeEnd;
import io.ringtape.journal.TapeRange;
import io.ringtape.journal.TapeReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Replays a tape through fresh handlers for each run, as fast as it can, on the calling thread. Hot path.
 * <p>
 * Every event on tape goes to the handlers at its sequence, own events too: recorded accepts and fills are fed back so.
 * What the handlers make is held against the tape by an {@link OutputComparator}. With a range that starts inside a run
 * the handlers are first fed from the run's start, their outputs uncompared, so that they know what they knew; or, if
 * that is asked for, from the newest snapshot ahead of the range that has the states of just these handlers. A range
 * of times is replayed, in each run, from the first event whose receive time lies in it to the last one, with all that
 * stands between them: handlers need events in a row.
 * <p>
 * Thread safety: none; one thread, one replay.
 * Allocation: none for each event; objects for each run.
 */
public final class TapeReplay
{
    private final OrderBookEvent event = new OrderBookEvent();
    private final RunHashes hashes = new RunHashes();
    private final ReplayHandlers.Factory factory;
    private final EventHandler observer;
    private final List<Long> withoutTrailer = new ArrayList<>();
    private final TapeRange range;
    private final @Nullable Consumer<String> passedOver;
    private Optional<BookSnapshot> start = Optional.empty();
    private Optional<Difference> firstDifference = Optional.empty();
    private Optional<ReplayHandlers> lastHandlers = Optional.empty();
    private long toSequence;
    private long lastRunId = -1;
    private boolean rangeEndReached;
    private Definitions definitions = new Definitions();
    private Definitions currentDefinitions = definitions;
    private @Nullable RunInfo run;
    private @Nullable RunReplay current;
    private boolean trailers = true;
    private boolean whole = true;

    /**
     * A replay that has not started.
     *
     * @param factory  makes the handlers of each run.
     * @param observer gets every event of the range, void ones excepted, behind the handlers.
     * @param range    that is compared, hashed and observed.
     */
    public TapeReplay(final ReplayHandlers.Factory factory, final EventHandler observer, final TapeRange range)
    {
        this(factory, observer, range, null);
    }

    private TapeReplay(
        final ReplayHandlers.Factory factory, final EventHandler observer, final TapeRange range,
        final @Nullable Consumer<String> passedOver)
    {
        this.passedOver = passedOver;
        this.factory = factory;
        this.observer = observer;
        this.range = range;
    }

    /**
     * A replay that has not started and that starts behind the newest snapshot that it can: one ahead of the range, in
     * the run in which the range starts, with the states of just these handlers, by name, version and parameters. What
     * it makes and compares is the same as without, as long as versions and parameters tell handlers apart, see
     * {@link io.ringtape.event.Stateful}; what stands on tape ahead of the snapshot is not read. Where there is none it
     * starts with the run.
     *
     * @param factory    makes the handlers of each run.
     * @param observer   gets every event of the range, void ones excepted, behind the handlers.
     * @param range      that is compared, hashed and observed.
     * @param passedOver told one line about what is wrong with snapshots ahead of the range, or that they have not the
     *                   states of these handlers.
     * @return the replay.
     */
    public static TapeReplay behindSnapshot(
        final ReplayHandlers.Factory factory, final EventHandler observer, final TapeRange range,
        final Consumer<String> passedOver)
    {
        return new TapeReplay(factory, observer, range, passedOver);
    }

    /**
     * Replays; to be called once.
     *
     * @param tape     to read.
     * @param progress told after each block the last sequence that was read.
     * @return what came of it.
     * @throws io.ringtape.journal.TapeException if the tape is damaged, has a gap, or does not hold the range.
     */
    public ReplayResult run(final Tape tape, final LongConsumer progress)
    {
        return run(tape, TapeReplay::tellNobody, progress);
    }

    /**
     * Replays; to be called once.
     *
     * @param tape     to read.
     * @param starting told which sequences will be read, also of a range of times: from the start of the run in which
     *     the range starts. Told before the first of them is.
     * @param progress told after each block the last sequence that was read.
     * @return what came of it.
     * @throws io.ringtape.journal.TapeException if the tape is damaged, has a gap, or does not hold the range.
     */
    public ReplayResult run(final Tape tape, final Consumer<TapeRange> starting, final LongConsumer progress)
    {
        final TapeEnd end;
        final ReplaySpans spans = new ReplaySpans(tape, range);
        toSequence = spans.read().toSequence();
        final ReplayStart from = passedOver == null ?
            ReplayStart.ofRun(spans) : ReplayStart.find(tape, spans, factory, passedOver);
        start = from.snapshot();
        starting.accept(from.range());
        try (TapeReader reader = tape.read(from.range(), new Runs(tape, start.isPresent())))
        {
            while (reader.nextBlock())
            {
                replay(reader, spans);
                progress.accept(reader.firstSequence() + reader.count() - 1);
            }
            end = reader.end();
        }
        // The reader ends no run that a live process still writes.
        endRun(Optional.empty());
        // Where the range ends with the last event of a run that was not closed, nothing was cut.
        if (rangeEndReached && end.kind() == TapeEnd.Kind.CLOSED)
        {
            whole = false;
            withoutTrailer.removeIf((runId) -> runId == lastRunId);
        }
        return new ReplayResult(hashes.eventHash(), hashes.outputHash(), trailers && lastHandlers.isPresent(), whole,
            withoutTrailer, firstDifference, definitions, lastHandlers, end,
            from.snapshot().map(BookSnapshot::sequence).map(OptionalLong::of).orElseGet(OptionalLong::empty));
    }

    private static void tellNobody(final TapeRange read)
    {
    }

    private void replay(final TapeReader reader, final ReplaySpans spans)
    {
        final RunReplay known = current;
        final RunInfo starts = run;
        if (known != null)
        {
            known.onBlock(reader, event);
        }
        else if (starts == null)
        {
            throw new IllegalStateException("block outside a run");
        }
        else if (!spans.of(starts).isEmpty())
        {
            start(reader, starts, spans.of(starts)).onBlock(reader, event);
        }
    }

    private RunReplay start(final TapeReader reader, final RunInfo starts, final ReplaySpans.Span span)
    {
        currentDefinitions = reader.definitions();
        final RunReplay started =
            new RunReplay(starts, currentDefinitions, factory, hashes.current(), observer, span);
        if (start.isPresent() && !ReplayStates.restore(start.get(), started))
        {
            throw new IllegalStateException(
                "snapshot was taken over once, and not again: sequence=" + start.get().sequence());
        }
        start = Optional.empty();
        current = started;
        return started;
    }

    private void endRun(final Optional<RunTrailer> trailer)
    {
        final RunReplay ended = current;
        if (ended == null)
        {
            return;
        }
        current = null;
        if (!ended.isStarted())
        {
            // A run of which no event lies in the range is none of the replay's.
            return;
        }
        if (trailer.isEmpty() && !ended.isCut())
        {
            withoutTrailer.add(ended.runId());
        }
        lastRunId = ended.runId();
        final Optional<RunTrailer> compared = ended.onEnd(trailer);
        trailers &= compared.isPresent();
        whole &= ended.isFromStart() && !ended.isCut();
        rangeEndReached = trailer.isEmpty() && ended.lastSequence() == toSequence;
        if (firstDifference.isEmpty())
        {
            firstDifference = ended.firstDifference(compared);
        }
        hashes.endRun();
        definitions = currentDefinitions;
        lastHandlers = Optional.of(ended.handlers());
    }

    /**
     * Starts and ends the runs of the replay.
     */
    private final class Runs implements RunListener
    {
        private final Tape tape;
        private final boolean isInside;

        Runs(final Tape tape, final boolean isInside)
        {
            this.tape = tape;
            this.isInside = isInside;
        }

        @Override
        public void onRunStart(final RunInfo started)
        {
            if (run == null && !isInside)
            {
                // Handlers without the run's start would know less than they knew.
                tape.requireFrom(started.firstSequence());
            }
            run = started;
        }

        @Override
        public void onRunEnd(final RunInfo ended, final Optional<RunTrailer> trailer)
        {
            endRun(trailer);
        }
    }
}
