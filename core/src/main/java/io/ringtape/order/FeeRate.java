package io.ringtape.order;

/**
 * What a venue takes for a fill: a share of the notional, an amount for each unit of quantity, or both; below 0 it pays
 * a rebate.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param makerPpm         share of the notional for an order that was resting, in hundredths of a basis point (10^-6);
 *                         -1,000,000 to 1,000,000.
 * @param takerPpm         the same for an order that took liquidity.
 * @param makerPerUnitNano for each whole unit of quantity of an order that was resting, in 10^-9 of the currency;
 *                         -10^15 to 10^15.
 * @param takerPerUnitNano the same for an order that took liquidity.
 */
public record FeeRate(int makerPpm, int takerPpm, long makerPerUnitNano, long takerPerUnitNano)
{
    /** Nothing is taken. */
    public static final FeeRate FREE = new FeeRate(0, 0, 0, 0);

    private static final int MAX_PPM = 1_000_000;
    private static final long MAX_PER_UNIT_NANO = 1_000_000_000_000_000L;

    /**
     * Checks the fields.
     *
     * @throws IllegalArgumentException if a field is out of its range; the message names it.
     */
    public FeeRate
    {
        requireRange("makerPpm", makerPpm, MAX_PPM);
        requireRange("takerPpm", takerPpm, MAX_PPM);
        requireRange("makerPerUnitNano", makerPerUnitNano, MAX_PER_UNIT_NANO);
        requireRange("takerPerUnitNano", takerPerUnitNano, MAX_PER_UNIT_NANO);
    }

    /**
     * A rate of shares of the notional.
     *
     * @param makerPpm see there.
     * @param takerPpm see there.
     * @return the rate.
     */
    public static FeeRate ofNotional(final int makerPpm, final int takerPpm)
    {
        return new FeeRate(makerPpm, takerPpm, 0, 0);
    }

    /**
     * A rate of amounts for each unit of quantity.
     *
     * @param makerPerUnitNano see there.
     * @param takerPerUnitNano see there.
     * @return the rate.
     */
    public static FeeRate ofUnits(final long makerPerUnitNano, final long takerPerUnitNano)
    {
        return new FeeRate(0, 0, makerPerUnitNano, takerPerUnitNano);
    }

    private static void requireRange(final String field, final long value, final long max)
    {
        if (value < -max || value > max)
        {
            throw new IllegalArgumentException(field + " must be " + -max + " to " + max + ": " + field + "=" + value);
        }
    }
}
