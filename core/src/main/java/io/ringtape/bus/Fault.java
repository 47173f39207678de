package io.ringtape.bus;

import java.util.Objects;

/**
 * A handler or a writer input that threw.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param lane     the lane of the handler; {@link #WRITER} for an input.
 * @param handler  the handler or input; {@link #CONFLATER} for the conflater of the lane, {@link #HISTORY} where it
 *                 reads the history.
 * @param phase    the call that failed.
 * @param sequence the event that was being delivered; on a range its first event; on a batch end and on stop the last
 *                 event delivered; on start the first that could be delivered; on shed and on spill the first that was
 *                 missed; on an input the cursor.
 * @param applied  the policy that was applied: an {@link Error} is never skipped.
 * @param cause    what was thrown.
 */
public record Fault(
    String lane, String handler, FaultPhase phase, long sequence, FaultPolicy applied, Throwable cause)
{
    /** The lane name of a fault on the writer's side. */
    public static final String WRITER = "writer";
    /** The handler name of a fault of a lane's conflater. */
    public static final String CONFLATER = "conflater";
    /** The handler name of a fault of a lane that cannot go on from the history. */
    public static final String HISTORY = "history";

    /**
     * Checks that nothing is missing.
     */
    public Fault
    {
        Objects.requireNonNull(lane, "lane");
        Objects.requireNonNull(handler, "handler");
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(applied, "applied");
        Objects.requireNonNull(cause, "cause");
    }

    /**
     * The fault in one line.
     *
     * @return {@code name=value} pairs.
     */
    public String describe()
    {
        return "lane=" + lane + " handler=" + handler + " phase=" + phase + " sequence=" + sequence +
            " applied=" + applied + " cause=" + cause;
    }
}
