package io.ringtape.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The expected values come from an implementation of the formula in {@link Hash64}'s Javadoc in Python, whose integers
 * have no size: words packed with {@code struct.pack('<7qiBBH', ...)} and read as unsigned, constants from SplitMix64
 * seeded with 0, every product and sum taken modulo 2^64.
 */
@Timeout(10)
final class Hash64Test
{
    @Test
    void shouldTakeItsConstantsFromSplitMix64()
    {
        final long[] constants =
            {Hash64.K0, Hash64.K1, Hash64.K2, Hash64.K3, Hash64.K4, Hash64.K5, Hash64.K6};

        long state = 0;
        for (final long constant : constants)
        {
            state += 0x9E3779B97F4A7C15L;
            long z = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
            z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
            assertEquals((z ^ z >>> 31) | 1, constant);
        }
    }

    @Test
    void shouldGiveTheGoldenHashesOfEvents()
    {
        final OrderBookEvent event = Events.blank().sequence(17).eventTimeNs(1_700_000_000_123_456_789L)
            .receiveTimeNs(1_700_000_000_123_999_999L).orderId(-42).price(223_950_000_000L).quantity(100)
            .sourceSequence(7).instrumentId(3).type(1).sourceId(2).flags(5);
        final OrderBookEvent extreme = Events.blank().sequence(18).eventTimeNs(0).receiveTimeNs(-1)
            .orderId(Long.MIN_VALUE).sourceSequence(-1).instrumentId(Integer.MAX_VALUE).type(255).sourceId(255)
            .flags(0xFFFF);

        final long first = Hash64.addEvent(Hash64.START, event, event.orderId(), event.sourceSequence());
        final long second = Hash64.addEvent(first, extreme, extreme.orderId(), extreme.sourceSequence());

        assertEquals("bdcf13c4bcaa6b20", EventHashes.hex(first));
        assertEquals("d7d68637faa1b3d8", EventHashes.hex(second));
    }

    @Test
    void shouldGiveTheGoldenHashesOfLevels()
    {
        final long first = Hash64.addLevel(Hash64.START, 3, Side.BID, -5, 100, 2);
        final long second = Hash64.addLevel(first, Integer.MAX_VALUE, Side.ASK, Long.MAX_VALUE, 1L << 62, 0);

        assertEquals("89e191c7b3ee86a8", EventHashes.hex(first));
        assertEquals("3c9a5bf64e48303f", EventHashes.hex(second));
    }

    @Test
    void shouldChangeWithEveryBitButThoseOfTheSequence()
    {
        final OrderBookEvent event = Events.blank();
        final long blank = Hash64.addEvent(Hash64.START, event, event.orderId(), event.sourceSequence());

        for (int bit = 0; bit < 8 * OrderBookEvent.SIZE_BYTES; bit++)
        {
            final int offset = bit >>> 3;
            final byte old = event.buffer().getByte(offset);
            event.buffer().putByte(offset, (byte)(old ^ 1 << (bit & 7)));
            final long changed = Hash64.addEvent(Hash64.START, event, event.orderId(), event.sourceSequence());
            event.buffer().putByte(offset, old);

            if (offset < EventLayout.EVENT_TIME_OFFSET)
            {
                assertEquals(blank, changed);
            }
            else
            {
                assertNotEquals(blank, changed, "bit=" + bit);
            }
        }
    }

    @Test
    void shouldDependOnTheOrderOfRecords()
    {
        final long ab = Hash64.addLevel(Hash64.addLevel(Hash64.START, 0, 1, 100, 1, 1), 0, 1, 101, 1, 1);
        final long ba = Hash64.addLevel(Hash64.addLevel(Hash64.START, 0, 1, 101, 1, 1), 0, 1, 100, 1, 1);

        assertNotEquals(ab, ba);
    }
}
