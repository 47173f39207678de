package io.ringtape.cli.settings;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.output.Formats;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The fields of one entry of a settings file. A name that is not known is told before one that is missing: a misspelt
 * one is both. An empty text is wrong: it does not count as nothing.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction and when asked.
 */
final class Fields
{
    private static final int NANO_DECIMALS = 9;
    private static final int MAX_DIGITS = 18;

    private final SettingsFile file;
    private final String where;
    private final String what;
    private final Map<String, String> values;

    /**
     * The fields of an entry.
     *
     * @param file   that they stand in.
     * @param where  names the entry in messages, for example {@code instrument=AMZN}.
     * @param what   a field is called so in messages, for example {@code check}.
     * @param values by name.
     * @param known  names that the entry may have.
     * @throws io.ringtape.cli.error.CommandException if it has another one, or one is empty; the message names it.
     */
    Fields(
        final SettingsFile file, final String where, final String what, final Map<String, String> values,
        final Set<String> known)
    {
        this.file = file;
        this.where = where;
        this.what = what;
        this.values = values;
        final TreeSet<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty())
        {
            throw file.wrong("unknown " + what, where + " " + what + "=" + unknown.first());
        }
        values.forEach((name, text) ->
        {
            if (text.isEmpty())
            {
                throw file.wrong(what + " must not be empty", where + " " + what + "=" + name);
            }
        });
    }

    /** A decimal as a count of 10^-9, 0 or more, at most nine decimals. */
    long nano(final String name)
    {
        return scaled(name, required(name), NANO_DECIMALS, 0, Long.MAX_VALUE);
    }

    /** The same above 0. */
    long nanoAboveZero(final String name)
    {
        return scaled(name, required(name), NANO_DECIMALS, 1, Long.MAX_VALUE);
    }

    /** A decimal as a count of 10^-9, 0 or more, or another value if it is not there. */
    long nanoOr(final String name, final long otherwise)
    {
        final String text = read(name);
        return text.isEmpty() ? otherwise : scaled(name, text, NANO_DECIMALS, 0, Long.MAX_VALUE);
    }

    /** The same from -farthest to farthest, 0 if it is not there. */
    long nano(final String name, final long farthest)
    {
        final String text = read(name);
        return text.isEmpty() ? 0 : scaled(name, text, NANO_DECIMALS, -farthest, farthest);
    }

    /** A decimal of up to 18 digits on either side of its point; empty if it is not there. */
    Optional<BigDecimal> decimal(final String name)
    {
        final String text = read(name);
        if (text.isEmpty())
        {
            return Optional.empty();
        }
        try
        {
            final BigDecimal value = new BigDecimal(text);
            if (value.scale() <= MAX_DIGITS && (long)value.precision() - value.scale() <= MAX_DIGITS)
            {
                return Optional.of(value);
            }
        }
        catch (final NumberFormatException e)
        {
            throw notDecimal(name, text);
        }
        throw notDecimal(name, text);
    }

    int number(final String name, final int most)
    {
        return number(name, 0, most);
    }

    int number(final String name, final int least, final int most)
    {
        return (int)scaled(name, required(name), 0, least, most);
    }

    int number(final String name, final int least, final int most, final int otherwise)
    {
        final String text = read(name);
        return text.isEmpty() ? otherwise : (int)scaled(name, text, 0, least, most);
    }

    /** Milliseconds with up to six decimals, in ns. */
    long milliseconds(final String name)
    {
        return scaled(name, required(name), 6, 0, Long.MAX_VALUE);
    }

    private CommandException notDecimal(final String name, final String text)
    {
        return file.wrong(what + " must be a number with at most " + MAX_DIGITS + " digits on either side of its point",
            where + " " + name + "=" + text);
    }

    private String required(final String name)
    {
        final String text = read(name);
        if (text.isEmpty())
        {
            throw file.wrong(what + " is missing", where + " " + what + "=" + name);
        }
        return text;
    }

    private String read(final String name)
    {
        return values.getOrDefault(name, "");
    }

    private long scaled(
        final String name, final String text, final int decimals, final long least, final long most)
    {
        final long value;
        try
        {
            value = new BigDecimal(text).scaleByPowerOfTen(decimals).longValueExact();
        }
        catch (final NumberFormatException | ArithmeticException e)
        {
            throw file.wrong(what + (decimals == 0 ? " must be a whole number from " + range(least, most, 0) :
                " must be a number with at most " + decimals + " decimals that fits"), where + " " + name + "=" + text);
        }
        if (value < least || value > most)
        {
            throw file.wrong(what + (most == Long.MAX_VALUE ? least > 0 ? " must be above 0" : " must not be negative" :
                " must be " + range(least, most, decimals)), where + " " + name + "=" + text);
        }
        return value;
    }

    private static String range(final long least, final long most, final int decimals)
    {
        return Formats.plain(BigDecimal.valueOf(least, decimals)) + " to " +
            Formats.plain(BigDecimal.valueOf(most, decimals));
    }
}
