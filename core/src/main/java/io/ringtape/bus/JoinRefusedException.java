package io.ringtape.bus;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A handler cannot join: nothing was attached, and nothing was delivered to it.
 * <p>
 * Thread safety: immutable but for what {@link Throwable} allows.
 * Allocation: on construction only.
 */
public final class JoinRefusedException extends RuntimeException
{
    /** What {@link #firstSequence()} is where there is no such sequence. */
    public static final long NONE = -1L;

    private static final long serialVersionUID = 1L;

    /** Why a join is refused. */
    public enum Reason
    {
        /** The bus is not started, closes, or has ended. */
        NOT_RUNNING,
        /** The bus has no history to join from. */
        NO_HISTORY,
        /** The recorder of the history has ended: what was published since is nowhere. */
        RECORDER_ENDED,
        /** The lane that the handler would join has ended. */
        LANE_ENDED,
        /** The history does not have the first event: not any more, or there was none. */
        NOT_ON_TAPE,
        /**
         * The first event is of an earlier run, whose books and definitions are not those of the bus: its own first
         * event is the {@link JoinRefusedException#firstSequence()}. A reader of the history gives earlier runs.
         */
        EARLIER_RUN,
        /** The history cannot be read. */
        UNREADABLE
    }

    private final Reason reason;
    private final long firstSequence;

    /**
     * A refusal.
     *
     * @param reason        for a program.
     * @param message       one line.
     * @param firstSequence the first that could be had, or {@link #NONE}.
     * @param cause         or null.
     */
    public JoinRefusedException(
        final Reason reason, final String message, final long firstSequence, final @Nullable Throwable cause)
    {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
        this.firstSequence = firstSequence;
    }

    /**
     * Why.
     *
     * @return the reason.
     */
    public Reason reason()
    {
        return reason;
    }

    /**
     * The first sequence that a join could start with.
     *
     * @return {@link #NONE} if that is not known, or there is none.
     */
    public long firstSequence()
    {
        return firstSequence;
    }
}
