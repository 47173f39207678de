package io.ringtape.backtest;

import io.ringtape.event.FixedPoint;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.order.FeeRate;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * The fees of a venue, by instrument.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 */
public final class FeeSchedule
{
    /** No fees. */
    public static final FeeSchedule FREE = new FeeSchedule(FeeRate.FREE, Map.of());

    /** The exponent of amounts a unit. */
    private static final int NANO = -9;

    private final FeeRate others;
    private final TreeMap<String, FeeRate> bySymbol;

    /**
     * A schedule.
     *
     * @param others   the rate of an instrument that is not named.
     * @param bySymbol the rates of those that are.
     */
    public FeeSchedule(final FeeRate others, final Map<String, FeeRate> bySymbol)
    {
        this.others = Objects.requireNonNull(others, "others");
        this.bySymbol = new TreeMap<>(bySymbol);
    }

    /**
     * The same rate for all instruments.
     *
     * @param rate that applies.
     * @return the schedule.
     */
    public static FeeSchedule of(final FeeRate rate)
    {
        return new FeeSchedule(rate, Map.of());
    }

    /**
     * The rate of an instrument.
     *
     * @param instrument any.
     * @return its own, or that of all others.
     */
    public FeeRate rate(final InstrumentDefinition instrument)
    {
        return bySymbol.getOrDefault(instrument.symbol(), others);
    }

    /**
     * The instruments that are named.
     *
     * @return their symbols.
     */
    public Set<String> symbols()
    {
        return bySymbol.keySet();
    }

    /**
     * The schedule in words, for reports.
     *
     * @return one line, for example {@code AMZN: maker -20 ppm, taker 50 ppm; others: none}; only what applies to all
     *     where no instrument is named.
     */
    public String describe()
    {
        final StringBuilder text = new StringBuilder();
        bySymbol.forEach((symbol, rate) ->
            text.append(symbol).append(": ").append(describe(rate)).append("; "));
        return text.append(bySymbol.isEmpty() ? "" : "others: ").append(describe(others)).toString();
    }

    private static String describe(final FeeRate rate)
    {
        if (rate.equals(FeeRate.FREE))
        {
            return "none";
        }
        final String ofNotional = rate.makerPpm() == 0 && rate.takerPpm() == 0 ? "" :
            "maker " + rate.makerPpm() + " ppm, taker " + rate.takerPpm() + " ppm";
        final String ofUnits = rate.makerPerUnitNano() == 0 && rate.takerPerUnitNano() == 0 ? "" :
            "maker " + FixedPoint.format(rate.makerPerUnitNano(), NANO) + " a unit, taker " +
                FixedPoint.format(rate.takerPerUnitNano(), NANO) + " a unit";
        return ofNotional + (ofNotional.isEmpty() || ofUnits.isEmpty() ? "" : ", ") + ofUnits;
    }
}
