package io.ringtape.strategy;

/**
 * What the {@link ExampleStrategy} can be told.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param decisionInterval how many venue events of an instrument lie between two decisions; 1 to 1,000,000.
 * @param imbalanceRatio   how many times the quantity at one touch must be the quantity at the other; 1 to 1,000.
 * @param touchShare       the order is one part in this many of the quantity at its touch; 1 to 1,000,000.
 * @param maxOrderAgeNs    how long an order may stay, in ns of receive time; 1 or more.
 */
public record ExampleParameters(int decisionInterval, int imbalanceRatio, int touchShare, long maxOrderAgeNs)
{
    private static final int MAX_INTERVAL = 1_000_000;
    private static final int MAX_RATIO = 1_000;
    private static final int MAX_SHARE = 1_000_000;

    /**
     * Checks the fields.
     *
     * @throws IllegalArgumentException if a field is out of its range; the message names it.
     */
    public ExampleParameters
    {
        requireRange("decisionInterval", decisionInterval, MAX_INTERVAL);
        requireRange("imbalanceRatio", imbalanceRatio, MAX_RATIO);
        requireRange("touchShare", touchShare, MAX_SHARE);
        requireRange("maxOrderAgeNs", maxOrderAgeNs, Long.MAX_VALUE);
    }

    /**
     * What the commands use: a decision every 16 venue events, twice the quantity, a tenth of the touch, 2 s.
     *
     * @return the defaults.
     */
    public static ExampleParameters defaults()
    {
        return new ExampleParameters(16, 2, 10, 2_000_000_000L);
    }

    private static void requireRange(final String field, final long value, final long max)
    {
        if (value < 1 || value > max)
        {
            throw new IllegalArgumentException(field + " must be 1 to " + max + ": " + field + "=" + value);
        }
    }
}
