package io.ringtape.order;

import io.ringtape.event.FixedPoint;
import io.ringtape.event.InstrumentDefinition;

/**
 * Computes the fees of one instrument's fills, in integers. Hot path.
 * <p>
 * Each part of the {@link FeeRate} is rounded up to 10^-9 of the currency: a fee against who pays it, a rebate against
 * who gets it. The notional is that of the absolute price.
 * <p>
 * Thread safety: none; one thread.
 * Allocation: on construction only.
 */
public final class FeeCalculator
{
    /** The unit of a share of the notional times that of a result: 10^-6 and 10^-9. */
    private static final int SCALE = 3;
    private static final int MAX_POWER = 18;

    private final Wide product = new Wide();
    private final FeeRate rate;
    private final String symbol;
    private final long multiplier;
    private final int exponent;
    private final int quantityExponent;

    /**
     * A calculator.
     *
     * @param instrument of the fills.
     * @param rate       that applies.
     */
    public FeeCalculator(final InstrumentDefinition instrument, final FeeRate rate)
    {
        this.rate = rate;
        symbol = instrument.symbol();
        multiplier = instrument.multiplier();
        quantityExponent = instrument.quantityExponent();
        exponent = instrument.priceExponent() + quantityExponent;
    }

    /**
     * The fee of a fill.
     *
     * @param price    in price units of the instrument.
     * @param quantity in quantity units of the instrument, above 0.
     * @param maker    whether the order was resting.
     * @return in 10^-9 of the currency; below 0 for a rebate.
     * @throws ArithmeticException if it does not fit into 64 bits; the message names the instrument.
     */
    public long feeNano(final long price, final long quantity, final boolean maker)
    {
        final long ofNotional = ofNotional(price, quantity, maker ? rate.makerPpm() : rate.takerPpm());
        final long ofUnits = ofUnits(price, quantity, maker ? rate.makerPerUnitNano() : rate.takerPerUnitNano());
        final long sum = ofNotional + ofUnits;
        if (((ofNotional ^ sum) & (ofUnits ^ sum)) < 0)
        {
            throw doesNotFit(price, quantity);
        }
        return sum;
    }

    private long ofNotional(final long price, final long quantity, final int ppm)
    {
        if (ppm == 0)
        {
            return 0;
        }
        final int power = exponent + SCALE;
        final boolean fits = product.setProduct(Math.abs(price), quantity).multiply(multiplier) &&
            product.multiply(Math.abs(ppm)) && (power <= 0 || product.multiply(FixedPoint.powerOfTen(power)));
        if (!fits)
        {
            throw doesNotFit(price, quantity);
        }
        return divideUp(-power, ppm < 0, price, quantity);
    }

    private long ofUnits(final long price, final long quantity, final long perUnitNano)
    {
        if (perUnitNano == 0)
        {
            return 0;
        }
        product.setProduct(quantity, Math.abs(perUnitNano));
        return divideUp(-quantityExponent, perUnitNano < 0, price, quantity);
    }

    private long divideUp(final int power, final boolean rebate, final long price, final long quantity)
    {
        if (!rebate)
        {
            product.negate();
        }
        // Rounded down where the sign is turned, so rounded up.
        for (int left = power; left > 0; left -= MAX_POWER)
        {
            product.divideFloor(FixedPoint.powerOfTen(Math.min(left, MAX_POWER)));
        }
        final long turned = product.saturated();
        if (turned == Long.MIN_VALUE || turned == Long.MAX_VALUE)
        {
            throw doesNotFit(price, quantity);
        }
        return -turned;
    }

    private ArithmeticException doesNotFit(final long price, final long quantity)
    {
        return new ArithmeticException(
            "fee does not fit: instrument=" + symbol + " price=" + price + " quantity=" + quantity);
    }
}
