package io.ringtape.journal;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says in one line why a tape cannot be written or read.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 */
public final class TapeException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    /**
     * What went wrong, so that a command can choose its exit code.
     */
    public enum Kind
    {
        /** Bytes that were recorded are not what they were. */
        DAMAGED,
        /** Sequences are missing. */
        GAP,
        /** Not a tape, or a tape of another format. */
        UNREADABLE,
        /** There is no such directory. */
        MISSING,
        /** The tape or a run of it cannot be created. */
        CANNOT_CREATE,
        /** The device failed or is full. */
        IO,
        /** Another writer holds the tape. */
        IN_USE,
        /** The tape does not hold what was asked for. */
        OUT_OF_RANGE
    }

    private final Kind kind;

    /**
     * An exception without a cause.
     *
     * @param kind    what went wrong.
     * @param message one line.
     */
    public TapeException(final Kind kind, final String message)
    {
        this(kind, message, null);
    }

    /**
     * An exception with a cause.
     *
     * @param kind    what went wrong.
     * @param message one line.
     * @param cause   what the system said, or null.
     */
    public TapeException(final Kind kind, final String message, final @Nullable Throwable cause)
    {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    /**
     * What went wrong.
     *
     * @return the kind.
     */
    public Kind kind()
    {
        return kind;
    }
}
