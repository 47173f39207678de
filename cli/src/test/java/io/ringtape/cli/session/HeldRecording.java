package io.ringtape.cli.session;

import io.ringtape.cli.capture.CaptureException;
import io.ringtape.cli.demo.DemoSession;
import io.ringtape.cli.request.GatewaySetup;
import io.ringtape.cli.request.GatewaySetup.Venue;
import io.ringtape.cli.request.GatewaySetup.WriteAhead;
import io.ringtape.cli.request.RecordRequest.OnBadInput;
import io.ringtape.cli.request.TradingSetup;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * A process that records behind a loopback gateway with orders written ahead, a venue event for each byte that it is
 * given. Its tape stands still ahead of an order that has passed the risk gate, and so do its gateway and its writer,
 * until it is let go.
 * <p>
 * Thread safety: none; one test.
 * Allocation: as it needs.
 */
public final class HeldRecording
{
    private static final long EVENTS = 1_000_000;

    private HeldRecording()
    {
    }

    public static void main(final String[] arguments) throws CaptureException
    {
        final Path tape = Path.of(arguments[0]);
        final Definitions definitions = new Definitions();
        try (DemoSession session = DemoSession.open(EVENTS, 1, definitions))
        {
            new RecordSession(definitions, new GatedCapture(session, HeldRecording::told),
                QuietContext.context(), TradingSetup.EXAMPLE, new GatewaySetup(Venue.LOOPBACK, WriteAhead.JOURNALED))
                .run(tape, new RecordLayout(true, Optional.empty(), Optional.of(new Hold(tape))), OnBadInput.KEEP);
        }
    }

    /** There once the process stands still. */
    public static Path held(final Path tape)
    {
        return tape.resolveSibling("held");
    }

    /** Lets the process go on. */
    public static void release(final Path tape) throws IOException
    {
        Files.delete(held(tape));
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

    /** Stands still ahead of the recorder, at the first new order behind so many events. */
    private static final class Hold implements EventHandler
    {
        private static final int AHEAD = 2_000;

        private final Path held;
        private int count;
        private boolean isDone;

        Hold(final Path tape)
        {
            held = held(tape);
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            if (++count < AHEAD || isDone || event.type() != EventType.OWN_NEW)
            {
                return;
            }
            isDone = true;
            try
            {
                Files.createFile(held);
            }
            catch (final IOException e)
            {
                throw new UncheckedIOException(e);
            }
            final YieldingIdleStrategy idle = new YieldingIdleStrategy();
            while (Files.exists(held))
            {
                idle.idle();
            }
        }
    }
}
