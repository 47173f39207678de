package io.ringtape.cli.output;

import io.ringtape.event.FixedPoint;
import io.ringtape.event.OrderBookEvent;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How values are written, the same in all commands and in every locale.
 * <p>
 * Thread safety: stateless.
 * Allocation: the text.
 */
public final class Formats
{
    /** Stands for a value that is not there. */
    public static final String NONE = "-";

    private static final int NANO_DECIMALS = 9;
    private static final int MOST_SYMBOLS = 5;
    /** What has two digits that are not leading zeros with two decimals. */
    private static final BigDecimal SMALL_MONEY = new BigDecimal("0.1");
    private static final MathContext MONEY_DIGITS = new MathContext(2, RoundingMode.HALF_UP);
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int HOURS_OF_DAY = 24;
    private static final DateTimeFormatter SECONDS =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String[] BYTE_UNITS = {"B", "KB", "MB", "GB", "TB", "PB", "EB"};

    private Formats()
    {
    }

    /**
     * A count with thousands separators.
     *
     * @param value any value.
     * @return for example {@code 1,234,567}.
     */
    public static String count(final long value)
    {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /**
     * A count of things.
     *
     * @param value any value.
     * @param thing one of them; an s makes it many.
     * @return for example {@code 1 instrument} or {@code 1,234 events}.
     */
    public static String count(final long value, final String thing)
    {
        return count(value) + " " + thing + (value == 1 ? "" : "s");
    }

    /**
     * A time.
     *
     * @param timeNs ns since the epoch, UTC.
     * @return ISO-8601 with nine decimals, for example {@code 2012-06-21T13:30:00.017459617Z}.
     */
    public static String time(final long timeNs)
    {
        final Instant instant = Instant.ofEpochSecond(Math.floorDiv(timeNs, NANOS_PER_SECOND));
        return SECONDS.format(instant) +
            String.format(Locale.ROOT, ".%09dZ", Math.floorMod(timeNs, NANOS_PER_SECOND));
    }

    /**
     * A length of time.
     *
     * @param durationNs 0 or more, in ns.
     * @return for example {@code 4,338 d 10 h 2 m}, {@code 6 h 29 m 59.9 s}, {@code 12.4 s}, {@code 3.2 ms} or
     *     {@code 870 ns}; whole minutes from a day on.
     */
    public static String duration(final long durationNs)
    {
        if (durationNs < 1_000)
        {
            return durationNs + " ns";
        }
        if (durationNs < 1_000_000)
        {
            return decimal(durationNs / 1e3, 1) + " us";
        }
        if (durationNs < NANOS_PER_SECOND)
        {
            return decimal(durationNs / 1e6, 1) + " ms";
        }
        final long tenths = durationNs / 100_000_000L + (durationNs % 100_000_000L + 50_000_000L) / 100_000_000L;
        final long minutes = tenths / 600;
        final String seconds = decimal((tenths % 600) / 10.0, 1) + " s";
        if (minutes == 0)
        {
            return seconds;
        }
        final String rest = minutes % 60 + " m";
        final long hours = minutes / 60;
        if (hours < HOURS_OF_DAY)
        {
            return (hours == 0 ? "" : hours + " h ") + rest + " " + seconds;
        }
        return count(hours / HOURS_OF_DAY) + " d " + hours % HOURS_OF_DAY + " h " + rest;
    }

    /**
     * A rate over a length of time.
     *
     * @param count      how many.
     * @param durationNs in how long; 0 or less gives 0.
     * @return how many a second, rounded.
     */
    public static long perSecond(final long count, final long durationNs)
    {
        return durationNs <= 0 ? 0 : Math.round((double)count * NANOS_PER_SECOND / durationNs);
    }

    /**
     * A rate in few characters.
     *
     * @param perSecond 0 or more.
     * @return for example {@code 3.4 M/s}, {@code 12.0 k/s} or {@code 940/s}.
     */
    public static String rate(final long perSecond)
    {
        if (perSecond >= 999_950_000)
        {
            return decimal(perSecond / 1e9, 1) + " G/s";
        }
        if (perSecond >= 999_950)
        {
            return decimal(perSecond / 1e6, 1) + " M/s";
        }
        return perSecond >= 10_000 ? decimal(perSecond / 1e3, 1) + " k/s" : perSecond + "/s";
    }

    /**
     * A size in units of 1,000.
     *
     * @param sizeBytes 0 or more.
     * @return for example {@code 66.3 MB}.
     */
    public static String bytes(final long sizeBytes)
    {
        double value = sizeBytes;
        int unit = 0;
        while (value >= 999.95 && unit < BYTE_UNITS.length - 1)
        {
            value /= 1000;
            unit++;
        }
        return (unit == 0 ? Long.toString(sizeBytes) : decimal(value, 1)) + " " + BYTE_UNITS[unit];
    }

    /**
     * A hash.
     *
     * @param hash any value.
     * @return 16 hex digits.
     */
    public static String hash(final long hash)
    {
        return String.format(Locale.ROOT, "%016x", hash);
    }

    /**
     * A share.
     *
     * @param part  of the whole.
     * @param whole 0 gives 0.
     * @return for example {@code 48.2 %}.
     */
    public static String percent(final long part, final long whole)
    {
        return decimal(whole == 0 ? 0 : 100.0 * part / whole, 1) + " %";
    }

    /**
     * A price of an event or a book.
     *
     * @param price    in units of 10^exponent, or {@link OrderBookEvent#NULL_PRICE}.
     * @param exponent -18 to 0.
     * @return a plain decimal, or {@link #NONE}.
     */
    public static String price(final long price, final int exponent)
    {
        return price == OrderBookEvent.NULL_PRICE ? NONE : FixedPoint.format(price, exponent);
    }

    /**
     * A quantity of an event or a book.
     *
     * @param quantity in units of 10^exponent, or {@link OrderBookEvent#NULL_QUANTITY}.
     * @param exponent -18 to 0.
     * @return a plain decimal, or {@link #NONE}.
     */
    public static String quantity(final long quantity, final int exponent)
    {
        return quantity == OrderBookEvent.NULL_QUANTITY ? NONE : FixedPoint.format(quantity, exponent);
    }

    /**
     * An amount of money for people.
     *
     * @param nano in 10^-9 of the currency.
     * @return with two decimals and thousands separators, for example {@code -1,234.50}; below 0.1 with as many more as
     *     two digits that are not leading zeros need, for example {@code 0.000012}.
     */
    public static String money(final long nano)
    {
        return money(BigDecimal.valueOf(nano, NANO_DECIMALS));
    }

    /**
     * The same.
     *
     * @param amount in the currency.
     * @return as above.
     */
    public static String money(final BigDecimal amount)
    {
        if (amount.signum() == 0 || amount.abs().compareTo(SMALL_MONEY) >= 0)
        {
            return String.format(Locale.ROOT, "%,.2f", amount);
        }
        final BigDecimal rounded = amount.round(MONEY_DIGITS).stripTrailingZeros();
        return rounded.setScale(Math.max(2, rounded.scale()), RoundingMode.UNNECESSARY).toPlainString();
    }

    /**
     * An amount of money for scripts and files.
     *
     * @param nano in 10^-9 of the currency.
     * @return a plain decimal without zeros at its end.
     */
    public static String nano(final long nano)
    {
        return plain(BigDecimal.valueOf(nano, NANO_DECIMALS));
    }

    /**
     * An exact number for scripts and files, and a quantity for people.
     *
     * @param value any number.
     * @return a plain decimal without zeros at its end.
     */
    public static String plain(final BigDecimal value)
    {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    /**
     * A decimal number.
     *
     * @param value    any finite value.
     * @param decimals how many.
     * @return the rounded number.
     */
    public static String decimal(final double value, final int decimals)
    {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /**
     * What to tell of some instruments.
     *
     * @param what    is told.
     * @param symbols of the instruments.
     * @return one line that says how many there are and names the first ones; empty if there is none.
     */
    public static String instruments(final String what, final SortedSet<String> symbols)
    {
        return symbols.isEmpty() ? "" : what + ": count=" + symbols.size() + " instruments=" +
            String.join(",", symbols.stream().limit(MOST_SYMBOLS).toList()) +
            (symbols.size() > MOST_SYMBOLS ? ",…" : "");
    }

    /**
     * Puts what there is to tell into one line.
     *
     * @param parts any of them may be empty.
     * @return those that are not, with semicolons between them.
     */
    public static String joined(final String... parts)
    {
        return Stream.of(parts).filter((part) -> !part.isEmpty()).collect(Collectors.joining("; "));
    }
}
