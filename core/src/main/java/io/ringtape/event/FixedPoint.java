package io.ringtape.event;

import org.agrona.DirectBuffer;

/**
 * Decimal numbers as 64-bit integers in units of a power of ten, with every overflow and every lost digit an error.
 * <p>
 * Thread safety: stateless.
 * Allocation: none, but for {@link #format(long, int)} and the messages of errors.
 */
public final class FixedPoint
{
    /** The lowest exponent whose power of ten fits in 64 bits. */
    public static final int MIN_EXPONENT = -18;

    private static final long[] POWERS_OF_TEN = powersOfTen();

    private FixedPoint()
    {
    }

    /**
     * A power of ten.
     *
     * @param exponent 0 to 18.
     * @return 10^exponent.
     */
    public static long powerOfTen(final int exponent)
    {
        return POWERS_OF_TEN[exponent];
    }

    /**
     * Changes the unit of a number without losing anything.
     *
     * @param value        in units of 10^fromExponent.
     * @param fromExponent -18 to 0.
     * @param toExponent   -18 to 0.
     * @return the number in units of 10^toExponent.
     * @throws ArithmeticException if it does not fit into 64 bits, would be the null value {@code Long.MIN_VALUE}, or
     *                             if a digit would be lost; the message names the value.
     */
    public static long rescale(final long value, final int fromExponent, final int toExponent)
    {
        if (fromExponent >= toExponent)
        {
            final long factor = POWERS_OF_TEN[fromExponent - toExponent];
            final long scaled = value * factor;
            if (Math.multiplyHigh(value, factor) != scaled >> 63 || scaled == Long.MIN_VALUE)
            {
                throw doesNotFit(value, fromExponent, toExponent);
            }
            return scaled;
        }
        final long divisor = POWERS_OF_TEN[toExponent - fromExponent];
        if (value % divisor != 0)
        {
            throw doesNotFit(value, fromExponent, toExponent);
        }
        return value / divisor;
    }

    /**
     * Reads a decimal number such as {@code -12.50} from ASCII text: digits with at most one point anywhere among or
     * around them, and a minus sign at most. The least value of 64 bits does not fit: it stands for null.
     *
     * @param text     the buffer.
     * @param offset   of the first character.
     * @param length   of the number in bytes.
     * @param exponent of the wanted unit, -18 to 0.
     * @return the number in units of 10^exponent.
     * @throws NumberFormatException if the text is no decimal number.
     * @throws ArithmeticException   if it does not fit into 64 bits or has more decimals than the unit.
     */
    public static long parse(final DirectBuffer text, final int offset, final int length, final int exponent)
    {
        final int end = offset + length;
        final boolean negative = length > 0 && text.getByte(offset) == '-';
        long value = 0;
        int digits = 0;
        int decimals = -1;
        for (int i = negative ? offset + 1 : offset; i < end; i++)
        {
            final int c = text.getByte(i);
            if (c == '.' && decimals < 0)
            {
                decimals = 0;
            }
            else if (c >= '0' && c <= '9')
            {
                digits++;
                if (decimals >= 0 && decimals == -exponent)
                {
                    requireZero(c, text, offset, length, exponent);
                    continue;
                }
                value = appendDigit(value, c - '0', text, offset, length, exponent);
                decimals = decimals < 0 ? decimals : decimals + 1;
            }
            else
            {
                throw notANumber(text, offset, length);
            }
        }
        if (digits == 0)
        {
            throw notANumber(text, offset, length);
        }
        final long factor = POWERS_OF_TEN[-exponent - Math.max(0, decimals)];
        final long scaled = value * factor;
        if (Math.multiplyHigh(value, factor) != 0 || scaled < 0)
        {
            throw tooLarge(text, offset, length, exponent);
        }
        return negative ? -scaled : scaled;
    }

    /**
     * Writes a number as a plain decimal with no trailing zeros.
     *
     * @param value    in units of 10^exponent.
     * @param exponent -18 to 0.
     * @return for example {@code 223.95} for 223950000000 and -9.
     */
    public static String format(final long value, final int exponent)
    {
        final long unit = POWERS_OF_TEN[-exponent];
        final long whole = value / unit;
        long fraction = Math.abs(value % unit);
        final StringBuilder text = new StringBuilder(24);
        if (value < 0 && whole == 0)
        {
            text.append('-');
        }
        text.append(whole);
        if (fraction != 0)
        {
            text.append('.');
            for (long digit = unit / 10; fraction != 0; digit /= 10)
            {
                text.append((char)('0' + fraction / digit));
                fraction %= digit;
            }
        }
        return text.toString();
    }

    private static long appendDigit(
        final long value, final int digit, final DirectBuffer text, final int offset, final int length,
        final int exponent)
    {
        if (value > (Long.MAX_VALUE - digit) / 10)
        {
            throw tooLarge(text, offset, length, exponent);
        }
        return value * 10 + digit;
    }

    private static void requireZero(
        final int c, final DirectBuffer text, final int offset, final int length, final int exponent)
    {
        if (c != '0')
        {
            throw tooLarge(text, offset, length, exponent);
        }
    }

    private static ArithmeticException doesNotFit(final long value, final int fromExponent, final int toExponent)
    {
        return new ArithmeticException(
            "number does not fit: value=" + value + " fromExponent=" + fromExponent + " toExponent=" + toExponent);
    }

    private static ArithmeticException tooLarge(
        final DirectBuffer text, final int offset, final int length, final int exponent)
    {
        return new ArithmeticException(
            "number does not fit: value=" + text.getStringWithoutLengthAscii(offset, length) + " exponent=" + exponent);
    }

    private static NumberFormatException notANumber(final DirectBuffer text, final int offset, final int length)
    {
        return new NumberFormatException(
            "not a decimal number: value=" + text.getStringWithoutLengthAscii(offset, length));
    }

    private static long[] powersOfTen()
    {
        final long[] powers = new long[19];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++)
        {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }
}
