package io.ringtape.cli;

import io.ringtape.cli.request.TradingSetup;
import io.ringtape.cli.settings.LimitsFile;
import io.ringtape.cli.settings.ParameterFile;
import io.ringtape.cli.settings.StrategyLoader;
import io.ringtape.event.Definitions;
import io.ringtape.risk.LimitSet;
import io.ringtape.strategy.ExampleStrategy;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * Which strategy runs, with which parameters and limits.
 */
final class StrategyOptions
{
    @Option(names = "--strategy", paramLabel = "CLASS",
        description = "Strategy to run: ExampleStrategy, MarketMaker, ImbalanceTaker, or a class of your own.")
    private Optional<String> strategy;

    @Option(names = "--class-path", paramLabel = "JAR", converter = Counts.FileName.class,
        description = "Jar or directory that has the class.")
    private Optional<Path> classPath;

    @Option(names = "--params", paramLabel = "FILE", converter = Counts.FileName.class,
        description = "JSON file with the strategy's parameters.")
    private Optional<Path> parameters;

    @Option(names = "--limits", paramLabel = "FILE", converter = Counts.FileName.class,
        description = "JSON file with the limits of the risk gate; defaults of each instrument without.")
    private Optional<Path> limits;

    /** Made by picocli. */
    StrategyOptions()
    {
    }

    StrategyLoader strategy(final String otherwise)
    {
        return StrategyLoader.find(
            strategy.orElse(otherwise), classPath, parameters.map(ParameterFile::read).orElse(Map.of()));
    }

    Optional<LimitSet> limits()
    {
        return limits.map(LimitsFile::read);
    }

    /** What a recording runs, and its replay; the example strategy unless told. */
    TradingSetup setup()
    {
        final StrategyLoader loader = strategy(ExampleStrategy.class.getSimpleName());
        // A strategy that cannot be made is told before anything is opened.
        loader.create(new Definitions());
        return new TradingSetup(loader.name().equals(ExampleStrategy.class.getSimpleName()) ?
            TradingSetup.EXAMPLE.name() : loader.name(), loader::create, limits());
    }
}
