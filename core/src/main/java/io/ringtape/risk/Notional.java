package io.ringtape.risk;

import io.ringtape.event.FixedPoint;

/**
 * The notional of one order against its limit, exact in 192 bits: nothing overflows unseen. Hot path.
 * <p>
 * With a price p and a quantity q in units of 10^pe and 10^qe, |p| x q x multiplier is in units of 10^(pe + qe); the
 * limit is in units of 10^pe, so it counts 10^-qe times.
 * <p>
 * Thread safety: stateless.
 * Allocation: none.
 */
final class Notional
{
    private static final int NANO = -9;
    private static final int MAX_POWER = 18;

    private Notional()
    {
    }

    /**
     * Computes the notional of an order in units of 10^priceExponent where it is beyond a limit.
     *
     * @param absolutePrice 0 or more.
     * @param quantity      above 0.
     * @param multiplier    above 0.
     * @param scale         10^-quantityExponent, 1 to 10^18.
     * @param limit         0 or more.
     * @return 0 if the notional is within the limit; else the notional, rounded up, at most {@link Long#MAX_VALUE}.
     */
    static long beyond(
        final long absolutePrice, final long quantity, final long multiplier, final long scale, final long limit)
    {
        final long productHigh = Math.multiplyHigh(absolutePrice, quantity);
        final long productLow = absolutePrice * quantity;
        if (productHigh != 0 && multiplier > Long.MAX_VALUE / productHigh)
        {
            // 2^127 or more; a limit is below 2^63 x 10^18 < 2^123.
            return Long.MAX_VALUE;
        }
        final long low = productLow * multiplier;
        final long high = productHigh * multiplier + unsignedMultiplyHigh(productLow, multiplier);
        final long limitHigh = Math.multiplyHigh(limit, scale);
        final long limitLow = limit * scale;
        if (high >= 0 && (high < limitHigh || (high == limitHigh && Long.compareUnsigned(low, limitLow) <= 0)))
        {
            return 0;
        }
        return high < 0 ? Long.MAX_VALUE : divideUp(high, low, scale);
    }

    /**
     * The notional of a quantity in 10^-9 of the currency.
     *
     * @param absolutePrice 0 or more.
     * @param quantity      above 0.
     * @param multiplier    above 0.
     * @param exponent      of price and quantity together, -36 to 0.
     * @return rounded up, held at {@link Long#MAX_VALUE}, also where the product has more than 127 bits, or a part in
     *     10^18 of it does not fit.
     */
    static long nano(final long absolutePrice, final long quantity, final long multiplier, final int exponent)
    {
        final long productHigh = Math.multiplyHigh(absolutePrice, quantity);
        final long productLow = absolutePrice * quantity;
        if (productHigh != 0 && multiplier > Long.MAX_VALUE / productHigh)
        {
            return Long.MAX_VALUE;
        }
        final long low = productLow * multiplier;
        final long high = productHigh * multiplier + unsignedMultiplyHigh(productLow, multiplier);
        if (exponent >= NANO)
        {
            final long factor = FixedPoint.powerOfTen(exponent - NANO);
            final boolean fits = high == 0 && low >= 0 && Math.multiplyHigh(low, factor) == 0 && low * factor >= 0;
            return fits ? low * factor : Long.MAX_VALUE;
        }
        if (high == 0 && low >= 0 && NANO - exponent <= MAX_POWER)
        {
            final long divisor = FixedPoint.powerOfTen(NANO - exponent);
            final long quotient = low / divisor;
            return quotient * divisor == low ? quotient : quotient + 1;
        }
        return nanoOfLarge(high, low, NANO - exponent);
    }

    // Divides by at most 10^27 in two steps; rounding up twice is rounding up once.
    private static long nanoOfLarge(final long high, final long low, final int power)
    {
        if (high < 0)
        {
            return Long.MAX_VALUE;
        }
        final long first = divideUp(high, low, FixedPoint.powerOfTen(Math.min(power, MAX_POWER)));
        if (power <= MAX_POWER || first == Long.MAX_VALUE)
        {
            return first;
        }
        final long divisor = FixedPoint.powerOfTen(power - MAX_POWER);
        return first / divisor + (first % divisor == 0 ? 0 : 1);
    }

    // The second factor is never negative.
    private static long unsignedMultiplyHigh(final long a, final long b)
    {
        return Math.multiplyHigh(a, b) + ((a >> 63) & b);
    }

    private static long divideUp(final long high, final long low, final long divisor)
    {
        if (high >= divisor)
        {
            return Long.MAX_VALUE;
        }
        long remainder = high;
        long quotient = 0;
        for (int bit = 63; bit >= 0; bit--)
        {
            remainder = (remainder << 1) | ((low >>> bit) & 1);
            quotient <<= 1;
            if (remainder >= divisor)
            {
                remainder -= divisor;
                quotient |= 1;
            }
        }
        final boolean fits = quotient >= 0 && quotient < Long.MAX_VALUE;
        return fits ? quotient + (remainder == 0 ? 0 : 1) : Long.MAX_VALUE;
    }
}
