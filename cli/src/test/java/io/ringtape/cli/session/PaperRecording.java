package io.ringtape.cli.session;

import io.ringtape.cli.capture.CaptureException;
import io.ringtape.cli.demo.DemoSession;
import io.ringtape.cli.request.GatewaySetup;
import io.ringtape.cli.request.GatewaySetup.Venue;
import io.ringtape.cli.request.GatewaySetup.WriteAhead;
import io.ringtape.cli.request.RecordRequest.OnBadInput;
import io.ringtape.cli.request.TradingSetup;
import io.ringtape.event.Definitions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * A process that trades on paper, orders written ahead, a venue event for each byte that it is given.
 * <p>
 * Thread safety: none; one test.
 * Allocation: as it needs.
 */
public final class PaperRecording
{
    private static final long EVENTS = 1_000_000;

    private PaperRecording()
    {
    }

    public static void main(final String[] arguments) throws CaptureException
    {
        final Definitions definitions = new Definitions();
        try (DemoSession session = DemoSession.open(EVENTS, 1, definitions))
        {
            new RecordSession(definitions, new GatedCapture(session, PaperRecording::told), QuietContext.context(),
                TradingSetup.EXAMPLE, new GatewaySetup(Venue.SIMULATED, WriteAhead.JOURNALED))
                .run(Path.of(arguments[0]), RecordLayout.INLINE, OnBadInput.KEEP);
        }
    }

    private static boolean told()
    {
        try
        {
            return System.in.read() >= 0;
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException(e);
        }
    }
}
