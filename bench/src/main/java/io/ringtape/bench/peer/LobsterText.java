package io.ringtape.bench.peer;

import io.ringtape.feed.LobsterDecoder;
import java.time.LocalDate;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The first rows of a day's LOBSTER pair as text.
 * <p>
 * Thread safety: immutable. Allocation: all of it when made.
 *
 * @param rows     of each of the two.
 * @param messages the message file.
 * @param books    the orderbook file.
 */
record LobsterText(int rows, UnsafeBuffer messages, UnsafeBuffer books)
{
    static final int DEPTH = 5;
    static final long MIDNIGHT_NS = LobsterDecoder.midnightNs(LocalDate.of(2012, 6, 21));

    static LobsterText load(final int rows)
    {
        return new LobsterText(rows,
            DecodeBytes.lines(CaptureFile.AMZN_LEVEL_5, "message", rows),
            DecodeBytes.lines(CaptureFile.AMZN_LEVEL_5, "orderbook", rows));
    }

    static String[] rowsOf(final UnsafeBuffer file)
    {
        return file.getStringWithoutLengthAscii(0, file.capacity() - DecodeBytes.PADDING_BYTES).split("\n");
    }
}
