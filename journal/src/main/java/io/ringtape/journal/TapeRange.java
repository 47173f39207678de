package io.ringtape.journal;

/**
 * Which events of a tape to read.
 * <p>
 * A range of sequences goes over runs. A range of times selects the events whose own receive time lies in it, wherever
 * on the tape they stand: times may go back, in a run and from run to run, and what is selected need not lie together.
 * A detail or void event has no receive time and is selected with the event before it in the run. Where both are
 * given both hold, and a detail whose event is cut off by the sequences is in no range of times.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param fromSequence the first sequence; 0 from the start.
 * @param toSequence   the last sequence, inclusive; {@link Long#MAX_VALUE} to the end.
 * @param fromTimeNs   ns since the epoch, UTC; {@link Long#MIN_VALUE} from the start.
 * @param toTimeNs     ns since the epoch, UTC, inclusive; {@link Long#MAX_VALUE} to the end.
 */
public record TapeRange(long fromSequence, long toSequence, long fromTimeNs, long toTimeNs)
{
    /** The whole tape. */
    public static final TapeRange ALL = new TapeRange(0L, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE);

    /**
     * Checks the order.
     *
     * @throws IllegalArgumentException if a range ends before it starts, or starts below 0.
     */
    public TapeRange
    {
        if (fromSequence < 0 || toSequence < fromSequence)
        {
            throw new IllegalArgumentException("sequences must be 0 or more and in order: fromSequence=" +
                fromSequence + " toSequence=" + toSequence);
        }
        if (toTimeNs < fromTimeNs)
        {
            throw new IllegalArgumentException(
                "times must be in order: fromTimeNs=" + fromTimeNs + " toTimeNs=" + toTimeNs);
        }
    }

    /**
     * A range of sequences.
     *
     * @param from the first sequence, 0 or more.
     * @param to   the last sequence, inclusive; {@link Long#MAX_VALUE} to the end.
     * @return the range.
     * @throws IllegalArgumentException if it ends before it starts, or starts below 0.
     */
    public static TapeRange sequences(final long from, final long to)
    {
        return new TapeRange(from, to, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /**
     * A range of receive times.
     *
     * @param fromNs ns since the epoch, UTC; {@link Long#MIN_VALUE} from the start.
     * @param toNs   ns since the epoch, UTC, inclusive; {@link Long#MAX_VALUE} to the end.
     * @return the range.
     * @throws IllegalArgumentException if it ends before it starts.
     */
    public static TapeRange times(final long fromNs, final long toNs)
    {
        return new TapeRange(0L, Long.MAX_VALUE, fromNs, toNs);
    }

    /** What is limited, for a message, each with a blank behind it. */
    String text()
    {
        return (fromSequence == 0 ? "" : "fromSequence=" + fromSequence + " ") +
            (toSequence == Long.MAX_VALUE ? "" : "toSequence=" + toSequence + " ") +
            (fromTimeNs == Long.MIN_VALUE ? "" : "fromTime=" + TapeSpan.time(fromTimeNs) + " ") +
            (toTimeNs == Long.MAX_VALUE ? "" : "toTime=" + TapeSpan.time(toTimeNs) + " ");
    }

    /** Whether it is not the whole tape; a record's own equals takes tens of ms when a process first asks it. */
    boolean isLimited()
    {
        return fromSequence != 0 || toSequence != Long.MAX_VALUE || isTimed();
    }

    /**
     * Whether receive times are limited.
     *
     * @return false if all that the sequences allow is in the range.
     */
    public boolean isTimed()
    {
        return fromTimeNs != Long.MIN_VALUE || toTimeNs != Long.MAX_VALUE;
    }
}
