package io.ringtape.journal;

/**
 * What a verification found.
 * <p>
 * Thread safety: immutable.
 * Allocation: none.
 */
public enum TapeStatus
{
    /** All is there. */
    OK("ok"),
    /** All whole documents are there; behind them stand bytes that a killed process left. */
    TORN_TAIL("torn-tail"),
    /** Bytes that were recorded are not what they were. */
    DAMAGED("damaged"),
    /** Sequences are missing. */
    GAP("gap"),
    /** Not a tape, a tape of another format, or one that cannot be read. */
    UNREADABLE("unreadable");

    private final String text;

    TapeStatus(final String text)
    {
        this.text = text;
    }

    /**
     * The status as commands print it.
     *
     * @return lower case, with dashes.
     */
    public String text()
    {
        return text;
    }
}
