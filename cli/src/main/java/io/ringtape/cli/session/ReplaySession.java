package io.ringtape.cli.session;

import io.ringtape.book.Books;
import io.ringtape.cli.report.ReplayReport;
import io.ringtape.cli.report.ReplayReport.Comparison;
import io.ringtape.cli.report.SessionHashes;
import io.ringtape.cli.request.SessionContext;
import io.ringtape.cli.request.TradingSetup;
import io.ringtape.cli.tape.TapeEnds;
import io.ringtape.cli.tape.TapeProgress;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventPublisher;
import io.ringtape.journal.RunInfo;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import io.ringtape.replay.ReplayHandlers;
import io.ringtape.replay.ReplayResult;
import io.ringtape.replay.TapeReplay;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Replays a tape through the handlers of the order lane, on the calling thread.
 */
final class ReplaySession
{
    private final SessionStatistics statistics = new SessionStatistics();
    private final SessionContext context;
    private final TradingSetup trading;
    private final RunTotals totals = new RunTotals();
    private Optional<Run> current = Optional.empty();
    private Optional<OrderLane> lastLane = Optional.empty();

    ReplaySession(final SessionContext context)
    {
        this(context, TradingSetup.EXAMPLE);
    }

    ReplaySession(final SessionContext context, final TradingSetup trading)
    {
        this.context = context;
        this.trading = trading;
    }

    /**
     * A run that is being replayed.
     */
    private record Run(long runId, Definitions definitions, OrderLane lane)
    {
    }

    /**
     * Runs the replay, behind a snapshot where there is one of use.
     *
     * @param tape  to read.
     * @param range that is compared and reported.
     * @return what came of it.
     */
    ReplayReport run(final Tape tape, final TapeRange range)
    {
        return run(tape, range, true);
    }

    /**
     * Runs the replay.
     *
     * @param tape         to read.
     * @param range        that is compared and reported.
     * @param useSnapshots whether it may start behind one.
     * @return what came of it.
     */
    ReplayReport run(final Tape tape, final TapeRange range, final boolean useSnapshots)
    {
        final TapeProgress progress = TapeProgress.ofReplay(context.progress(), "replaying", tape);
        final long startNs = context.clock().nanoTime();
        final List<String> notices = new ArrayList<>();
        final TapeReplay replay = useSnapshots ?
            TapeReplay.behindSnapshot(this::lane, statistics, range, notices::add) :
            new TapeReplay(this::lane, statistics, range);
        final ReplayResult result = replay.run(tape, progress::start, progress);
        endRun();
        final long elapsedNs = context.clock().nanoTime() - startNs;
        final Books books = lastLane.map(OrderLane::books).orElseGet(() -> new Books(new Definitions()));
        final SessionHashes hashes =
            new SessionHashes(result.eventHash(), result.outputHash(), books.bookHash());
        final String end = TapeEnds.notice(result.end());
        if (!end.isEmpty())
        {
            notices.add(end);
        }
        return new ReplayReport(tape.directory(),
            Summaries.of(statistics, totals, result.definitions(), books, hashes, elapsedNs, tape),
            comparison(result), result.withoutTrailer(), result.firstDifference(), String.join("; ", notices),
            result.snapshot());
    }

    private ReplayHandlers lane(final RunInfo run, final Definitions definitions, final EventPublisher outbox)
    {
        endRun();
        final OrderLane lane = OrderLane.of(trading, run, definitions, outbox);
        current = Optional.of(new Run(run.runId(), definitions, lane));
        return lane;
    }

    // A run of which no event lies in the range is none of the replay's.
    private void endRun()
    {
        if (current.isPresent() && current.get().lane().beforeRange().isPresent())
        {
            final Run run = current.get();
            totals.add(run.runId(), run.definitions(), run.lane().books(), run.lane().beforeRange().get());
            lastLane = Optional.of(run.lane());
        }
        current = Optional.empty();
    }

    private static Comparison comparison(final ReplayResult result)
    {
        if (result.trailer())
        {
            return Comparison.WITH_HASHES;
        }
        return result.whole() ? Comparison.NO_TRAILER : Comparison.PART;
    }
}
