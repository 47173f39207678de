package io.ringtape.cli;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.report.ControlReport;
import io.ringtape.journal.ControlFile;
import io.ringtape.journal.Tape;
import org.agrona.concurrent.SystemEpochNanoClock;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/**
 * Says who is stopped by the kill switch of a tape, why, and who has seen it.
 */
@CommandLine.Command(name = "status",
    description = "Say who is stopped, why, and whether writer and gateway have seen the last change.",
    footerHeading = "%nExample:%n", footer = "  ringtape status --journal tape")
final class StatusCommand extends Command
{
    private final CommandRunner runner;

    @Mixin
    private TapeOptions options;

    StatusCommand(final CommandRunner runner)
    {
        this.runner = runner;
    }

    @Override
    ExitCode run()
    {
        final Tape tape = Tape.open(options.journal());
        return runner.work(options.json(), (progress) ->
        {
            final ControlFile.Reading reading = ControlFile.read(tape.directory());
            return new ControlReport(reading, SystemEpochNanoClock.INSTANCE.nanoTime(),
                ScopeOptions.warning(tape, reading.scopes()));
        });
    }
}
