package io.ringtape.cli.settings;

import io.ringtape.cli.capture.InstrumentTerms;
import io.ringtape.cli.capture.InstrumentTerms.Terms;
import io.ringtape.cli.output.Formats;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Tick, lot and multiplier of instruments from a file, checked as a whole.
 * <pre>
 * {"instruments": {"ESM4": {"tick": 0.25, "lot": 1, "multiplier": 50}, "*": {"tick": 0.01, "lot": 1, "multiplier": 1}}}
 * </pre>
 * An entry has all three, so that none is forgotten: the tick is a decimal of the currency, the lot whole units, the
 * multiplier a whole number, each above 0. {@code *} stands for all that are not named; of what is not named without it
 * nothing is known.
 * <p>
 * Thread safety: stateless.
 * Allocation: for the whole text.
 */
public final class InstrumentsFile
{
    private static final String OTHERS = "*";
    private static final String TICK = "tick";
    private static final String LOT = "lot";
    private static final String MULTIPLIER = "multiplier";
    private static final Set<String> NAMES = Set.of(TICK, LOT, MULTIPLIER);
    private static final int MOST = 1_000_000_000;

    private InstrumentsFile()
    {
    }

    /**
     * Takes a text apart.
     *
     * @param text of a file.
     * @return what it says of each instrument.
     * @throws io.ringtape.cli.error.CommandException if it is wrong; the message names file, instrument and field.
     */
    public static InstrumentTerms parse(final SettingsText text)
    {
        final SettingsFile file = SettingsFile.parse(text);
        file.requireNames(Set.of("instruments"));
        final Map<String, Terms> named = new TreeMap<>();
        file.requiredSection("instruments").forEach((symbol, values) ->
            named.put(symbol, terms(new Fields(file, "instrument=" + symbol, "field", values, NAMES))));
        final Optional<Terms> others = Optional.ofNullable(named.remove(OTHERS));
        return new InstrumentTerms(named, others);
    }

    /**
     * What to tell of a file when it is known which instruments came.
     *
     * @param terms of the file.
     * @param came  their symbols.
     * @return one line; empty if there is nothing to tell.
     */
    public static String notice(final InstrumentTerms terms, final Set<String> came)
    {
        final TreeSet<String> left = new TreeSet<>(came);
        left.removeIf(terms::covers);
        return Formats.joined(LimitsCheck.unmet("--instruments", terms.named().keySet(), came),
            Formats.instruments("--instruments leaves out instruments, whose tick size is unknown", left));
    }

    private static Terms terms(final Fields fields)
    {
        return new Terms(
            fields.nanoAboveZero(TICK), fields.number(LOT, 1, MOST), fields.number(MULTIPLIER, 1, MOST));
    }
}
