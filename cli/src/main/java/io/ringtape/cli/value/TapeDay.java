package io.ringtape.cli.value;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.RunListener;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeException;
import io.ringtape.journal.TapeRange;
import io.ringtape.journal.TapeReader;
import java.time.LocalDate;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Finds the only day of a tape, in receive time and UTC, by looking for other days instead of reading it all.
 */
final class TapeDay
{
    private static final long DAY_NS = TimeUnit.DAYS.toNanos(1);

    private TapeDay()
    {
    }

    /**
     * The start of the only day.
     *
     * @param tape   that holds an event.
     * @param option that needs the day, for messages.
     * @return ns since the epoch, UTC.
     * @throws CommandException with {@link ExitCode#USAGE} if the tape holds several days, with
     *                          {@link ExitCode#BAD_INPUT} if it holds none.
     */
    static long startNs(final Tape tape, final TimeValue option)
    {
        final OptionalLong first = firstTime(tape, TapeRange.ALL);
        if (first.isEmpty())
        {
            throw new CommandException(ExitCode.BAD_INPUT,
                option.option() + " needs a date, because the tape holds no event: " + option.assignment());
        }
        final long day = Math.floorDiv(first.getAsLong(), DAY_NS);
        final long startNs = day * DAY_NS;
        requireNone(tape, TapeRange.times(startNs + DAY_NS, Long.MAX_VALUE), day, option);
        requireNone(tape, TapeRange.times(Long.MIN_VALUE, startNs - 1), day, option);
        return startNs;
    }

    private static void requireNone(
        final Tape tape, final TapeRange range, final long day, final TimeValue option)
    {
        final OptionalLong other = firstTime(tape, range);
        if (other.isPresent())
        {
            final long otherDay = Math.floorDiv(other.getAsLong(), DAY_NS);
            throw new CommandException(ExitCode.USAGE,
                option.option() + " needs a date, because the tape holds several days, " +
                    LocalDate.ofEpochDay(Math.min(day, otherDay)) + " and " +
                    LocalDate.ofEpochDay(Math.max(day, otherDay)) + " among them: " + option.assignment());
        }
    }

    private static OptionalLong firstTime(final Tape tape, final TapeRange range)
    {
        final OrderBookEvent event = new OrderBookEvent();
        try (TapeReader reader = tape.read(range, RunListener.NONE))
        {
            while (reader.nextBlock())
            {
                for (int i = 0; i < reader.count(); i++)
                {
                    final int type = reader.event(i, event).type();
                    if (type != EventType.VOID && type != EventType.DETAIL)
                    {
                        return OptionalLong.of(event.receiveTimeNs());
                    }
                }
            }
            return OptionalLong.empty();
        }
        catch (final TapeException e)
        {
            if (e.kind() == TapeException.Kind.OUT_OF_RANGE)
            {
                return OptionalLong.empty();
            }
            throw e;
        }
    }
}
