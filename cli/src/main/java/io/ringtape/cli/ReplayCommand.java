package io.ringtape.cli;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.request.ReplayRequest;
import io.ringtape.cli.tape.TapeScan;
import io.ringtape.cli.value.EventRange;
import io.ringtape.journal.Tape;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Takes a tape through the handlers that recorded it and compares what they do.
 */
@CommandLine.Command(name = "replay",
    description = "Replay a tape through the same handlers and compare their orders with those on tape.",
    footerHeading = "%nExample:%n", footer = {
        "  ringtape replay --journal tape --from-time 13:30:00 --to-time 13:45:00",
        "",
        "Parameters and limits are those that the run has on tape, but for those that are given.",
        "The key journalBytes counts the files that hold what was replayed, tapeBytes all files of the tape."})
final class ReplayCommand extends Command
{
    private final CommandRunner runner;

    @Mixin
    private RangeOptions range;

    @Mixin
    private TapeOptions options;

    @Mixin
    private StrategyOptions strategy;

    @Option(names = "--scan", description = "Read every field, run no handler, and compare nothing.")
    private boolean scan;

    @Option(names = "--no-snapshots", description = "Feed the handlers from the start of the run in which the range " +
        "starts, also where a snapshot has what they knew ahead of the range.")
    private boolean noSnapshots;

    ReplayCommand(final CommandRunner runner)
    {
        this.runner = runner;
    }

    @Override
    ExitCode run()
    {
        final EventRange wanted = range.range();
        if (scan)
        {
            final Tape tape = Tape.open(options.journal());
            return runner.work(options.json(), (progress) ->
                new TapeScan().run(tape, wanted.on(tape), progress, runner.console().clock()));
        }
        final ReplayRequest request = new ReplayRequest(options.journal(), wanted, !noSnapshots, strategy.replayed());
        return runner.readingSession(options.json(), (sessions, context) -> sessions.replay(request, context));
    }
}
