package io.ringtape.order;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * A signed number of 128 bits that changes in place, for sums of price x quantity. Hot path.
 * <p>
 * Sums and products are modulo 2^128 where a method does not say that it looks: {@link Position} keeps its sums so
 * small that they fit.
 * <p>
 * Thread safety: none; one thread.
 * Allocation: on construction, and in what gives a {@link BigInteger}.
 */
final class Wide
{
    private long high;
    private long low;

    Wide clear()
    {
        high = 0;
        low = 0;
        return this;
    }

    Wide set(final Wide other)
    {
        high = other.high;
        low = other.low;
        return this;
    }

    Wide setProduct(final long a, final long b)
    {
        high = Math.multiplyHigh(a, b);
        low = a * b;
        return this;
    }

    Wide add(final Wide other)
    {
        final long sum = low + other.low;
        final long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        low = sum;
        high += other.high + carry;
        return this;
    }

    Wide subtract(final Wide other)
    {
        final long borrow = Long.compareUnsigned(low, other.low) < 0 ? 1 : 0;
        low -= other.low;
        high -= other.high + borrow;
        return this;
    }

    Wide negate()
    {
        low = -low;
        high = ~high + (low == 0 ? 1 : 0);
        return this;
    }

    void store(final ByteBuffer target)
    {
        target.putLong(high).putLong(low);
    }

    void load(final ByteBuffer source)
    {
        high = source.getLong();
        low = source.getLong();
    }

    boolean isNegative()
    {
        return high < 0;
    }

    /** Whether the number is within -2^126 and 2^126, both excluded on the upper side. */
    boolean isSmall()
    {
        return high >> 62 == high >> 63;
    }

    /**
     * Multiplies if the product fits.
     *
     * @param factor 0 or more.
     * @return false if it does not fit; then nothing changed.
     */
    boolean multiply(final long factor)
    {
        final long lowHigh = unsignedMultiplyHigh(low, factor);
        final long highHigh = Math.multiplyHigh(high, factor);
        final long highLow = high * factor;
        final long sum = highLow + lowHigh;
        final long carry = Long.compareUnsigned(sum, highLow) < 0 ? 1 : 0;
        if (highHigh + carry != sum >> 63)
        {
            return false;
        }
        high = sum;
        low *= factor;
        return true;
    }

    /**
     * Divides, rounding down.
     *
     * @param divisor above 0.
     * @return the remainder, 0 or more.
     */
    long divideFloor(final long divisor)
    {
        if (high == low >> 63)
        {
            final long remainder = Math.floorMod(low, divisor);
            low = Math.floorDiv(low, divisor);
            high = low >> 63;
            return remainder;
        }
        long remainder = Math.floorMod(high, divisor);
        final long quotientHigh = Math.floorDiv(high, divisor);
        long quotient = 0;
        for (int bit = 63; bit >= 0; bit--)
        {
            // Unsigned: the divisor has 63 bits, twice a remainder may have 64.
            remainder = (remainder << 1) | ((low >>> bit) & 1);
            quotient <<= 1;
            if (Long.compareUnsigned(remainder, divisor) >= 0)
            {
                remainder -= divisor;
                quotient |= 1;
            }
        }
        high = quotientHigh;
        low = quotient;
        return remainder;
    }

    /** The number, held at the ends of 64 bits. */
    long saturated()
    {
        return high == low >> 63 ? low : high < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    BigInteger toBigInteger()
    {
        return BigInteger.valueOf(high).shiftLeft(64).add(new BigInteger(Long.toUnsignedString(low)));
    }

    // The second factor is never negative.
    private static long unsignedMultiplyHigh(final long a, final long b)
    {
        return Math.multiplyHigh(a, b) + ((a >> 63) & b);
    }
}
