package io.ringtape.feed;

import io.ringtape.event.Side;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The fields of one line of a LOBSTER message file, checked, in LOBSTER's units.
 * <p>
 * Hot path.
 * Thread safety: none; one thread.
 * Allocation: on construction, and for an error.
 */
final class LobsterMessage
{
    /** The highest price, up or down, that fits into our unit. */
    static final long MAX_PRICE = Long.MAX_VALUE / LobsterDecoder.PRICE_FACTOR;

    private static final long DAY_SECONDS = 86_400L;
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final int STATUS = 7;

    long timeNs;
    int type;
    long orderId;
    long size;
    long price;
    /** Of the resting order; a status has none that means anything. */
    int side;

    private final CsvCursor line = new CsvCursor();
    private final long midnightNs;
    private long row;

    LobsterMessage(final long midnightNs)
    {
        this.midnightNs = midnightNs;
    }

    /** Reads a line and returns the offset behind it. */
    int read(final UnsafeBuffer buffer, final int offset, final int limit, final long rowNumber) throws FeedException
    {
        line.wrap(buffer, offset, limit);
        row = rowNumber;
        timeNs = readTime();
        requireComma("type");
        final long code = number("type");
        if (code < 1 || code > STATUS)
        {
            throw error("unknown message type", "type", "value=" + code);
        }
        type = (int)code;
        requireComma("order id");
        orderId = number("order id");
        requireComma("size");
        size = number("size");
        requireComma("price");
        price = number("price");
        requireComma("direction");
        final long direction = number("direction");
        if (!line.skipLineEnd())
        {
            throw error("message has more than 6 fields", "direction", "found=" + line.quote(line.position()));
        }
        side = direction > 0 ? Side.BID : Side.ASK;
        if (type != STATUS)
        {
            requireUsable(direction);
        }
        return line.position();
    }

    private long readTime() throws FeedException
    {
        final long seconds = number("time");
        if (seconds < 0 || seconds > DAY_SECONDS)
        {
            throw error("time is not within a day", "time", "seconds=" + seconds);
        }
        long nanoseconds = 0;
        if (line.skip('.'))
        {
            final int start = line.position();
            nanoseconds = line.nanoseconds();
            if (nanoseconds == CsvCursor.NOT_A_NUMBER)
            {
                throw error("decimals are no digits", "time", "value=" + line.quote(start));
            }
        }
        return midnightNs + seconds * NS_PER_SECOND + nanoseconds;
    }

    private void requireUsable(final long direction) throws FeedException
    {
        if (direction != 1 && direction != -1)
        {
            throw error("direction is not 1 or -1", "direction", "value=" + direction);
        }
        // Trades do not touch a level, so an empty one does no harm.
        if (size < 1 && (type < 5 || size < 0))
        {
            throw error("size is too small", "size", "value=" + size);
        }
        if (price > MAX_PRICE || price < -MAX_PRICE)
        {
            throw error("price does not fit", "price", "value=" + price);
        }
    }

    private long number(final String field) throws FeedException
    {
        final int start = line.position();
        final long value = line.number();
        if (value == CsvCursor.NOT_A_NUMBER)
        {
            throw error("not a whole number of 64 bits", field, "value=" + line.quote(start));
        }
        return value;
    }

    private void requireComma(final String next) throws FeedException
    {
        if (!line.skip(','))
        {
            throw error("comma expected before the field", next, "found=" + line.quote(line.position()));
        }
    }

    private FeedException error(final String problem, final String field, final String details)
    {
        return new FeedException(problem, field, FeedException.Unit.ROW, row, details);
    }
}
