package io.ringtape.cli;

import io.ringtape.backtest.OrderLatencies;
import io.ringtape.cli.backtest.LatenciesReport;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.OutputPlaces;
import io.ringtape.cli.tape.TapeProgress;
import io.ringtape.cli.value.EventRange;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures how long a tape's own orders took to their accept.
 */
@CommandLine.Command(name = "latencies",
    description = "Measure how long the own orders of a tape took to the venue's accept, as a table for backtest.",
    footerHeading = "%nExample:%n", footer = "  ringtape latencies --journal tape --out latencies.txt")
final class LatenciesCommand extends Command
{
    private final CommandRunner runner;

    @Mixin
    private TapeOptions options;

    @Mixin
    private RangeOptions range;

    @Option(names = "--out", paramLabel = "FILE", converter = Counts.FileName.class,
        description = "File for the table; one that is there is replaced.")
    private Optional<Path> out;

    LatenciesCommand(final CommandRunner runner)
    {
        this.runner = runner;
    }

    @Override
    ExitCode run()
    {
        final EventRange wanted = range.range();
        new OutputPlaces().output("--out", out).require();
        final Tape tape = Tape.open(options.journal());
        final TapeRange part = wanted.on(tape);
        return runner.work(options.json(), (progress) ->
        {
            final OrderLatencies found = OrderLatencies.measure(tape, part, TapeProgress.ofSequences(
                progress, "measuring", tape, part.fromSequence(), part.toSequence()));
            return LatenciesReport.write(found, out);
        });
    }
}
