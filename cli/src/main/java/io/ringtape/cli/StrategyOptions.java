package io.ringtape.cli;

import io.ringtape.cli.output.OutputPlaces;
import io.ringtape.cli.request.TradingSetup;
import io.ringtape.cli.settings.LimitsFile;
import io.ringtape.cli.settings.ParameterFile;
import io.ringtape.cli.settings.SettingsText;
import io.ringtape.cli.settings.StrategyLoader;
import io.ringtape.event.Definitions;
import io.ringtape.event.SettingsDefinition;
import io.ringtape.strategy.ExampleStrategy;
import io.ringtape.strategy.Strategy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        description = "JSON file with the limits of the risk gate; without, defaults of each instrument: an order of " +
            "100 lots and 1,000,000 of its currency, a position of 500 lots, 5 %% from a reference of the last 5 s, " +
            "10 messages a second, a loss of 50,000 a day; docs/risk.md has all.")
    private Optional<Path> limits;

    /** Made by picocli. */
    StrategyOptions()
    {
    }

    /** Adds the files that are read, for a command that writes some. */
    OutputPlaces inputs(final OutputPlaces places)
    {
        return places.input("--limits", limits).input("--params", parameters).input("--class-path", classPath);
    }

    /** What a backtest runs; a strategy that cannot be made is told before anything is opened. */
    TradingSetup setup(final Class<? extends Strategy> otherwise)
    {
        return setup(otherwise, limits.map(SettingsText::read), parameters.map(SettingsText::read));
    }

    /**
     * What a recording runs, under its name on tape, and puts on tape; the example strategy unless told.
     *
     * @param positions that it starts with, which have been parsed.
     */
    TradingSetup recorded(final Optional<SettingsText> positions)
    {
        final Optional<SettingsText> limitsText = limits.map(SettingsText::read);
        final Optional<SettingsText> parametersText = parameters.map(SettingsText::read);
        final TradingSetup setup = setup(ExampleStrategy.class, limitsText, parametersText);
        final List<SettingsDefinition> settings = new ArrayList<>();
        limitsText.ifPresent((text) -> settings.add(text.definition(
            settings.size(), SettingsDefinition.Kind.LIMITS, setup.limits().orElseThrow().version())));
        parametersText.ifPresent((text) -> settings.add(text.definition(
            settings.size(), SettingsDefinition.Kind.PARAMETERS, 0)));
        positions.ifPresent((text) -> settings.add(text.definition(
            settings.size(), SettingsDefinition.Kind.POSITIONS, 0)));
        return onTape(setup, settings, positions.map(SettingsText::from).orElse(""));
    }

    /** What a replay runs: what was recorded, but for what is given. */
    TradingSetup replayed()
    {
        if (parameters.isPresent())
        {
            return onTape(setup(ExampleStrategy.class), List.of(), "");
        }
        final StrategyLoader loader = StrategyLoader.ofTape(name(ExampleStrategy.class), classPath);
        return onTape(new TradingSetup(
            loader.name(), loader::create, limits.map(SettingsText::read).map(LimitsFile::parse)), List.of(), "");
    }

    private TradingSetup setup(
        final Class<? extends Strategy> otherwise, final Optional<SettingsText> limitsText,
        final Optional<SettingsText> parametersText)
    {
        final ParameterFile given = parametersText.map(ParameterFile::parse).orElse(ParameterFile.NONE);
        final StrategyLoader loader = StrategyLoader.find(name(otherwise), classPath, given);
        return new TradingSetup(loader.name(), loader::create, limitsText.map(LimitsFile::parse),
            loader.parameters(new Definitions()), List.of(), "");
    }

    private String name(final Class<? extends Strategy> otherwise)
    {
        return strategy.orElse(otherwise.getSimpleName());
    }

    private static TradingSetup onTape(
        final TradingSetup setup, final List<SettingsDefinition> settings, final String positionsFrom)
    {
        return new TradingSetup(TradingSetup.sourceName(setup.name()), setup.strategy(), setup.limits(),
            setup.parameters(), settings, positionsFrom);
    }
}
