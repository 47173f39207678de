package io.ringtape.cli;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import picocli.CommandLine;

/**
 * The command without a sub-command: help, version, or a usage error.
 */
@CommandLine.Command(name = "ringtape", description = "Order-book events through one ring, onto tape, and back.",
    footerHeading = "%nExample:%n", footer = "  ringtape demo")
final class RingtapeCommand extends Command
{
    /** Made by {@link Main}. */
    RingtapeCommand()
    {
    }

    @Override
    ExitCode run()
    {
        throw new CommandException(ExitCode.USAGE, "no command given, see ringtape --help");
    }
}
