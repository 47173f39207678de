package io.ringtape.feed;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads the fields of a line of comma-separated numbers in place.
 * <p>
 * Hot path. Errors are sentinels: the decoder knows the names.
 * Thread safety: none; one thread.
 * Allocation: on construction only.
 */
final class CsvCursor
{
    /** What {@link #number()} returns where there is no number, or none that fits. */
    static final long NOT_A_NUMBER = Long.MIN_VALUE;

    private static final int SAFE_DIGITS = 18;
    private static final long ZEROS = 0x3030_3030_3030_3030L;
    private static final long ABOVE_NINE = 0x7676_7676_7676_7676L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final int LONGEST_QUOTE = 24;

    private UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private int position;
    private int limit;

    void wrap(final UnsafeBuffer newBuffer, final int newPosition, final int newLimit)
    {
        buffer = newBuffer;
        position = newPosition;
        limit = newLimit;
    }

    int position()
    {
        return position;
    }

    /** A whole number with an optional minus sign, or {@link #NOT_A_NUMBER}; stops at the first other character. */
    long number()
    {
        final UnsafeBuffer text = buffer;
        final int end = limit;
        int i = position;
        final boolean negative = i < end && text.getByte(i) == '-';
        if (negative)
        {
            i++;
        }
        if (i + Long.BYTES <= end)
        {
            final long digits = text.getLong(i, LITTLE_ENDIAN) ^ ZEROS;
            final long others = ((digits + ABOVE_NINE) | digits) & HIGH_BITS;
            if (others != 0)
            {
                final int length = Long.numberOfTrailingZeros(others) >> 3;
                position = i + length;
                return length == 0 ? NOT_A_NUMBER : signed(eightDigits(digits << ((8 - length) << 3)), negative);
            }
        }
        return longNumber(i, negative);
    }

    /**
     * The digits behind a decimal point as nanoseconds, or {@link #NOT_A_NUMBER} if there are none. Digits behind the
     * ninth are cut off: files hold times that went through a double, such as 39632.632812672004.
     */
    long nanoseconds()
    {
        final int end = limit;
        int i = position;
        long value = 0;
        long unit = 100_000_000L;
        while (i < end)
        {
            final int digit = buffer.getByte(i) - '0';
            if (digit < 0 || digit > 9)
            {
                break;
            }
            value += digit * unit;
            unit /= 10;
            i++;
        }
        final boolean empty = i == position;
        position = i;
        return empty ? NOT_A_NUMBER : value;
    }

    /** Steps over a character if it is the next one. */
    boolean skip(final char expected)
    {
        if (position < limit && buffer.getByte(position) == expected)
        {
            position++;
            return true;
        }
        return false;
    }

    /** Steps over the end of the line: a line feed, with or without carriage return, or the end of the input. */
    boolean skipLineEnd()
    {
        skip('\r');
        return position == limit || skip('\n');
    }

    /** The text of the field around the position, for messages. */
    String quote(final int fieldStart)
    {
        final StringBuilder quoted = new StringBuilder(LONGEST_QUOTE + 2);
        for (int i = fieldStart; i < limit && quoted.length() < LONGEST_QUOTE; i++)
        {
            final int character = buffer.getByte(i);
            if (character == ',' || character == '\n' || character == '\r')
            {
                break;
            }
            quoted.append(character > ' ' && character < 0x7F ? (char)character : '?');
        }
        return quoted.toString();
    }

    // Eight digits at once, the first in the lowest byte: pairs, then fours, then all.
    private static long eightDigits(final long digits)
    {
        final long pairs = (digits * 10 + (digits >>> 8)) & 0x00FF_00FF_00FF_00FFL;
        final long fours = (pairs * 100 + (pairs >>> 16)) & 0x0000_FFFF_0000_FFFFL;
        return (fours * 10_000 + (fours >>> 32)) & 0xFFFF_FFFFL;
    }

    private static long signed(final long value, final boolean negative)
    {
        return negative ? -value : value;
    }

    // More than seven digits, or near the end of the text.
    private long longNumber(final int first, final boolean negative)
    {
        final UnsafeBuffer text = buffer;
        final int end = limit;
        int i = first;
        long value = 0;
        while (i < end)
        {
            final int digit = text.getByte(i) - '0';
            if (digit < 0 || digit > 9)
            {
                break;
            }
            value = value * 10 + digit;
            i++;
        }
        position = i;
        if (i == first)
        {
            return NOT_A_NUMBER;
        }
        if (i - first > SAFE_DIGITS)
        {
            value = checkedNumber(first, i);
        }
        return value == NOT_A_NUMBER ? value : signed(value, negative);
    }

    private long checkedNumber(final int first, final int end)
    {
        long value = 0;
        for (int i = first; i < end; i++)
        {
            final int digit = buffer.getByte(i) - '0';
            if (value > (Long.MAX_VALUE - digit) / 10)
            {
                return NOT_A_NUMBER;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
