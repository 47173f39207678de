package io.ringtape.journal;

import io.ringtape.journal.TapeException.Kind;

/**
 * Sequences that the bus used while the tape was away: they are on no tape.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param firstSequence of the range, 0 or more.
 * @param lastSequence  of the range, inclusive.
 */
public record MissingRange(long firstSequence, long lastSequence)
{
    /**
     * Checks the order.
     *
     * @throws IllegalArgumentException if the range ends before it starts, or starts below 0.
     */
    public MissingRange
    {
        if (firstSequence < 0 || lastSequence < firstSequence)
        {
            throw new IllegalArgumentException("sequences must be 0 or more and in order: firstSequence=" +
                firstSequence + " lastSequence=" + lastSequence);
        }
    }

    /**
     * How many sequences are missing.
     *
     * @return 1 or more.
     */
    public long count()
    {
        return lastSequence - firstSequence + 1;
    }

    /**
     * The range as messages print it.
     *
     * @return for example {@code 17..42}.
     */
    public String text()
    {
        return firstSequence + ".." + lastSequence;
    }

    /**
     * A reader met the gap that the range makes, or is a part of.
     *
     * @param from  the first sequence that the reader misses.
     * @param to    the last one.
     * @param where the gap is.
     * @return to be thrown.
     */
    TapeException gap(final long from, final long to, final String where)
    {
        return new TapeException(Kind.GAP, from == firstSequence && to == lastSequence ?
            "sequences " + text() + " are missing: not journaled, " + where :
            "sequences " + from + ".." + to + " are missing: " + where + ": not journaled: " + text());
    }
}
