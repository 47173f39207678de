package io.ringtape.bench.peer;

import io.ringtape.cli.output.Progress;
import io.ringtape.cli.platform.StopSignal;
import io.ringtape.cli.request.DemoRequest;
import io.ringtape.cli.request.SessionContext;
import io.ringtape.cli.session.TapeSessions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.agrona.concurrent.SystemNanoClock;

/**
 * The generated session of {@code ringtape demo} on a tape, with what its strategy sent, as that command records it.
 * <p>
 * Thread safety: stateless. Allocation: not for hot paths.
 */
final class DemoTape
{
    private DemoTape()
    {
    }

    /** The tape of so many input events, which is recorded if it is not there. */
    static Path of(final Path directory, final int count)
    {
        final Path tape = directory.resolve("demo-" + count);
        if (!Files.exists(tape))
        {
            final SystemNanoClock clock = SystemNanoClock.INSTANCE;
            new TapeSessions().demo(new DemoRequest(count, BookStream.SEED, Optional.of(tape)),
                new SessionContext(new StopSignal(), new Progress(System.err, false, clock), (note) ->
                {
                    // Nobody reads along.
                }, clock));
        }
        return tape;
    }
}
