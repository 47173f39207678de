package io.ringtape.cli;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.journal.ControlFile;
import io.ringtape.journal.Tape;
import org.agrona.concurrent.SystemEpochNanoClock;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/**
 * Says who is stopped by the kill switch of a tape, why, who has seen it, and whether a recording runs.
 */
@CommandLine.Command(name = "status",
    description = "Say who is stopped, why, whether a recording runs, and whether writer and gateway have seen the " +
        "last change.",
    footerHeading = "%nExample:%n", footer = {
        "  ringtape status --journal tape",
        "",
        "The exit code is 0 whether a recording runs or not, and whoever is stopped; --json has recording and killed."})
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
            return ScopeOptions.report(
                tape, reading, SystemEpochNanoClock.INSTANCE.nanoTime(), reading.scopes());
        });
    }
}
