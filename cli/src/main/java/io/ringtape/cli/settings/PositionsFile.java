package io.ringtape.cli.settings;

import io.ringtape.cli.error.CommandException;
import io.ringtape.risk.OpeningPosition;
import io.ringtape.risk.OpeningPositions;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Positions that a recording starts with, checked as a whole.
 * <pre>
 * {
 *   "version": 1,
 *   "day": "2012-06-21",
 *   "positions": {
 *     "1:AMZN": {"position": "-300", "average-price": "223.91", "mark": "223.95", "day-profit": "-24.5"}
 *   }
 * }
 * </pre>
 * An entry is named by account and symbol. Amounts are decimals in units and in the currency. {@code average-price} is
 * there if and only if the position is not 0. {@code mark} is one a symbol: it may be left out where another account of
 * the symbol has it, and where one account alone holds it, at its average price. {@code day-profit} is 0 without, and
 * is what was won on that UTC day at the mark, realised and not, with fees taken off.
 * <p>
 * Thread safety: stateless.
 * Allocation: for the whole text.
 */
public final class PositionsFile
{
    /** The only version. */
    static final int VERSION = 1;
    static final String POSITION = "position";
    static final String AVERAGE_PRICE = "average-price";
    static final String MARK = "mark";
    static final String DAY_PROFIT = "day-profit";
    private static final Set<String> NAMES = Set.of(POSITION, AVERAGE_PRICE, MARK, DAY_PROFIT);
    private static final Pattern NAME = Pattern.compile("(0|[1-9]\\d{0,8}):(.+)", Pattern.DOTALL);
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 2261;

    private PositionsFile()
    {
    }

    /**
     * Takes a text apart.
     *
     * @param text of a file or a tape.
     * @return its positions.
     * @throws CommandException if it is wrong; the message names file and field.
     */
    public static OpeningPositions parse(final SettingsText text)
    {
        final SettingsFile file = SettingsFile.parse(text);
        file.requireNames(Set.of("version", "day", "positions"));
        if (!file.text("version").equals(Integer.toString(VERSION)))
        {
            throw file.wrong("version must be " + VERSION, "version=" + file.text("version"));
        }
        final OpeningPositions.Builder positions = OpeningPositions.ofDay(day(file));
        for (final Map.Entry<String, Map<String, String>> entry : file.requiredSection("positions").entrySet())
        {
            final Matcher name = NAME.matcher(entry.getKey());
            final String where = "position=" + entry.getKey();
            if (!name.matches())
            {
                throw file.wrong("a position must be named by account and symbol, like 1:AMZN", where);
            }
            final OpeningPosition position = position(file, where, entry.getValue());
            try
            {
                positions.add(Integer.parseInt(name.group(1)), name.group(2), position);
            }
            catch (final IllegalArgumentException e)
            {
                throw file.wrong(e.getMessage(), where);
            }
        }
        try
        {
            return positions.build();
        }
        catch (final IllegalArgumentException e)
        {
            throw file.wrong(e.getMessage());
        }
    }

    private static OpeningPosition position(
        final SettingsFile file, final String where, final Map<String, String> values)
    {
        final Fields fields = new Fields(file, where, "field", values, NAMES);
        final BigDecimal quantity = fields.decimal(POSITION).orElse(BigDecimal.ZERO);
        final Optional<BigDecimal> average = fields.decimal(AVERAGE_PRICE);
        final Optional<BigDecimal> mark = fields.decimal(MARK);
        final long dayNano = fields.nano(DAY_PROFIT, Long.MAX_VALUE);
        try
        {
            return new OpeningPosition(quantity, average, mark, dayNano);
        }
        catch (final IllegalArgumentException e)
        {
            throw file.wrong(e.getMessage(), where);
        }
    }

    private static long day(final SettingsFile file)
    {
        final String text = file.text("day");
        try
        {
            final LocalDate day = LocalDate.parse(text);
            if (day.getYear() >= FIRST_YEAR && day.getYear() <= LAST_YEAR)
            {
                return day.toEpochDay();
            }
        }
        catch (final DateTimeParseException e)
        {
            throw noDay(file, text);
        }
        throw noDay(file, text);
    }

    private static CommandException noDay(final SettingsFile file, final String text)
    {
        return file.wrong("day must be a day from " + FIRST_YEAR + " to " + LAST_YEAR + " like 2012-06-21",
            "day=" + text);
    }
}
