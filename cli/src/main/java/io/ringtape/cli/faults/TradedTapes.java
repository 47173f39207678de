package io.ringtape.cli.faults;

import io.ringtape.cli.capture.Capture;
import io.ringtape.cli.capture.CaptureException;
import io.ringtape.cli.demo.DemoSession;
import io.ringtape.cli.output.Progress;
import io.ringtape.cli.platform.StopSignal;
import io.ringtape.cli.request.GatewaySetup;
import io.ringtape.cli.request.RecordRequest.OnBadInput;
import io.ringtape.cli.request.SessionContext;
import io.ringtape.cli.request.TradingSetup;
import io.ringtape.cli.session.RecordLayout;
import io.ringtape.cli.session.RecordParts;
import io.ringtape.cli.session.RecordSession;
import io.ringtape.event.Definitions;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Tapes of runs that trade: a next run that puts on tape what the gateway of an earlier one kept.
 */
final class TradedTapes
{
    /** Part of what a recording says that began with such events. */
    static final String KEPT = "of an earlier run's gateway";
    private static final int EVENTS = 16;

    private TradedTapes()
    {
    }

    /**
     * Records a few events without a gateway.
     *
     * @return what the recording says of the runs before.
     * @throws FaultFailure if it does not end in order.
     */
    static String nextRun(final Path tape)
    {
        final Definitions definitions = new Definitions();
        try (Capture session = DemoSession.open(EVENTS, 1, definitions))
        {
            return new RecordSession(definitions, session, context((line) ->
            {
                // Nobody reads it.
            }), TradingSetup.EXAMPLE, GatewaySetup.NONE, RecordParts.REAL)
                .run(tape, RecordLayout.INLINE, OnBadInput.KEEP, FaultTapes.CONFIG).notice();
        }
        catch (final CaptureException e)
        {
            throw new IllegalStateException("a generated session cannot be read", e);
        }
    }

    /** A session that nobody watches and no signal stops. */
    static SessionContext context(final Consumer<String> note)
    {
        final PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new SessionContext(new StopSignal(), new Progress(nowhere, false, SystemNanoClock.INSTANCE), note,
            SystemNanoClock.INSTANCE);
    }
}
