package io.ringtape.journal;

import org.jspecify.annotations.Nullable;

/**
 * How a tape ends that is not damaged.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param kind   how.
 * @param detail one line for a person; empty if there is nothing to say.
 */
public record TapeEnd(Kind kind, String detail)
{
    /**
     * The ways in which a tape can end.
     */
    public enum Kind
    {
        /** The last run was closed, or the tape is empty, or the range ends before the tape. */
        CLOSED,
        /** The last run was not closed, and ends behind a whole document. */
        NOT_CLOSED,
        /** The last run was not closed, and bytes that are no document stand behind its last whole one. */
        TORN,
        /** A live process writes the tape. */
        BEING_WRITTEN
    }

    /** A process was killed, or its tape failed. */
    static final String NOT_CLOSED = "run was not closed: ";

    static TapeEnd of(final @Nullable TapeTail tail, final long run, final long lastSequence)
    {
        if (tail == null)
        {
            return new TapeEnd(Kind.CLOSED, "");
        }
        final String where = tail.where(run, lastSequence);
        return switch (tail.kind())
        {
            case CLOSED, FENCED -> new TapeEnd(Kind.CLOSED, "");
            case OPEN -> new TapeEnd(Kind.NOT_CLOSED, NOT_CLOSED + where);
            case LIVE -> new TapeEnd(Kind.BEING_WRITTEN, "tape is being written: " + where);
            case TORN -> new TapeEnd(Kind.TORN, "torn tail: " + where + ": " + tail.detail());
        };
    }
}
