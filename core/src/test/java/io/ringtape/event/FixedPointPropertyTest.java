package io.ringtape.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.agrona.concurrent.UnsafeBuffer;

/** Fixed point against BigDecimal. */
final class FixedPointPropertyTest
{
    @Property
    void shouldReadWhatBigDecimalReads(
        @ForAll("decimals") final String text, @ForAll @IntRange(max = 18) final int scale)
    {
        final BigDecimal scaled = new BigDecimal(text).scaleByPowerOfTen(scale);

        if (fits(scaled))
        {
            assertEquals(scaled.longValueExact(), parse(text, -scale));
        }
        else
        {
            assertThrows(ArithmeticException.class, () -> parse(text, -scale));
        }
    }

    @Property
    void shouldReadBackWhatItWrote(@ForAll final long value, @ForAll @IntRange(max = 18) final int scale)
    {
        final String text = FixedPoint.format(value, -scale);

        assertEquals(0, new BigDecimal(text).compareTo(BigDecimal.valueOf(value, scale)));
        if (value != Long.MIN_VALUE)
        {
            assertEquals(value, parse(text, -scale));
        }
    }

    @Property
    void shouldRescaleAsBigDecimalDoes(
        @ForAll("mantissas") final BigInteger mantissa, @ForAll @IntRange(min = -18, max = 0) final int from,
        @ForAll @IntRange(min = -18, max = 0) final int to)
    {
        final long value = mantissa.longValue();
        final BigDecimal scaled = BigDecimal.valueOf(value).scaleByPowerOfTen(from - to);

        if (fits(scaled))
        {
            assertEquals(scaled.longValueExact(), FixedPoint.rescale(value, from, to));
        }
        else
        {
            assertThrows(ArithmeticException.class, () -> FixedPoint.rescale(value, from, to));
        }
    }

    @Provide
    Arbitrary<String> decimals()
    {
        return Combinators.combine(mantissas(), Arbitraries.integers().between(0, 20))
            .as((mantissa, scale) -> new BigDecimal(mantissa, scale).toPlainString());
    }

    // Mostly around the edges of 64 bits, and numbers with many trailing zeros.
    @Provide
    Arbitrary<BigInteger> mantissas()
    {
        final BigInteger edge = BigInteger.valueOf(Long.MAX_VALUE);
        final Arbitrary<BigInteger> nearEdge = Arbitraries.integers().between(-3, 3)
            .map((distance) -> edge.add(BigInteger.valueOf(distance)));
        final Arbitrary<BigInteger> round = Combinators.combine(
            Arbitraries.longs().between(-9_999, 9_999), Arbitraries.integers().between(0, 18))
            .as((digits, zeros) -> BigInteger.valueOf(digits).multiply(BigInteger.TEN.pow(zeros)));
        return Arbitraries.oneOf(
            Arbitraries.longs().map(BigInteger::valueOf), nearEdge, nearEdge.map(BigInteger::negate), round);
    }

    private static boolean fits(final BigDecimal scaled)
    {
        final BigDecimal whole = scaled.stripTrailingZeros();
        return whole.scale() <= 0 && whole.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
    }

    private static long parse(final String text, final int exponent)
    {
        final byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return FixedPoint.parse(new UnsafeBuffer(bytes), 0, bytes.length, exponent);
    }
}
