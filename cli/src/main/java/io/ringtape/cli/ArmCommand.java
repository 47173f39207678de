package io.ringtape.cli;

import io.ringtape.cli.error.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/**
 * Let orders of a scope through again that was stopped by kill.
 */
@CommandLine.Command(name = "arm",
    description = "Let orders of a scope through again that was stopped by kill.",
    footerHeading = "%nExample:%n", footer = {
        "  ringtape arm --journal tape --strategy MarketMaker",
        "",
        "The change stands beside the tape until it is turned back, over runs too. A recording takes it before its",
        "next venue event, and the tape has it as a control event. See ringtape status."})
final class ArmCommand extends Command
{
    private final CommandRunner runner;

    @Mixin
    private TapeOptions options;

    @Mixin
    private ScopeOptions scope;

    ArmCommand(final CommandRunner runner)
    {
        this.runner = runner;
    }

    @Override
    ExitCode run()
    {
        return runner.work(options.json(), (progress) -> scope.change(options.journal(), false));
    }
}
