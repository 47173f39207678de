package io.ringtape.backtest;

/**
 * Why the simulated venue rejects an order: the value in the detail of its
 * {@link io.ringtape.event.EventType#OWN_REJECTED}.
 * <p>
 * Thread safety: immutable.
 * Allocation: none.
 */
public enum VenueReason
{
    /** The instrument has no book here. */
    UNKNOWN_INSTRUMENT(1, "unknown-instrument"),
    /** Side, quantity or price make no order, or are no multiple of tick or lot. */
    BAD_FIELDS(2, "bad-fields"),
    /** Order type, time in force or instructions, or what they are together, are not supported. */
    NOT_SUPPORTED(3, "not-supported"),
    /** An order with this client order id is open. */
    DUPLICATE_ID(4, "duplicate-id"),
    /** A post-only order would have been filled at once. */
    WOULD_TAKE(5, "would-take");

    private final int code;
    private final String text;

    VenueReason(final int code, final String text)
    {
        this.code = code;
        this.text = text;
    }

    /**
     * The stable number in a reject.
     *
     * @return 1 or more.
     */
    public int code()
    {
        return code;
    }

    /**
     * The name, as commands print it.
     *
     * @return for example {@code would-take}.
     */
    public String text()
    {
        return text;
    }

    /**
     * The name of a reject among those of a {@link BacktestCounts}.
     *
     * @param code as in the reject.
     * @return for example {@code venue:would-take}.
     */
    static String rejectText(final long code)
    {
        for (final VenueReason reason : values())
        {
            if (reason.code == code)
            {
                return "venue:" + reason.text;
            }
        }
        return "venue:unknown(" + code + ")";
    }
}
