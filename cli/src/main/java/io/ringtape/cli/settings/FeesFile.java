package io.ringtape.cli.settings;

import io.ringtape.backtest.FeeSchedule;
import io.ringtape.order.FeeRate;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Fees of a venue from a file, checked as a whole: shares of the notional in hundredths of a basis point, amounts for
 * each unit as decimals of the currency; what is left out is 0, below 0 is a rebate.
 * <pre>
 * {"instruments": {"AMZN": {"maker-ppm": -20, "taker-ppm": 30}, "*": {"taker-per-unit": 0.003}}}
 * </pre>
 * <p>
 * Thread safety: stateless.
 * Allocation: for the whole file.
 */
public final class FeesFile
{
    private static final String OTHERS = "*";
    private static final String MAKER_PPM = "maker-ppm";
    private static final String TAKER_PPM = "taker-ppm";
    private static final String MAKER_PER_UNIT = "maker-per-unit";
    private static final String TAKER_PER_UNIT = "taker-per-unit";
    private static final Set<String> NAMES = Set.of(MAKER_PPM, TAKER_PPM, MAKER_PER_UNIT, TAKER_PER_UNIT);
    private static final int MAX_PPM = 1_000_000;
    private static final long FARTHEST_NANO = 1_000_000_000_000_000L;

    private FeesFile()
    {
    }

    /**
     * Reads a file.
     *
     * @param path of the file.
     * @return its fees.
     * @throws io.ringtape.cli.error.CommandException if it is missing or wrong; the message names file and field.
     */
    public static FeeSchedule read(final Path path)
    {
        final SettingsFile file = SettingsFile.parse(SettingsText.read(path));
        file.requireNames(Set.of("instruments"));
        final Map<String, FeeRate> rates = new TreeMap<>();
        file.section("instruments").forEach((symbol, values) ->
            rates.put(symbol, rate(new Fields(file, "instrument=" + symbol, "fee", values, NAMES))));
        final FeeRate others = rates.remove(OTHERS);
        return new FeeSchedule(others == null ? FeeRate.FREE : others, rates);
    }

    private static FeeRate rate(final Fields fields)
    {
        return new FeeRate(
            fields.number(MAKER_PPM, -MAX_PPM, MAX_PPM, 0), fields.number(TAKER_PPM, -MAX_PPM, MAX_PPM, 0),
            fields.nano(MAKER_PER_UNIT, FARTHEST_NANO), fields.nano(TAKER_PER_UNIT, FARTHEST_NANO));
    }
}
