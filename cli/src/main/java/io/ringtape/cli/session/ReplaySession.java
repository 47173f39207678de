package io.ringtape.cli.session;

import io.ringtape.book.Books;
import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.report.ReplayReport;
import io.ringtape.cli.report.ReplayReport.Comparison;
import io.ringtape.cli.report.SessionHashes;
import io.ringtape.cli.request.SessionContext;
import io.ringtape.cli.tape.TapeEnds;
import io.ringtape.cli.tape.TapeProgress;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.SourceDefinition;
import io.ringtape.journal.RunInfo;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import io.ringtape.replay.ReplayHandlers;
import io.ringtape.replay.ReplayResult;
import io.ringtape.replay.TapeReplay;
import java.util.Optional;

/**
 * Replays a tape through the handlers of the order lane, on the calling thread.
 */
final class ReplaySession
{
    private final SessionStatistics statistics = new SessionStatistics();
    private final SessionContext context;
    private final RunTotals totals = new RunTotals();
    private Optional<Run> current = Optional.empty();
    private Optional<OrderLane> lastLane = Optional.empty();

    ReplaySession(final SessionContext context)
    {
        this.context = context;
    }

    /**
     * A run that is being replayed.
     */
    private record Run(long runId, Definitions definitions, OrderLane lane)
    {
    }

    /**
     * Runs the replay.
     *
     * @param tape  to read.
     * @param range that is compared and reported.
     * @return what came of it.
     */
    ReplayReport run(final Tape tape, final TapeRange range)
    {
        final TapeProgress progress = TapeProgress.ofReplay(context.progress(), "replaying", tape);
        final long startNs = context.clock().nanoTime();
        final TapeReplay replay = new TapeReplay(this::lane, statistics, range);
        final ReplayResult result = replay.run(tape, progress::start, progress);
        endRun();
        final long elapsedNs = context.clock().nanoTime() - startNs;
        final Books books = lastLane.map(OrderLane::books).orElseGet(() -> new Books(new Definitions()));
        final SessionHashes hashes =
            new SessionHashes(result.eventHash(), result.outputHash(), books.bookHash());
        return new ReplayReport(tape.directory(),
            Summaries.of(statistics, totals, result.definitions(), books, hashes, elapsedNs, tape),
            comparison(result), result.withoutTrailer(), result.firstDifference(), TapeEnds.notice(result.end()));
    }

    private ReplayHandlers lane(final RunInfo run, final Definitions definitions, final EventPublisher outbox)
    {
        endRun();
        final OrderLane lane = new OrderLane(definitions, strategy(run, definitions), run.runId(), outbox);
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

    private static SourceDefinition strategy(final RunInfo run, final Definitions definitions)
    {
        for (int id = 0; id < definitions.sourceCount(); id++)
        {
            final SourceDefinition source = definitions.source(id);
            if (source.kind() == SourceDefinition.Kind.STRATEGY && source.name().equals(OrderLane.STRATEGY))
            {
                return source;
            }
        }
        throw new CommandException(ExitCode.UNREADABLE,
            "run was recorded without the strategy that replays it: run=" + run.runId() + " strategy=" +
                OrderLane.STRATEGY);
    }
}
