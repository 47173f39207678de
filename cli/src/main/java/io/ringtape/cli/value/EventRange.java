package io.ringtape.cli.value;

import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import java.util.Optional;

/**
 * The part of a tape that a user asked for; both ends are inclusive, and all four limits hold at once.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param fromSequence 0 or more, or {@link #FIRST}.
 * @param toSequence   0 or more, or {@link #LAST}.
 * @param fromTime     empty for the start of the tape.
 * @param toTime       empty for the end of the tape.
 */
public record EventRange(
    long fromSequence, long toSequence, Optional<TimeValue> fromTime, Optional<TimeValue> toTime)
{
    /** From the first sequence on tape. */
    public static final long FIRST = -1;
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
            throw new CommandException(ExitCode.USAGE, "--from-time is after --to-time: --from-time=" +
                fromTime.get() + " --to-time=" + toTime.get());
        }
    }

    /**
     * Whether nothing limits the range.
     *
     * @return true if it is the whole tape.
     */
    public boolean isAll()
    {
        return equals(ALL);
    }

    /**
     * Makes the range one of sequences and times of a tape.
     *
     * @param tape what is there, with one event at least.
     * @return the range with every limit set.
     * @throws CommandException with {@link ExitCode#BAD_INPUT} if the range lies outside the tape, with
     *                          {@link ExitCode#USAGE} if a time of day is given and the tape spans several days, or
     *                          the range ends before it starts.
     */
    public Limits within(final Limits tape)
    {
        final long fromNs = fromTime.isPresent() ? fromTime.get().resolve(tape.fromNs(), tape.toNs()) : Long.MIN_VALUE;
        final long toNs = toTime.isPresent() ? toTime.get().resolve(tape.fromNs(), tape.toNs()) : Long.MAX_VALUE;
        if (fromNs > toNs)
        {
            throw new CommandException(ExitCode.USAGE, "--from-time is after --to-time: --from-time=" +
                fromTime.map(TimeValue::toString).orElse("") + " --to-time=" +
                toTime.map(TimeValue::toString).orElse(""));
        }
        if (fromSequence > tape.toSequence() || toSequence < tape.fromSequence())
        {
            final boolean from = fromSequence > tape.toSequence();
            throw outside(from ? "--from-sequence" : "--to-sequence", Long.toString(from ? fromSequence : toSequence),
                "firstSequence=" + tape.fromSequence() + " lastSequence=" + tape.toSequence());
        }
        if (fromNs > tape.toNs() || toNs < tape.fromNs())
        {
            final boolean from = fromNs > tape.toNs();
            throw outside(from ? "--from-time" : "--to-time", (from ? fromTime : toTime).orElseThrow().toString(),
                "firstTimeNs=" + tape.fromNs() + " lastTimeNs=" + tape.toNs());
        }
        return new Limits(Math.max(fromSequence, tape.fromSequence()), Math.min(toSequence, tape.toSequence()),
            fromNs, toNs);
    }

    private static CommandException outside(final String option, final String value, final String tape)
    {
        return new CommandException(
            ExitCode.BAD_INPUT, option + " is outside the tape: " + option + "=" + value + " " + tape);
    }

    /**
     * Sequences and times from and to, both inclusive.
     * <p>
     * Thread safety: immutable.
     * Allocation: on construction only.
     *
     * @param fromSequence 0 or more.
     * @param toSequence   0 or more.
     * @param fromNs       receive time, ns since the epoch, UTC; {@link Long#MIN_VALUE} for no limit.
     * @param toNs         receive time, ns since the epoch, UTC; {@link Long#MAX_VALUE} for no limit.
     */
    public record Limits(long fromSequence, long toSequence, long fromNs, long toNs)
    {
    }
}
