package io.ringtape.feed;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads the fields of a line of comma-separated numbers in place.
 * <p>
 * Hot path. Errors are sentinels: the decoder knows the names.
 */
final class CsvCursor
{
    /** What {@link #number()} returns where there is no number, or none that fits. */
    static final long NOT_A_NUMBER = Long.MIN_VALUE;

    private static final int SAFE_DIGITS = 18;
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
        final int first = i;
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
        return negative ? -value : value;
    }

    /** The digits behind a decimal point as nanoseconds; {@link #NOT_A_NUMBER} if there are none or too many. */
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
            if (unit == 0 && digit != 0)
            {
                return NOT_A_NUMBER;
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
