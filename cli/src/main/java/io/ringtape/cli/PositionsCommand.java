package io.ringtape.cli;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.OutputPlaces;
import io.ringtape.cli.tape.BookQuery;
import io.ringtape.cli.tape.PositionsQuery;
import io.ringtape.journal.Tape;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Shows what a run holds and which of its orders are open.
 */
@CommandLine.Command(name = "positions",
    description = "Show the positions and open orders of a run, whether it was closed, killed, or still records.",
    footerHeading = "%nExample:%n", footer = {
        "  ringtape positions --journal tape --out positions.json",
        "  ringtape record --journal tape --positions positions.json capture.zip",
        "",
        "An order that left with --write-ahead off may be on no tape: the venue alone knows of it."})
final class PositionsCommand extends Command
{
    private final CommandRunner runner;

    @Mixin
    private TapeOptions options;

    @Option(names = "--at-sequence", paramLabel = "N", converter = Counts.Sequence.class,
        description = "Last sequence that counts; the last of the newest run by default.")
    private Optional<Long> atSequence;

    @Option(names = "--out", paramLabel = "FILE", converter = Counts.FileName.class,
        description = "JSON file for the positions and the day's loss, for record --positions; one that is there is " +
            "replaced.")
    private Optional<Path> out;

    PositionsCommand(final CommandRunner runner)
    {
        this.runner = runner;
    }

    @Override
    ExitCode run()
    {
        new OutputPlaces().output("--out", out).require();
        final PositionsQuery query = new PositionsQuery(Tape.open(options.journal()));
        final ExitCode exitCode = runner.work(options.json(), (progress) ->
            query.at(atSequence.orElse(BookQuery.END), out, progress));
        runner.warn(query.notice());
        return exitCode;
    }
}
