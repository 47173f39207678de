package io.ringtape.cli.session;

import io.ringtape.cli.capture.Capture;
import io.ringtape.cli.capture.CaptureException;
import io.ringtape.cli.capture.Captures;
import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.report.DemoReport;
import io.ringtape.cli.report.RecordReport;
import io.ringtape.cli.report.ReplayReport;
import io.ringtape.cli.request.DemoRequest;
import io.ringtape.cli.request.RecordRequest;
import io.ringtape.cli.request.ReplayRequest;
import io.ringtape.cli.request.SessionContext;
import io.ringtape.cli.request.Sessions;
import io.ringtape.cli.request.TradingSetup;
import io.ringtape.cli.settings.RunSettings;
import io.ringtape.event.Definitions;
import io.ringtape.journal.SnapshotHandlers;
import io.ringtape.journal.Tape;
import io.ringtape.replay.ReplayStates;
import io.ringtape.risk.OpeningPositions;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The sessions behind the commands record, replay and demo.
 * <p>
 * Thread safety: stateless; a session runs on the thread that calls.
 * Allocation: on construction of a session.
 */
public final class TapeSessions implements Sessions
{
    /**
     * Sessions; there is nothing to configure.
     */
    public TapeSessions()
    {
    }

    @Override
    public RecordReport record(final RecordRequest request, final SessionContext context)
    {
        if (request.format().isPresent() && !Captures.formats().contains(request.format().get()))
        {
            throw new CommandException(ExitCode.USAGE, "--format must be one of " +
                String.join(", ", Captures.formats()) + ": --format=" + request.format().get());
        }
        final Definitions definitions = new Definitions();
        try (Capture capture =
            Captures.open(request.files(), request.format(), definitions, request.terms()))
        {
            final Capture timed = new TimeWatch(capture, context.warning());
            final Capture watched = request.trading().limits().<Capture>map((limits) ->
                new LimitsWatch(timed, definitions, limits, context.warning())).orElse(timed);
            final OpeningPositions positions = RunSettings.positions(request.trading().settings());
            requireDay(request, positions);
            final Capture held = positions == OpeningPositions.NONE ? watched :
                new PositionsWatch(watched, definitions, positions, context.warning());
            return new RecordSession(definitions, held, context, request.trading(), request.gateway())
                .run(request.journal(), RecordLayout.INLINE, request.onBadInput(), request.config());
        }
        catch (final CaptureException e)
        {
            throw refused(e);
        }
    }

    @Override
    public ReplayReport replay(final ReplayRequest request, final SessionContext context)
    {
        final Tape tape = Tape.open(request.journal());
        return new ReplaySession(context, request.trading())
            .run(tape, request.range().on(tape), request.useSnapshots());
    }

    @Override
    public SnapshotHandlers.Factory snapshotHandlers()
    {
        final SnapshotHandlers.Factory lane = ReplayStates.of((run, definitions, outbox) ->
            OrderLane.of(TradingSetup.EXAMPLE, run, definitions, outbox));
        return (run, definitions) -> OrderLane.strategy(TradingSetup.EXAMPLE, definitions).isPresent() ?
            lane.create(run, definitions) : SnapshotHandlers.BOOKS.create(run, definitions);
    }

    @Override
    public DemoReport demo(final DemoRequest request, final SessionContext context)
    {
        try
        {
            return new DemoRun(request, context).run();
        }
        catch (final CaptureException e)
        {
            throw refused(e);
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException(e);
        }
    }

    /** Ahead of all else: what is refused records nothing. */
    private static void requireDay(final RecordRequest request, final OpeningPositions positions)
        throws CaptureException
    {
        if (positions != OpeningPositions.NONE)
        {
            try (Capture ahead = Captures.open(request.files(), request.format(), new Definitions()))
            {
                PositionsDay.require(ahead, positions, request.trading().positionsFrom());
            }
        }
    }

    private static CommandException refused(final CaptureException failure)
    {
        return new CommandException(failure.kind().exitCode(), failure.getMessage(), failure);
    }
}
