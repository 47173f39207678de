package io.ringtape.cli.request;

import io.ringtape.cli.output.Formats;
import io.ringtape.cli.settings.LimitsCheck;
import io.ringtape.cli.settings.StrategyLoader;
import io.ringtape.event.Definitions;
import io.ringtape.event.SettingsDefinition;
import io.ringtape.risk.AccountLimits;
import io.ringtape.risk.LimitSet;
import io.ringtape.risk.RiskGate;
import io.ringtape.risk.RiskLimits;
import io.ringtape.strategy.ExampleStrategy;
import io.ringtape.strategy.Strategy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Which strategy a session runs, and within which limits. A tape names the strategy of a run, and has its parameters
 * and limits where they came from files; those are what a replay takes where none are given.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param name          of the strategy's source on tape, not empty.
 * @param strategy      makes one that has seen nothing.
 * @param limits        of the risk gate from the start; empty for those on tape, or the defaults of each instrument.
 * @param parameters    that the strategy of a recording or backtest reads, by name, with their values.
 * @param settings      that a recording puts on tape, in the order of their ids.
 * @param positionsFrom names where positions among them are from in messages; empty if there are none.
 */
public record TradingSetup(
    String name, Function<Definitions, Strategy> strategy, Optional<LimitSet> limits, Map<String, String> parameters,
    List<SettingsDefinition> settings, String positionsFrom)
{
    /** The account of the strategy of a session. */
    public static final int ACCOUNT = 1;
    private static final String EXAMPLE_CLASS = ExampleStrategy.class.getSimpleName();
    /** The example strategy with the parameters on tape, or its defaults. */
    public static final TradingSetup EXAMPLE = new TradingSetup("example",
        StrategyLoader.ofTape(EXAMPLE_CLASS, Optional.empty())::create, Optional.empty());

    /**
     * Makes map and list its own.
     */
    public TradingSetup
    {
        parameters = Map.copyOf(parameters);
        settings = List.copyOf(settings);
    }

    /**
     * A setup that came from no file.
     *
     * @param name     of the strategy's source on tape, not empty.
     * @param strategy makes one that has seen nothing.
     * @param limits   of the risk gate from the start; empty for those on tape, or the defaults of each instrument.
     */
    public TradingSetup(
        final String name, final Function<Definitions, Strategy> strategy, final Optional<LimitSet> limits)
    {
        this(name, strategy, limits, Map.of(), List.of(), "");
    }

    /**
     * The name of a strategy's source on tape, by which a kill names it too.
     *
     * @param className simple, or what a command line said.
     * @return the same, but for the example's.
     */
    public static String sourceName(final String className)
    {
        return className.equals(EXAMPLE_CLASS) ? EXAMPLE.name() : className;
    }

    /**
     * What names a strategy on the command line.
     *
     * @param sourceName of its source on tape.
     * @return the same, but for the example's.
     */
    public static String className(final String sourceName)
    {
        return sourceName.equals(EXAMPLE.name()) ? EXAMPLE_CLASS : sourceName;
    }

    /**
     * Gives a gate its limits.
     *
     * @param gate   that is being built.
     * @param limits from the start; empty for the defaults of each instrument.
     * @return the same.
     */
    public static RiskGate.Builder limit(final RiskGate.Builder gate, final Optional<LimitSet> limits)
    {
        return limits.map(gate::limits).orElseGet(() ->
            gate.otherLimits(RiskLimits::defaultsFor).otherAccounts(AccountLimits.defaults()));
    }

    /**
     * What to tell of the limits when it is known which instruments came.
     *
     * @param came their symbols.
     * @return one line; empty if there is nothing to tell.
     */
    public String limitsNotice(final Set<String> came)
    {
        return limitsNotice(came, Set.of());
    }

    /**
     * What is left to tell of the limits when it is known which instruments came.
     *
     * @param came their symbols.
     * @param said what was told of the limits while they came.
     * @return one line; empty if there is nothing to tell.
     */
    public String limitsNotice(final Set<String> came, final Set<String> said)
    {
        return limits.map((set) -> Formats.joined(
            LimitsCheck.unmet("--limits", set.instruments().keySet(), came),
            Optional.of(LimitsCheck.left(set, came, ACCOUNT)).filter((left) -> !said.contains(left)).orElse("")))
            .orElse("");
    }

    @Override
    public String toString()
    {
        return "TradingSetup[name=" + name + ", limits=" +
            limits.map((set) -> "version " + set.version()).orElse("defaults") + "]";
    }
}
