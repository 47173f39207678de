package io.ringtape.cli;

import io.ringtape.cli.error.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/**
 * Stop new orders of a recording that runs, or of the next one; cancels still go through.
 */
@CommandLine.Command(name = "kill",
    description = "Stop new orders of a recording that runs, or of the next one; cancels still go through.",
    footerHeading = "%nExample:%n", footer = {
        "  ringtape kill --journal tape --strategy MarketMaker",
        "",
        "The change stands beside the tape until it is turned back, over runs too. A recording takes it before its",
        "next venue event, and the tape has it as a control event. See ringtape status."})
final class KillCommand extends Command
{
    private final CommandRunner runner;

    @Mixin
    private TapeOptions options;

    @Mixin
    private ScopeOptions scope;

    KillCommand(final CommandRunner runner)
    {
        this.runner = runner;
    }

    @Override
    ExitCode run()
    {
        return runner.work(options.json(), (progress) -> scope.change(options.journal(), true));
    }
}
