package io.ringtape.cli.value;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import java.util.Optional;

/**
 * The part of a tape that a user asked for; both ends are inclusive, and all four limits hold at once.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param fromSequence 0 or more; {@link #FIRST} for the start of the tape.
 * @param toSequence   0 or more; {@link #LAST} for the end of the tape.
 * @param fromTime     empty for the start of the tape.
 * @param toTime       empty for the end of the tape.
 */
public record EventRange(
    long fromSequence, long toSequence, Optional<TimeValue> fromTime, Optional<TimeValue> toTime)
{
    /** From the first sequence on tape. */
    public static final long FIRST = 0;
    /** To the last sequence on tape. */
    public static final long LAST = Long.MAX_VALUE;
    /** The whole tape. */
    public static final EventRange ALL = new EventRange(FIRST, LAST, Optional.empty(), Optional.empty());

    /**
     * Checks the order of the ends.
     *
     * @throws CommandException with {@link ExitCode#USAGE} if the range ends before it starts.
     */
    public EventRange
    {
        if (fromSequence > toSequence)
        {
            throw new CommandException(ExitCode.USAGE, "--from-sequence is behind --to-sequence: --from-sequence=" +
                fromSequence + " --to-sequence=" + toSequence);
        }
        if (fromTime.isPresent() && toTime.isPresent() && fromTime.get().isAfter(toTime.get()))
        {
            throw wrongOrder(fromTime, toTime);
        }
    }

    /**
     * The range on a tape.
     *
     * @param tape that times of day are times on.
     * @return the range for a reader, which refuses it if the tape does not hold it.
     * @throws CommandException with {@link ExitCode#USAGE} if a time of day is given and the tape holds several days,
     *                          or the range ends before it starts.
     */
    public TapeRange on(final Tape tape)
    {
        final long fromNs = fromTime.isPresent() ? fromTime.get().on(tape) : Long.MIN_VALUE;
        final long toNs = toTime.isPresent() ? toTime.get().on(tape) : Long.MAX_VALUE;
        if (fromNs > toNs)
        {
            throw wrongOrder(fromTime, toTime);
        }
        return new TapeRange(fromSequence, toSequence, fromNs, toNs);
    }

    private static CommandException wrongOrder(final Optional<TimeValue> from, final Optional<TimeValue> to)
    {
        return new CommandException(ExitCode.USAGE, "--from-time is after --to-time: --from-time=" +
            from.map(TimeValue::toString).orElse("") + " --to-time=" + to.map(TimeValue::toString).orElse(""));
    }
}
