package io.ringtape.backtest;

import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.RunInfo;
import io.ringtape.journal.RunListener;
import io.ringtape.journal.RunTrailer;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeEnd;
import io.ringtape.journal.TapeRange;
import io.ringtape.journal.TapeReader;
import io.ringtape.replay.ReplaySpans;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a strategy over the recorded market of a tape, as fast as it can, on the calling thread. Hot path.
 * <pre>{@code
 * final BacktestHandlers.Factory handlers = BacktestHandlers.factory(
 *     (definitions, books) ->
 *         RiskGate.builder(definitions, books::book).venueAnswers()
 *             .otherLimits(RiskLimits::defaultsFor).otherAccounts(AccountLimits.defaults()).build(),
 *     (definitions) -> new ExampleStrategy(definitions, ExampleParameters.defaults()), "example", 1, 256);
 * final BacktestConfig config = BacktestConfig.of(
 *     QueueModel.PESSIMISTIC, LatencyModel.constant(50_000, 50_000), FeeSchedule.FREE);
 * final BacktestResult result =
 *     new Backtest(config, handlers, FillListener.NONE).run(Tape.open(directory), TapeRange.ALL, (sequence) -> { });
 * }</pre>
 * The market events of the tape go through books, gate and strategy in the order of the tape; recorded own events,
 * timers and controls do not. What the strategy makes passes the same handlers behind the venue event that caused it,
 * as in a recording, and orders and cancels leave for the {@link SimulatedVenue}; {@link io.ringtape.event.VenueEvents}
 * says where one ends. Time is the running maximum of receive times. A message is at the venue when its
 * {@link LatencyModel} says so, an answer is delivered likewise, a timer comes at its deadline: before the first venue
 * event whose time is not before, in the order of their times; of those that are due together the venue's come first,
 * then answers, then timers. Handlers see one numbering of all events, which starts with the first event's sequence on
 * tape.
 * <p>
 * Each run of the tape gets fresh handlers, and starts without orders and positions. Where the range starts inside a
 * run, books and gate get the market of that run from its start, the strategy from the start of the range: the gate has
 * its references there, and no order, position or message that was not the strategy's. A range of times is, in each
 * run, all that stands from the first event to the last whose receive time lies in it.
 * <p>
 * The same tape, range, handlers and configuration give the same result: nothing reads a clock, and what is drawn is
 * drawn from a seed.
 * <p>
 * Thread safety: none; one thread, one backtest.
 * Allocation: none for each event once warm; objects for each run, instrument and chart.
 */
public final class Backtest
{
    private final OrderBookEvent event = new OrderBookEvent();
    private final BacktestConfig config;
    private final BacktestHandlers.Factory factory;
    private final FillListener listener;
    private final BacktestTotals totals;
    private @Nullable RunInfo run;
    private @Nullable BacktestRun current;
    private ReplaySpans.@Nullable Span span;

    /**
     * A backtest that has not started.
     *
     * @param config   what is assumed of the venue.
     * @param factory  makes the handlers of each run.
     * @param listener gets the fills.
     */
    public Backtest(
        final BacktestConfig config, final BacktestHandlers.Factory factory, final FillListener listener)
    {
        this.config = config;
        this.factory = factory;
        this.listener = listener;
        totals = new BacktestTotals(config);
    }

    /**
     * Runs; to be called once.
     *
     * @param tape     to read.
     * @param range    that the strategy gets.
     * @param progress told after each block the last sequence that was read.
     * @return what came of it.
     * @throws io.ringtape.journal.TapeException if the tape is damaged, has a gap, or does not hold the range.
     * @throws BacktestException                 if a handler failed, or a sum does not fit.
     */
    public BacktestResult run(final Tape tape, final TapeRange range, final LongConsumer progress)
    {
        return run(tape, range, (read) ->
        {
        }, progress);
    }

    /**
     * Runs; to be called once.
     *
     * @param tape     to read.
     * @param range    that the strategy gets.
     * @param start    told once what will be read.
     * @param progress told after each block the last sequence that was read.
     * @return what came of it.
     * @throws io.ringtape.journal.TapeException if the tape is damaged, has a gap, or does not hold the range.
     * @throws BacktestException                 if a handler failed, or a sum does not fit.
     */
    public BacktestResult run(
        final Tape tape, final TapeRange range, final Consumer<TapeRange> start, final LongConsumer progress)
    {
        final TapeEnd end;
        final ReplaySpans spans = new ReplaySpans(tape, range);
        start.accept(spans.read());
        try (TapeReader reader = tape.read(spans.read(), new Runs(tape)))
        {
            while (reader.nextBlock())
            {
                runBlock(reader, spans);
                progress.accept(reader.firstSequence() + reader.count() - 1);
            }
            end = reader.end();
        }
        // The reader ends no run that a live process still writes.
        endRun();
        return totals.result(end);
    }

    private void runBlock(final TapeReader reader, final ReplaySpans spans)
    {
        final BacktestRun running = current(reader, spans);
        final ReplaySpans.Span part = span;
        if (running == null || part == null)
        {
            return;
        }
        final long first = reader.firstSequence();
        final int last = (int)Math.min(reader.count() - 1, part.to() - first);
        for (int i = 0; i <= last; i++)
        {
            running.onEvent(reader.event(i, event), first + i >= part.from());
        }
    }

    // Null in a run of which nothing lies in the range.
    private @Nullable BacktestRun current(final TapeReader reader, final ReplaySpans spans)
    {
        final BacktestRun known = current;
        if (known != null)
        {
            return known;
        }
        final RunInfo starts = run;
        if (starts == null)
        {
            throw new IllegalStateException("block outside a run");
        }
        final ReplaySpans.Span part = spans.of(starts);
        if (part.isEmpty())
        {
            return null;
        }
        final BacktestRun started =
            new BacktestRun(starts, reader.definitions(), factory, config, totals, listener);
        span = part;
        current = started;
        return started;
    }

    private void endRun()
    {
        final BacktestRun ended = current;
        if (ended != null)
        {
            current = null;
            ended.end();
        }
    }

    /**
     * Starts and ends the runs of the backtest.
     */
    private final class Runs implements RunListener
    {
        private final Tape tape;

        Runs(final Tape tape)
        {
            this.tape = tape;
        }

        @Override
        public void onRunStart(final RunInfo started)
        {
            if (run == null)
            {
                // Books without the run's start would know less than they knew.
                tape.requireFrom(started.firstSequence());
            }
            run = started;
        }

        @Override
        public void onRunEnd(final RunInfo ended, final Optional<RunTrailer> trailer)
        {
            endRun();
        }
    }
}
