package io.ringtape.cli.value;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A point in time as a user writes it: ISO-8601 with a zone, ns since the epoch, or a time of day alone.
 * <p>
 * A time of day is UTC on the only day of a tape, so it becomes a time when the tape is open.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 */
public final class TimeValue
{
    private static final long DAY_NS = TimeUnit.DAYS.toNanos(1);
    private static final Pattern EPOCH_NS = Pattern.compile("-?\\d+");
    private static final Pattern TIME_OF_DAY = Pattern.compile("\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?");
    private static final Pattern WITHOUT_ZONE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}(T[\\d:.]*)?");
    private static final String ALLOWED =
        "give a time with a zone such as 2012-06-21T13:30:00Z, ns since the epoch, or 13:30:00 for UTC on the tape's " +
        "only day";

    private final String option;
    private final String text;
    private final long valueNs;
    private final boolean timeOfDay;

    private TimeValue(final String option, final String text, final long valueNs, final boolean timeOfDay)
    {
        this.option = option;
        this.text = text;
        this.valueNs = valueNs;
        this.timeOfDay = timeOfDay;
    }

    /**
     * Reads a time.
     *
     * @param option that holds it, for messages.
     * @param text   as the user wrote it.
     * @return the time.
     * @throws CommandException with {@link ExitCode#USAGE} if the text is no time, has no zone or does not fit.
     */
    public static TimeValue parse(final String option, final String text)
    {
        try
        {
            if (EPOCH_NS.matcher(text).matches())
            {
                return new TimeValue(option, text, Long.parseLong(text), false);
            }
            if (TIME_OF_DAY.matcher(text).matches())
            {
                return new TimeValue(option, text, LocalTime.parse(text).toNanoOfDay(), true);
            }
            if (WITHOUT_ZONE.matcher(text).matches())
            {
                throw refused(option + " has no zone: " + option + "=" + text + ", " + ALLOWED);
            }
            final Instant instant = ZonedDateTime.parse(text, DateTimeFormatter.ISO_ZONED_DATE_TIME).toInstant();
            return new TimeValue(option, text, toNanos(instant), false);
        }
        catch (final NumberFormatException | ArithmeticException e)
        {
            throw refused(option + " does not fit into 64 bits of ns since the epoch: " + option + "=" + text);
        }
        catch (final DateTimeException e)
        {
            throw refused(option + " is no time: " + option + "=" + text + ", " + ALLOWED);
        }
    }

    /**
     * The time, on the only day of a tape if it is a time of day.
     *
     * @param firstNs first time on the tape, ns since the epoch, UTC.
     * @param lastNs  last time on the tape, ns since the epoch, UTC.
     * @return ns since the epoch, UTC.
     * @throws CommandException with {@link ExitCode#USAGE} if it is a time of day and the tape spans several days.
     */
    public long resolve(final long firstNs, final long lastNs)
    {
        if (!timeOfDay)
        {
            return valueNs;
        }
        final long day = Math.floorDiv(firstNs, DAY_NS);
        final long lastDay = Math.floorDiv(lastNs, DAY_NS);
        if (day != lastDay)
        {
            throw refused(option + " needs a date, because the tape spans " + LocalDate.ofEpochDay(day) + " to " +
                LocalDate.ofEpochDay(lastDay) + ": " + option + "=" + text);
        }
        return day * DAY_NS + valueNs;
    }

    /**
     * Whether this time and another can be compared before a tape is open, and are in the wrong order.
     *
     * @param later that must not be before this one.
     * @return true if it certainly is.
     */
    boolean isAfter(final TimeValue later)
    {
        return timeOfDay == later.timeOfDay && valueNs > later.valueNs;
    }

    /**
     * As the user wrote it.
     *
     * @return the option's text.
     */
    @Override
    public String toString()
    {
        return text;
    }

    private static long toNanos(final Instant instant)
    {
        if (instant.getEpochSecond() >= 0)
        {
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
        }
        // Towards zero first, so that the earliest time that fits does not overflow on its way.
        final long whole = Math.multiplyExact(instant.getEpochSecond() + 1, 1_000_000_000L);
        return Math.addExact(whole, instant.getNano() - 1_000_000_000L);
    }

    private static CommandException refused(final String message)
    {
        return new CommandException(ExitCode.USAGE, message);
    }
}
