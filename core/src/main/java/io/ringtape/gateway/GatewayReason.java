package io.ringtape.gateway;

/**
 * Why a gateway held an order back that had passed the gate. The code stands behind
 * {@link io.ringtape.risk.RiskCheck#GATEWAY} on the detail line of an
 * {@link io.ringtape.event.EventType#OWN_REJECTED}. Codes are part of the tape format: stable, never reused, never an
 * ordinal.
 * <p>
 * Thread safety: immutable.
 * Allocation: none.
 */
public enum GatewayReason
{
    /** The kill switch outside of the process is on. Limit: the strategy's account. */
    KILLED(1, "killed"),
    /** Too many answers wait to get on tape. Limit: how many events may. */
    ANSWERS_WAIT(2, "answers-wait");

    private final int code;
    private final String text;

    GatewayReason(final int code, final String text)
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
     * @return for example {@code answers-wait}.
     */
    public String text()
    {
        return text;
    }
}
