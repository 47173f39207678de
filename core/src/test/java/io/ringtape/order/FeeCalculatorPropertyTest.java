package io.ringtape.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtape.event.BookKind;
import io.ringtape.event.InstrumentDefinition;
import java.math.BigDecimal;
import java.math.RoundingMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Fees against big decimals. */
final class FeeCalculatorPropertyTest
{
    @Property(tries = 3_000)
    void shouldEqualBigDecimals(
        @ForAll @LongRange(min = -1_000_000_000_000_000L, max = 1_000_000_000_000_000L) final long price,
        @ForAll @LongRange(min = 1, max = 1_000_000_000_000L) final long quantity,
        @ForAll @LongRange(min = 1, max = 100) final long multiplier,
        @ForAll @IntRange(min = -1_000_000, max = 1_000_000) final int ppm,
        @ForAll @LongRange(min = -1_000_000_000L, max = 1_000_000_000L) final long perUnit,
        @ForAll @IntRange(min = -18, max = -9) final int priceExponent,
        @ForAll @IntRange(min = -18, max = -6) final int quantityExponent)
    {
        final FeeCalculator fees = new FeeCalculator(
            instrument(priceExponent, quantityExponent, multiplier), new FeeRate(0, ppm, 0, perUnit));
        final BigDecimal units = BigDecimal.valueOf(quantity, -quantityExponent);
        final BigDecimal ofNotional = BigDecimal.valueOf(price, -priceExponent).abs().multiply(units)
            .multiply(BigDecimal.valueOf(multiplier)).multiply(BigDecimal.valueOf(ppm, 6)).movePointRight(9);
        final BigDecimal ofUnits = units.multiply(BigDecimal.valueOf(perUnit));

        final BigDecimal notionalFee = ofNotional.setScale(0, RoundingMode.CEILING);
        final BigDecimal unitFee = ofUnits.setScale(0, RoundingMode.CEILING);
        if (fits(notionalFee) && fits(unitFee) && fits(notionalFee.add(unitFee)))
        {
            assertEquals(notionalFee.add(unitFee).longValueExact(), fees.feeNano(price, quantity, false));
        }
        else
        {
            assertThrows(ArithmeticException.class, () -> fees.feeNano(price, quantity, false));
        }
    }

    private static boolean fits(final BigDecimal fee)
    {
        return fee.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) < 0;
    }

    private static InstrumentDefinition instrument(
        final int priceExponent, final int quantityExponent, final long multiplier)
    {
        return new InstrumentDefinition(
            0, "SYM", 0, priceExponent, quantityExponent, BookKind.MBP, 0, 0, 0, multiplier);
    }
}
