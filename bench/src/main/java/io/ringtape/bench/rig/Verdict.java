package io.ringtape.bench.rig;

/**
 * What may be said of a ratio.
 * <p>
 * Thread safety: immutable.
 * Allocation: none.
 */
public enum Verdict
{
    /** The whole interval keeps to the goal. */
    MET("met"),
    /** Some of the interval does not. */
    MISSED("missed"),
    /** The row was cut, too few rounds were left, one took no time, or the machine has too few processors. */
    NOT_MEASURABLE("not measurable here"),
    /** The peer is shown for comparison and has no goal. */
    SHOWN("shown");

    private final String text;

    Verdict(final String text)
    {
        this.text = text;
    }

    /**
     * As tables and JSON print it.
     *
     * @return lower case words.
     */
    public String text()
    {
        return text;
    }
}
