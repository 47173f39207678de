package io.ringtape.bench.report;

import io.ringtape.cli.output.Formats;

/**
 * How the numbers of a result are written, the same in tables and on the page.
 * <p>
 * Thread safety: stateless.
 * Allocation: the text.
 */
public final class Numbers
{
    /** Stands for a value that is not there. */
    public static final String NOTHING = "-";

    private static final double SMALL = 0.1;
    private static final int SMALL_DECIMALS = 3;

    private Numbers()
    {
    }

    /**
     * A ratio.
     *
     * @param value any, NaN if there is none.
     * @return two decimals, or three of what is less than a tenth.
     */
    public static String ratio(final double value)
    {
        return number(value, 2);
    }

    /**
     * Nanoseconds or bytes of an event.
     *
     * @param value any, NaN if there is none.
     * @return one decimal, or three of what is less than a tenth.
     */
    public static String amount(final double value)
    {
        return number(value, 1);
    }

    /**
     * A goal.
     *
     * @param relation how it limits the ratio.
     * @param goal     NaN if there is none.
     * @return for example {@code >= 0.90}.
     */
    public static String goal(final String relation, final double goal)
    {
        return Double.isNaN(goal) ? NOTHING : relation + " " + ratio(goal);
    }

    /**
     * A ratio with its interval.
     *
     * @param ratio NaN if there is none.
     * @param low   end of the interval.
     * @param high  end of the interval.
     * @return for example {@code 1.60 (1.12 to 1.65)}.
     */
    public static String interval(final double ratio, final double low, final double high)
    {
        return Double.isNaN(ratio) ? NOTHING : ratio(ratio) + " (" + ratio(low) + " to " + ratio(high) + ")";
    }

    private static String number(final double value, final int decimals)
    {
        final boolean isSmall = value != 0 && Math.abs(value) < SMALL;
        return Double.isNaN(value) ? NOTHING : Formats.decimal(value, isSmall ? SMALL_DECIMALS : decimals);
    }
}
