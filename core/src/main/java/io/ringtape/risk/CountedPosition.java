package io.ringtape.risk;

import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * An opening position in the units of its instrument. What is no whole number of its quantity units is rounded away
 * from 0 and not known. Prices are rounded: the average price down, which changes nothing of what the day made, since
 * that is told at the mark; the mark to the nearest unit, and what the position makes over the difference is taken into
 * the day.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param quantity above 0 long, below 0 short; held at the ends of 64 bits.
 * @param price    that it cost; 0 if there is none.
 * @param mark     that it is valued at; 0 if there is none.
 * @param dayNano  won on the day at that mark.
 * @param isKnown  whether the quantity is whole and all of it fits; else its profit is not known.
 */
record CountedPosition(long quantity, long price, long mark, long dayNano, boolean isKnown)
{
    private static final int NANO_DECIMALS = 9;

    /**
     * Counts a position.
     *
     * @param position   to count.
     * @param mark       of its symbol.
     * @param definition of the instrument.
     * @param isDayOver  whether what was won on its day is no longer today's.
     * @return in the instrument's units.
     */
    static CountedPosition of(
        final OpeningPosition position, final Optional<BigDecimal> mark, final InstrumentDefinition definition,
        final boolean isDayOver)
    {
        final int priceScale = -definition.priceExponent();
        final BigDecimal exact = exact(position, definition);
        final BigDecimal exactMark = mark.orElse(BigDecimal.ZERO).scaleByPowerOfTen(priceScale);
        final long quantity = quantity(position, definition);
        final long price =
            held(position.averagePrice().orElse(BigDecimal.ZERO).scaleByPowerOfTen(priceScale), RoundingMode.FLOOR);
        final long roundedMark = held(exactMark, RoundingMode.HALF_EVEN);
        final BigDecimal rounded = nano(exact, BigDecimal.valueOf(roundedMark).subtract(exactMark), definition);
        final long dayNano =
            held(rounded.add(BigDecimal.valueOf(isDayOver ? 0 : position.dayNano())), RoundingMode.FLOOR);
        final long unrealised = held(nano(exact, BigDecimal.valueOf(roundedMark).subtract(BigDecimal.valueOf(price)),
            definition), RoundingMode.FLOOR);
        return new CountedPosition(quantity, price, roundedMark, dayNano,
            exact.compareTo(BigDecimal.valueOf(quantity)) == 0 && fits(price) && fits(roundedMark) && fits(dayNano) &&
            fits(unrealised));
    }

    /**
     * What counts of a position.
     *
     * @param position   to count.
     * @param definition of the instrument.
     * @return in quantity units, rounded away from 0; held at the ends of 64 bits.
     */
    static long quantity(final OpeningPosition position, final InstrumentDefinition definition)
    {
        return held(exact(position, definition), RoundingMode.UP);
    }

    private static BigDecimal exact(final OpeningPosition position, final InstrumentDefinition definition)
    {
        return position.quantity().scaleByPowerOfTen(-definition.quantityExponent());
    }

    private static BigDecimal nano(
        final BigDecimal quantity, final BigDecimal price, final InstrumentDefinition definition)
    {
        return quantity.multiply(price).multiply(BigDecimal.valueOf(definition.multiplier()))
            .scaleByPowerOfTen(NANO_DECIMALS + definition.priceExponent() + definition.quantityExponent());
    }

    private static boolean fits(final long value)
    {
        return value != Long.MAX_VALUE && value != -Long.MAX_VALUE;
    }

    private static long held(final BigDecimal value, final RoundingMode rounding)
    {
        final BigInteger whole = value.setScale(0, rounding).toBigInteger();
        return whole.bitLength() < Long.SIZE && whole.longValue() != OrderBookEvent.NULL_PRICE ? whole.longValue() :
            whole.signum() * Long.MAX_VALUE;
    }
}
