package io.ringtape.bus;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A lane that was evicted cannot go on from the history without a gap: the cause of the {@link Fault} that ends it, in
 * the phase {@link FaultPhase#SPILL}. Its handlers got everything before {@link #sequence()}, once and in order, and
 * get nothing from there on.
 * <p>
 * Thread safety: immutable but for what {@link Throwable} allows.
 * Allocation: on construction only.
 */
public final class SpillException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    /** Why the lane cannot go on. */
    public enum Reason
    {
        /** The recorder of the history has ended while the bus runs: what was published since is nowhere. */
        RECORDER_ENDED,
        /** The history does not have the event, not any more or not at all, though the recorder has passed it. */
        NOT_ON_TAPE,
        /** The history cannot be read, see the cause. */
        UNREADABLE
    }

    private final Reason reason;
    private final long sequence;

    SpillException(final Reason reason, final String lane, final long sequence, final @Nullable Throwable cause)
    {
        super("history does not go on: lane=" + lane + " sequence=" + sequence + " reason=" + reason, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
        this.sequence = sequence;
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
     * The first event that the lane cannot have.
     *
     * @return a sequence, 0 or more.
     */
    public long sequence()
    {
        return sequence;
    }

    /**
     * What a failed look into the history means.
     *
     * @param thrown by it.
     * @return the reason.
     */
    static Reason reason(final Throwable thrown)
    {
        return thrown instanceof JoinRefusedException refused &&
            refused.reason() == JoinRefusedException.Reason.NOT_ON_TAPE ? Reason.NOT_ON_TAPE : Reason.UNREADABLE;
    }
}
