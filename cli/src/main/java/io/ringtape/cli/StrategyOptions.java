package io.ringtape.cli;

import io.ringtape.cli.request.TradingSetup;
import io.ringtape.cli.settings.LimitsFile;
import io.ringtape.cli.settings.ParameterFile;
import io.ringtape.cli.settings.StrategyLoader;
import io.ringtape.event.Definitions;
import io.ringtape.strategy.ExampleStrategy;
import io.ringtape.strategy.Strategy;
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

    /** What runs; a strategy that cannot be made is told before anything is opened. */
    TradingSetup setup(final Class<? extends Strategy> otherwise)
    {
        final StrategyLoader loader = StrategyLoader.find(strategy.orElse(otherwise.getSimpleName()), classPath,
            parameters.map(ParameterFile::read).orElse(Map.of()));
        loader.create(new Definitions());
        return new TradingSetup(loader.name(), loader::create, limits.map(LimitsFile::read));
    }

    /** What a recording runs, and its replay, under its name on tape; the example strategy unless told. */
    TradingSetup recorded()
    {
        final TradingSetup setup = setup(ExampleStrategy.class);
        return setup.name().equals(ExampleStrategy.class.getSimpleName()) ?
            new TradingSetup(TradingSetup.EXAMPLE.name(), setup.strategy(), setup.limits()) : setup;
    }
}
