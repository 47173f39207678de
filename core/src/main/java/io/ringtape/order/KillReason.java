package io.ringtape.order;

/**
 * Why the kill switch is on. The codes stand in the file beside a tape and on own {@link Control} events: stable, never
 * reused, never an ordinal.
 * <p>
 * Thread safety: immutable.
 * Allocation: none.
 */
public enum KillReason
{
    /** Somebody asked for it. */
    HAND(0, "by hand"),
    /** A handler of a lane that matters threw. */
    FAULT(1, "fault"),
    /** A lane that matters stood still with work waiting. */
    STALL(2, "stall"),
    /** Events of a traded source are missing. */
    GAP(3, "gap"),
    /** Reference data of an instrument with open orders was too old. */
    STALE(4, "stale"),
    /** What says who is stopped cannot be read. */
    UNREADABLE(5, "unreadable");

    private static final KillReason[] ALL = values();

    private final int code;
    private final String text;

    KillReason(final int code, final String text)
    {
        this.code = code;
        this.text = text;
    }

    /**
     * The stable number of the reason.
     *
     * @return 0 or more.
     */
    public int code()
    {
        return code;
    }

    /**
     * The reason, as commands print it.
     *
     * @return for example {@code by hand}.
     */
    public String text()
    {
        return text;
    }

    /**
     * The reason of a number.
     *
     * @param code any number.
     * @return {@link #UNREADABLE} if no reason has it.
     */
    public static KillReason ofCode(final long code)
    {
        for (final KillReason reason : ALL)
        {
            if (reason.code == code)
            {
                return reason;
            }
        }
        return UNREADABLE;
    }
}
