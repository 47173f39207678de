package io.ringtape.cli;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.faults.FaultRequest;
import io.ringtape.cli.faults.FaultRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * Runs the fault matrix.
 */
@CommandLine.Command(name = "faults",
    description = "Do to tapes, files and processes what the fault matrix lists, and say what came of it.",
    footerHeading = "%nExample:%n", footer = {
        "  ringtape faults --rows F1,F11 --share 10",
        "",
        "A full run takes hours, and prints each row as soon as it has ended; with --json all is printed at the end.",
        "Each failure is a line with what repeats it; the exit code is then 5.",
        "SIGTERM and Ctrl-C end a run behind the round at hand."})
final class FaultsCommand extends Command
{
    private final CommandRunner runner;

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    // Not at the end: an empty name behind it is to be refused, and a plain split would drop it.
    @Option(names = "--rows", paramLabel = "F1,F11", split = ",(?!$)", splitSynopsisLabel = ",",
        description = "Rows to run; all by default.")
    private List<String> rows = new ArrayList<>();

    @Option(names = "--rounds", paramLabel = "N", converter = Counts.Positive.class,
        description = "Rounds of each row; by default the matrix's full number, or the share of it.")
    private Optional<Long> rounds;

    @Option(names = "--share", paramLabel = "PERCENT", converter = Share.class, defaultValue = "100",
        description = "Percent of the full number of rounds, above 0 to 100; ${DEFAULT-VALUE} by default.")
    private double share;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
        description = "Seed of the first round of each row; the next has one more; ${DEFAULT-VALUE} by default.")
    private long seed;

    @Option(names = "--dir", paramLabel = "DIR",
        description = "Where to put the scratch directory, which is removed; the temporary directory by default.")
    private Optional<Path> directory;

    FaultsCommand(final CommandRunner runner)
    {
        this.runner = runner;
    }

    @Override
    ExitCode run()
    {
        final FaultRequest request = new FaultRequest(rows,
            rounds.map(OptionalLong::of).orElse(OptionalLong.empty()), share, seed, directory, true);
        return runner.session(json,
            (sessions, context) -> new FaultRunner(context, TodayClock.utc()).run(request));
    }

    /** A share of the rounds. */
    static final class Share implements ITypeConverter<Double>
    {
        private static final double MOST = 100;

        /** Made by picocli. */
        Share()
        {
        }

        @Override
        public Double convert(final String text)
        {
            try
            {
                final double value = Double.parseDouble(text);
                if (value > 0 && value <= MOST)
                {
                    return value;
                }
            }
            catch (final NumberFormatException e)
            {
                throw new TypeConversionException("must be a number: " + text);
            }
            throw new TypeConversionException("must be above 0 to 100: " + text);
        }
    }
}
