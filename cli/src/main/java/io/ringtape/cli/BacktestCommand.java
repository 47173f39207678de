package io.ringtape.cli;

import io.ringtape.backtest.BacktestConfig;
import io.ringtape.backtest.FeeSchedule;
import io.ringtape.backtest.LatencyModel;
import io.ringtape.backtest.LatencyTable;
import io.ringtape.backtest.QueueModel;
import io.ringtape.cli.backtest.BacktestRequest;
import io.ringtape.cli.backtest.BacktestSession;
import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.OutputPlaces;
import io.ringtape.cli.settings.FeesFile;
import io.ringtape.strategy.MarketMaker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * Runs a strategy over the recorded market with a simulated venue.
 */
@CommandLine.Command(name = "backtest",
    description = "Run a strategy over the recorded market of a tape, with a simulated venue.",
    footerHeading = "%nExample:%n", footer = {
        "  ringtape backtest --journal tape --strategy MarketMaker --latency-ns 50000 --out report.html",
        "",
        "MarketMaker runs unless --strategy names another. Twice the same gives the same fill hash; docs/backtest.md",
        "has the models and the files."})
final class BacktestCommand extends Command
{
    private final CommandRunner runner;

    @Mixin
    private TapeOptions options;

    @Mixin
    private RangeOptions range;

    @Mixin
    private StrategyOptions strategy;

    @Option(names = "--fees", paramLabel = "FILE", converter = Counts.FileName.class,
        description = "JSON file with the venue's fees; none without.")
    private Optional<Path> fees;

    @Option(names = "--queue", paramLabel = "MODEL", defaultValue = "pessimistic", converter = QueueConverter.class,
        description = "What stands ahead of a resting order: pessimistic, or exact-by-order-id.")
    private QueueModel queue;

    @Option(names = "--latency-ns", paramLabel = "N", converter = Counts.Latency.class,
        description = "What a message takes each way, in ns; 50000 by default.")
    private Optional<Long> latencyNs;

    @Option(names = "--latencies", paramLabel = "FILE", converter = Counts.FileName.class,
        description = "Table of round trips to draw from, as ringtape latencies makes it.")
    private Optional<Path> latencies;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of what is drawn of --latencies; 1 by default.")
    private Optional<Long> seed;

    @Option(names = "--out", paramLabel = "FILE", converter = Counts.FileName.class,
        description = "HTML page to write; one that is there is replaced.")
    private Optional<Path> page;

    @Option(names = "--fills", paramLabel = "FILE", converter = Counts.FileName.class,
        description = "CSV file of the fills to write; one that is there is replaced.")
    private Optional<Path> fills;

    BacktestCommand(final CommandRunner runner)
    {
        this.runner = runner;
    }

    @Override
    ExitCode run()
    {
        strategy.inputs(new OutputPlaces()).input("--fees", fees).input("--latencies", latencies)
            .output("--out", page).output("--fills", fills).require();
        final BacktestConfig config = BacktestConfig.of(
            queue, latency(), fees.map(FeesFile::read).orElse(FeeSchedule.FREE));
        final BacktestRequest request = new BacktestRequest(options.journal(), range.range(),
            strategy.setup(MarketMaker.class), config, page, fills);
        return runner.work(options.json(), (progress) ->
            new BacktestSession(request, progress, runner.console().clock()).run());
    }

    private LatencyModel latency()
    {
        if (latencies.isEmpty())
        {
            if (seed.isPresent())
            {
                throw new CommandException(ExitCode.USAGE, "--seed needs --latencies: --seed=" + seed.get());
            }
            final long ns = latencyNs.orElse(50_000L);
            return LatencyModel.constant(ns, ns);
        }
        if (latencyNs.isPresent())
        {
            throw new CommandException(ExitCode.USAGE, "--latency-ns and --latencies exclude each other");
        }
        final Path file = latencies.get();
        try
        {
            return LatencyModel.roundTrips(LatencyTable.parse(Files.readAllLines(file)), seed.orElse(1L));
        }
        catch (final IllegalArgumentException e)
        {
            throw new CommandException(ExitCode.BAD_INPUT, e.getMessage() + " file=" + file, e);
        }
        catch (final MalformedInputException e)
        {
            throw new CommandException(ExitCode.BAD_INPUT, "file is no text: file=" + file, e);
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a queue model. */
    static final class QueueConverter implements ITypeConverter<QueueModel>
    {
        /** Made by picocli. */
        QueueConverter()
        {
        }

        @Override
        public QueueModel convert(final String text)
        {
            try
            {
                return QueueModel.ofText(text);
            }
            catch (final IllegalArgumentException e)
            {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
