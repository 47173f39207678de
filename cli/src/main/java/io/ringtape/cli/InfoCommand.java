package io.ringtape.cli;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.report.InfoReport;
import io.ringtape.journal.Tape;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/**
 * Says what is on a tape without reading it.
 */
@CommandLine.Command(name = "info",
    description = "Say what is on a tape: runs, files, instruments, sizes, marks. Reads no events, see verify.",
    footerHeading = "%nExample:%n", footer = "  ringtape info --journal tape")
final class InfoCommand extends Command
{
    private final CommandRunner runner;

    @Mixin
    private TapeOptions options;

    InfoCommand(final CommandRunner runner)
    {
        this.runner = runner;
    }

    @Override
    ExitCode run()
    {
        final Tape tape = Tape.open(options.journal());
        return runner.work(options.json(), (progress) ->
            new InfoReport(options.journal(), tape.info(), tape.snapshots().list()));
    }
}
