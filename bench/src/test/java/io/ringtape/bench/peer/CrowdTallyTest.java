package io.ringtape.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.ringtape.event.OrderBookEvent;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class CrowdTallyTest
{
    private static final int EVENTS = 4;

    private final UnsafeBuffer ring = new UnsafeBuffer(new byte[EVENTS * Work.EVENT_BYTES]);

    @Test
    void shouldAddEventsOfAnyOrder()
    {
        fill(0, 1, 2, 3);
        final long inOrder = sum();
        fill(2, 0, 3, 1);

        final long otherwise = sum();

        assertEquals(CrowdTally.expected(0, EVENTS), inOrder);
        assertEquals(inOrder, otherwise);
    }

    @Test
    void shouldSeeALostAndARepeatedEvent()
    {
        fill(0, 1, 1, 3);

        assertNotEquals(CrowdTally.expected(0, EVENTS), sum());
    }

    @Test
    void shouldSeeAChangeOfAnyBit()
    {
        fill(0, 1, 2, 3);

        for (int bit = 0; bit < Work.EVENT_BYTES * Byte.SIZE; bit++)
        {
            final int at = Work.EVENT_BYTES + bit / Byte.SIZE;
            final byte before = ring.getByte(at);
            ring.putByte(at, (byte)(before ^ (1 << (bit % Byte.SIZE))));
            assertNotEquals(CrowdTally.expected(0, EVENTS), sum(), "bit=" + bit);
            ring.putByte(at, before);
        }
    }

    /** The bus gives the sequences, in the order in which the events came. */
    private void fill(final long... numbers)
    {
        for (int i = 0; i < EVENTS; i++)
        {
            ring.putLong(i * Work.EVENT_BYTES, i);
            Work.fillTail(ring, i * Work.EVENT_BYTES, numbers[i]);
        }
    }

    private long sum()
    {
        final CrowdTally tally = new CrowdTally();
        for (int i = 0; i < EVENTS; i++)
        {
            tally.add(new OrderBookEvent().wrap(ring, i * Work.EVENT_BYTES));
        }
        return tally.sum();
    }
}
