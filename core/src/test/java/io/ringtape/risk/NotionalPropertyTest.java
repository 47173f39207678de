package io.ringtape.risk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.event.FixedPoint;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** The notional in 192 bits against big integers. */
final class NotionalPropertyTest
{
    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

    @Property(tries = 5_000)
    void shouldEqualBigIntegers(
        @ForAll @LongRange(min = 0) final long price,
        @ForAll @LongRange(min = 1) final long quantity,
        @ForAll @LongRange(min = 1) final long multiplier,
        @ForAll @IntRange(min = 0, max = 18) final int exponent,
        @ForAll @LongRange(min = 0) final long limit)
    {
        assertSame(price, quantity, multiplier, exponent, limit);
    }

    @Property(tries = 5_000)
    void shouldEqualBigIntegersNextToTheLimit(
        @ForAll @LongRange(min = 0, max = 4_000_000_000L) final long price,
        @ForAll @LongRange(min = 1, max = 1_000_000L) final long quantity,
        @ForAll @LongRange(min = 1, max = 100L) final long multiplier,
        @ForAll @IntRange(min = 0, max = 8) final int exponent,
        @ForAll @IntRange(min = -1, max = 1) final int apart)
    {
        final BigInteger product = product(price, quantity, multiplier);
        final long limit = Math.max(0, product.divide(scale(exponent)).longValueExact() + apart);

        assertSame(price, quantity, multiplier, exponent, limit);
    }

    @Property(tries = 5_000)
    void shouldEqualBigIntegersInNanos(
        @ForAll @LongRange(min = 0) final long price,
        @ForAll @LongRange(min = 1) final long quantity,
        @ForAll @LongRange(min = 1) final long multiplier,
        @ForAll @IntRange(min = -36, max = 0) final int exponent)
    {
        assertNanos(price, quantity, multiplier, exponent);
    }

    @Property(tries = 5_000)
    void shouldEqualBigIntegersInNanosOfUsualOrders(
        @ForAll @LongRange(min = 0, max = 4_000_000_000L) final long price,
        @ForAll @LongRange(min = 1, max = 1_000_000L) final long quantity,
        @ForAll @LongRange(min = 1, max = 100L) final long multiplier,
        @ForAll @IntRange(min = -36, max = 0) final int exponent)
    {
        assertNanos(price, quantity, multiplier, exponent);
    }

    private static void assertNanos(
        final long price, final long quantity, final long multiplier, final int exponent)
    {
        final BigInteger product = product(price, quantity, multiplier);
        final BigInteger roundedUp = quotientUp(product.multiply(scale(9)), scale(-exponent));
        // Nobody trades so much: it counts as all there is.
        final boolean isTooLarge = product.bitLength() >= Long.SIZE + Long.SIZE ||
            (exponent < -27 && quotientUp(product, scale(18)).compareTo(MAX) > 0);

        assertEquals((isTooLarge ? MAX : roundedUp.min(MAX)).longValueExact(),
            Notional.nano(price, quantity, multiplier, exponent));
    }

    private static BigInteger quotientUp(final BigInteger dividend, final BigInteger divisor)
    {
        return dividend.add(divisor).subtract(BigInteger.ONE).divide(divisor);
    }

    private static void assertSame(
        final long price, final long quantity, final long multiplier, final int exponent, final long limit)
    {
        final BigInteger product = product(price, quantity, multiplier);
        final BigInteger scale = scale(exponent);
        final BigInteger roundedUp = product.add(scale).subtract(BigInteger.ONE).divide(scale);
        final boolean within = product.compareTo(BigInteger.valueOf(limit).multiply(scale)) <= 0;

        assertEquals(within ? 0 : roundedUp.min(MAX).longValueExact(),
            Notional.beyond(price, quantity, multiplier, FixedPoint.powerOfTen(exponent), limit));
    }

    private static BigInteger product(final long price, final long quantity, final long multiplier)
    {
        return BigInteger.valueOf(price).multiply(BigInteger.valueOf(quantity))
            .multiply(BigInteger.valueOf(multiplier));
    }

    private static BigInteger scale(final int exponent)
    {
        return BigInteger.TEN.pow(exponent);
    }
}
