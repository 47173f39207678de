package io.ringtape.cli.session;

import io.ringtape.cli.output.Progress;
import io.ringtape.cli.platform.StopSignal;
import io.ringtape.cli.request.SessionContext;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.agrona.concurrent.SystemNanoClock;

/** What tests run sessions in: nobody watches them, and no signal stops them. */
final class QuietContext
{
    private QuietContext()
    {
    }

    static SessionContext context()
    {
        return context((line) ->
        {
            // Nobody reads what it says.
        });
    }

    static SessionContext context(final Consumer<String> note)
    {
        return new SessionContext(new StopSignal(), progress(), note, SystemNanoClock.INSTANCE);
    }

    static Progress progress()
    {
        final PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Progress(nowhere, false, SystemNanoClock.INSTANCE);
    }
}
