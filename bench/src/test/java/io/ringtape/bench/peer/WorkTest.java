package io.ringtape.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class WorkTest
{
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[2 * Work.EVENT_BYTES]);

    @Test
    void shouldWriteAnOrderAdd()
    {
        Work.fill(buffer, 64, 7);

        final OrderBookEvent event = new OrderBookEvent().wrap(buffer, 64);
        assertEquals(7, event.sequence());
        assertEquals(EventType.ORDER_ADD, event.type());
        assertEquals(Side.BID | EventFlags.LAST, event.flags());
        assertEquals(0, event.instrumentId());
        assertEquals(0, event.sourceId());
    }

    @Test
    void shouldFoldBytesAndFieldsAlike()
    {
        final Slot slot = new Slot();

        for (long sequence = 0; sequence < 10_000; sequence++)
        {
            slot.fill(sequence);
            Work.fill(buffer, 64, sequence);

            assertEquals(slot.fold(), Work.fold(buffer, 64));
        }
    }

    @Test
    void shouldSeeAChangeOfAnyBit()
    {
        Work.fill(buffer, 0, 3);
        final long fold = Work.fold(buffer, 0);

        for (int bit = 0; bit < Work.EVENT_BYTES * Byte.SIZE; bit++)
        {
            final byte before = buffer.getByte(bit / Byte.SIZE);
            buffer.putByte(bit / Byte.SIZE, (byte)(before ^ (1 << (bit % Byte.SIZE))));
            assertNotEquals(fold, Work.fold(buffer, 0), "bit=" + bit);
            buffer.putByte(bit / Byte.SIZE, before);
        }
    }

    @Test
    void shouldSeeALostARepeatedAndASwappedEvent()
    {
        final long expected = Work.expected(5, 4);

        assertEquals(expected, sumOf(5, 6, 7, 8));
        assertNotEquals(expected, sumOf(5, 6, 8, 9));
        assertNotEquals(expected, sumOf(5, 6, 6, 8));
        assertNotEquals(expected, sumOf(5, 7, 6, 8));
    }

    private static long sumOf(final long... sequences)
    {
        final Tally tally = new Tally();
        final Slot slot = new Slot();
        tally.begin(sequences.length);
        for (final long sequence : sequences)
        {
            slot.fill(sequence);
            tally.add(slot.fold());
        }
        tally.await();
        return tally.sum();
    }
}
