package io.ringtape.strategy;

/**
 * What the {@link ExampleStrategy} can be told.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param restEvents       how many venue events of an instrument pass between an order and the next one; 0 to
 *                         1,000,000.
 * @param imbalancePercent how much the quantity at one touch must be of the quantity at the other, in percent; 100 to
 *                         100,000.
 * @param touchShare       the order is one part in this many of the quantity at its touch; 1 to 1,000,000.
 * @param maxOrderAgeNs    how long an order may stay, in ns of receive time; 1 or more.
 */
public record ExampleParameters(int restEvents, int imbalancePercent, int touchShare, long maxOrderAgeNs)
{
    private static final int MAX_REST = 1_000_000;
    private static final int MAX_PERCENT = 100_000;
    private static final int MAX_SHARE = 1_000_000;

    /**
     * Checks the fields.
     *
     * @throws IllegalArgumentException if a field is out of its range; the message names it.
     */
    public ExampleParameters
    {
        requireRange("restEvents", restEvents, 0, MAX_REST);
        requireRange("imbalancePercent", imbalancePercent, 100, MAX_PERCENT);
        requireRange("touchShare", touchShare, 1, MAX_SHARE);
        requireRange("maxOrderAgeNs", maxOrderAgeNs, 1, Long.MAX_VALUE);
    }

    /**
     * What the commands use: a rest of 32 venue events, one and a half times the quantity, a tenth of the touch,
     * 500 ms.
     *
     * @return the defaults.
     */
    public static ExampleParameters defaults()
    {
        return new ExampleParameters(32, 150, 10, 500_000_000L);
    }

    /**
     * Reads them by their names: {@code rest-events}, {@code imbalance-percent}, {@code touch-share},
     * {@code max-order-age-ns}; what is not there is as in {@link #defaults()}.
     *
     * @param parameters to read.
     * @return the parameters.
     * @throws IllegalArgumentException if one is out of its range; the message names it.
     */
    public static ExampleParameters of(final StrategyParameters parameters)
    {
        final ExampleParameters usual = defaults();
        return new ExampleParameters(
            (int)parameters.number("rest-events", 0, MAX_REST, usual.restEvents),
            (int)parameters.number("imbalance-percent", 100, MAX_PERCENT, usual.imbalancePercent),
            (int)parameters.number("touch-share", 1, MAX_SHARE, usual.touchShare),
            parameters.number("max-order-age-ns", 1, Long.MAX_VALUE, usual.maxOrderAgeNs));
    }

    private static void requireRange(final String field, final long value, final long min, final long max)
    {
        if (value < min || value > max)
        {
            throw new IllegalArgumentException(field + " must be " + min + " to " + max + ": " + field + "=" + value);
        }
    }
}
