package io.ringtape.cli.value;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.journal.Tape;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
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
     * @param tape that it is a time on.
     * @return ns since the epoch, UTC.
     * @throws CommandException with {@link ExitCode#USAGE} if it is a time of day and the tape holds several days, with
     *                          {@link ExitCode#BAD_INPUT} if it is one and the tape holds no event.
     */
    public long on(final Tape tape)
    {
        return timeOfDay ? TapeDay.startNs(tape, this) + valueNs : valueNs;
    }

    /**
     * Whether it needs the day of a tape.
     */
    boolean isTimeOfDay()
    {
        return timeOfDay;
    }

    /**
     * The time itself, or ns since the start of a day.
     */
    long valueNs()
    {
        return valueNs;
    }

    String option()
    {
        return option;
    }

    String assignment()
    {
        return option + "=" + text;
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
