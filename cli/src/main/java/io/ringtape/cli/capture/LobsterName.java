package io.ringtape.cli.capture;

import io.ringtape.feed.LobsterDecoder;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a LOBSTER file says, such as {@code AMZN_2012-06-21_34200000_57600000_message_5.csv}.
 *
 * @param symbol    of the instrument.
 * @param day       of the capture in New York, as written.
 * @param hours     start and end in milliseconds after midnight, as written.
 * @param isMessage whether this is the message file, else the orderbook file.
 * @param depth     levels on a side, 1 to {@link LobsterDecoder#MAX_DEPTH}.
 */
record LobsterName(String symbol, String day, String hours, boolean isMessage, int depth)
{
    private static final Pattern PATTERN = Pattern.compile(
        "([!-~]{1,32})_([12][0-9]{3}-[0-9]{2}-[0-9]{2})_([0-9]+_[0-9]+)_(message|orderbook)_([1-9][0-9]{0,3})\\.csv");
    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2200;

    static Optional<LobsterName> parse(final String leafName)
    {
        final Matcher matcher = PATTERN.matcher(leafName);
        if (!matcher.matches() || !isDay(matcher.group(2)))
        {
            return Optional.empty();
        }
        return Optional.of(new LobsterName(matcher.group(1), matcher.group(2), matcher.group(3),
            "message".equals(matcher.group(4)), Integer.parseInt(matcher.group(5))));
    }

    LobsterName counterpart()
    {
        return new LobsterName(symbol, day, hours, !isMessage, depth);
    }

    String leafName()
    {
        return symbol + "_" + day + "_" + hours + "_" + (isMessage ? "message" : "orderbook") + "_" + depth + ".csv";
    }

    long midnightNs()
    {
        return LobsterDecoder.midnightNs(LocalDate.parse(day));
    }

    private static boolean isDay(final String text)
    {
        try
        {
            final int year = LocalDate.parse(text).getYear();
            return year >= FIRST_YEAR && year <= LAST_YEAR;
        }
        catch (final DateTimeException e)
        {
            return false;
        }
    }
}
