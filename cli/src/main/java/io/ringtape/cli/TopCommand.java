package io.ringtape.cli;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.report.TopReport;
import io.ringtape.journal.CountersReading;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.agrona.concurrent.SystemEpochNanoClock;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Shows what a recording process counts, from another process.
 */
@CommandLine.Command(name = "top",
    description = "Show what a recording bus counts: cursor, lanes, inboxes, gateways, frontiers. " +
        "Touches neither bus nor tape.",
    footerHeading = "%nExample:%n", footer = {
        "  ringtape top --journal tape",
        "",
        "On a terminal it goes on, a look a second, until Ctrl-C ends it with code 0; elsewhere it looks once.",
        "Where the recording process is dead it shows what was copied last, at most some 50 ms before the end."})
final class TopCommand extends Command
{
    private static final long IDLE_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final CommandRunner runner;

    @Mixin
    private TapeOptions options;

    @Option(names = "--once", description = "Look once; so does --json.")
    private boolean once;

    TopCommand(final CommandRunner runner)
    {
        this.runner = runner;
    }

    @Override
    ExitCode run()
    {
        if (once || options.json() || !runner.console().terminalOut())
        {
            return runner.work(options.json(), (progress) -> look(Optional.empty()));
        }
        new TopScreen(runner.console(), runner.beginStopping(), new SleepingIdleStrategy(IDLE_NS)).show(this::look);
        return ExitCode.FINE;
    }

    private TopReport look(final Optional<TopReport> before)
    {
        return new TopReport(options.journal(), CountersReading.read(options.journal()),
            SystemEpochNanoClock.INSTANCE.nanoTime(), before.map(TopReport::reading));
    }
}
