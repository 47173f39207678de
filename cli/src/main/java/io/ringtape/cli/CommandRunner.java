package io.ringtape.cli;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.ClosedOutputException;
import io.ringtape.cli.output.Console;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.Progress;
import io.ringtape.cli.output.TextOutput;
import io.ringtape.cli.platform.StopSignal;
import io.ringtape.cli.report.Report;
import io.ringtape.cli.request.SessionContext;
import io.ringtape.cli.request.Sessions;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What the commands share: a console, the sessions, and the way from a report to an exit code.
 */
final class CommandRunner
{
    private final Console console;
    private final Sessions sessions;
    private final Stopping stopping;

    CommandRunner(final Console console, final Sessions sessions, final Stopping stopping)
    {
        this.stopping = stopping;
        this.console = console;
        this.sessions = sessions;
    }

    Console console()
    {
        return console;
    }

    /**
     * What a signal asks of a command that ends in order, from here on.
     */
    StopSignal beginStopping()
    {
        return stopping.begin();
    }

    /**
     * Runs a session that a signal stops in order, and prints its report.
     */
    ExitCode session(final boolean json, final BiFunction<Sessions, SessionContext, Report> work)
    {
        final StopSignal stop = stopping.begin();
        return work(json, (progress) -> work.apply(sessions, context(json, progress, stop)));
    }

    /**
     * Runs a session that only reads, so that a signal ends it at once, and prints its report.
     */
    ExitCode readingSession(final boolean json, final BiFunction<Sessions, SessionContext, Report> work)
    {
        return work(json, (progress) -> work.apply(sessions, context(json, progress, new StopSignal())));
    }

    /**
     * Runs work that a signal ends at once, and prints its report.
     */
    ExitCode work(final boolean json, final Function<Progress, Report> work)
    {
        return print(withProgress(json, work), json);
    }

    /**
     * Says on standard error what a user should know although the command did its work.
     */
    void warn(final String notice)
    {
        if (!notice.isEmpty())
        {
            whileRead(() -> console.out().flush());
            console.err().println("ringtape: " + notice);
        }
    }

    private SessionContext context(final boolean json, final Progress progress, final StopSignal asked)
    {
        return new SessionContext(asked, progress, note(json), this::warn, console.clock());
    }

    private Report withProgress(final boolean json, final Function<Progress, Report> work)
    {
        final Progress progress = console.progress(!json);
        try
        {
            return work.apply(progress);
        }
        finally
        {
            progress.finish();
        }
    }

    private Consumer<String> note(final boolean json)
    {
        return (line) ->
        {
            if (!json)
            {
                whileRead(() -> new TextOutput(console.out()).line(line).end());
            }
        };
    }

    private ExitCode print(final Report report, final boolean json)
    {
        whileRead(() -> write(report, json));
        warn(report.warning());
        return report.exitCode();
    }

    // Where the reader of standard output has gone, as `| head` does, the work and what came of it count all the same.
    private static void whileRead(final Runnable output)
    {
        try
        {
            output.run();
        }
        catch (final ClosedOutputException e)
        {
            // There is nobody to tell.
            return;
        }
    }

    private void write(final Report report, final boolean json)
    {
        if (json)
        {
            try (JsonOutput object = new JsonOutput(console.out()))
            {
                report.writeJson(object);
                object.end();
            }
        }
        else
        {
            report.writeText(new TextOutput(console.out()));
        }
    }
}
