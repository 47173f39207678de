package io.ringtape.journal;

import java.util.Objects;

/**
 * What the recorder waits for, or has done behind its back, before it calls an event durable.
 * <p>
 * Whatever is chosen, an event is journaled when the recorder has returned: it survives the process. Durable events
 * survive the machine too, as far as its device keeps what it said it wrote.
 * <table>
 * <caption>Promise and cost</caption>
 * <tr><th>choice</th><th>survives the machine</th><th>costs</th></tr>
 * <tr><td>{@link #PAGE_CACHE}</td><td>what the system happened to write</td><td>nothing</td></tr>
 * <tr><td>{@link #everyNs(long)}</td><td>all but the last interval plus a force</td>
 *     <td>a force an interval, on a thread of its own; writes of the device beside the recorder's</td></tr>
 * <tr><td>{@link #EVERY_BATCH}</td><td>all that the recorder has returned from</td>
 *     <td>a force a batch, on the recorder's lane</td></tr>
 * </table>
 * A force that fails stops the tape: what the device did not take once is never forced again and called durable.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param kind       when to force.
 * @param intervalNs from the end of a force of {@link Kind#INTERVAL} to the start of the next; 0 for the others.
 */
public record Durability(Kind kind, long intervalNs)
{
    /** No force: the system writes when it likes. */
    public static final Durability PAGE_CACHE = new Durability(Kind.PAGE_CACHE, 0L);
    /** A force before the recorder returns from a batch. */
    public static final Durability EVERY_BATCH = new Durability(Kind.EVERY_BATCH, 0L);

    /** When a tape is forced to the device. */
    public enum Kind
    {
        /** Never. */
        PAGE_CACHE,
        /** Again and again. */
        INTERVAL,
        /** With each batch. */
        EVERY_BATCH
    }

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if an interval is given where there is none, or none where there is one.
     */
    public Durability
    {
        Objects.requireNonNull(kind, "kind");
        if (kind == Kind.INTERVAL ? intervalNs <= 0 : intervalNs != 0)
        {
            throw new IllegalArgumentException(
                "intervalNs must be above 0 for an interval and 0 else: kind=" + kind + " intervalNs=" + intervalNs);
        }
    }

    /**
     * A force an interval. Within an interval plus a force an event is durable; one that comes during a force waits for
     * the rest of that one first.
     *
     * @param intervalNs from the end of a force to the start of the next, above 0.
     * @return the choice.
     * @throws IllegalArgumentException if the interval is 0 or less.
     */
    public static Durability everyNs(final long intervalNs)
    {
        return new Durability(Kind.INTERVAL, intervalNs);
    }
}
