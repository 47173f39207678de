package io.ringtape.risk;

/**
 * When the gate stops everybody by itself, from events alone, until somebody arms it.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param onGap   whether a {@link io.ringtape.event.EventType#GAP} of a traded source does. A source is traded once an
 *                event of an instrument with limits came from its channel.
 * @param staleNs how old, by the time of events, the last book event or trade of an instrument may be while own orders
 *                of it are open, when an event comes, its next one too; {@link #NEVER_STALE} for any age.
 */
public record KillRules(boolean onGap, long staleNs)
{
    /** No age is too old. */
    public static final long NEVER_STALE = 0;
    /** The gate stops nobody by itself. */
    public static final KillRules OFF = new KillRules(false, NEVER_STALE);

    /**
     * Checks the age.
     *
     * @throws IllegalArgumentException if it is below 0.
     */
    public KillRules
    {
        if (staleNs < 0)
        {
            throw new IllegalArgumentException("staleNs must not be negative: staleNs=" + staleNs);
        }
    }

    /**
     * Whether the gate stops nobody by itself.
     *
     * @return true if no rule is on.
     */
    public boolean isOff()
    {
        return !onGap && staleNs == NEVER_STALE;
    }
}
