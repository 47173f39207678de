package io.ringtape.cli.request;

import io.ringtape.event.Definitions;
import io.ringtape.risk.AccountLimits;
import io.ringtape.risk.LimitSet;
import io.ringtape.risk.RiskGate;
import io.ringtape.risk.RiskLimits;
import io.ringtape.strategy.ExampleParameters;
import io.ringtape.strategy.ExampleStrategy;
import io.ringtape.strategy.Strategy;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which strategy a session runs, and within which limits. A replay needs those of the recording: a tape names the
 * strategy, and has neither its parameters nor limits.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param name     of the strategy's source on tape, not empty.
 * @param strategy makes one that has seen nothing.
 * @param limits   of the risk gate; empty for the defaults of each instrument.
 */
public record TradingSetup(String name, Function<Definitions, Strategy> strategy, Optional<LimitSet> limits)
{
    /** The example strategy with its defaults. */
    public static final TradingSetup EXAMPLE = new TradingSetup("example",
        (definitions) -> new ExampleStrategy(definitions, ExampleParameters.defaults()), Optional.empty());

    /**
     * Gives a gate its limits.
     *
     * @param gate that is being built.
     * @return the same.
     */
    public RiskGate.Builder limit(final RiskGate.Builder gate)
    {
        return limits.map(gate::limits).orElseGet(() ->
            gate.otherLimits(RiskLimits::defaultsFor).otherAccounts(AccountLimits.defaults()));
    }

    @Override
    public String toString()
    {
        return "TradingSetup[name=" + name + ", limits=" +
            limits.map((set) -> "version " + set.version()).orElse("defaults") + "]";
    }
}
