package io.ringtape.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class EventBatchTest
{
    @Test
    void shouldStartEmpty()
    {
        final EventBatch batch = new EventBatch(4);

        assertEquals(0, batch.count());
        assertEquals(4 * OrderBookEvent.SIZE_BYTES, batch.buffer().capacity());
        assertEquals(0, batch.buffer().addressOffset() % BitUtil.CACHE_LINE_LENGTH);
    }

    @Test
    void shouldHoldAtLeastOneEvent()
    {
        assertEquals(OrderBookEvent.SIZE_BYTES, new EventBatch(0).buffer().capacity());
        assertEquals(OrderBookEvent.SIZE_BYTES, new EventBatch(-7).buffer().capacity());
    }

    @Test
    void shouldRefuseMoreThanTheLargestRing()
    {
        assertEquals("initialCapacity must be at most 16777216: initialCapacity=67108864",
            assertThrows(IllegalArgumentException.class, () -> new EventBatch(1 << 26)).getMessage());
    }

    @Test
    void shouldKeepEventsWhenItGrows()
    {
        final EventBatch batch = new EventBatch(1);

        for (int i = 0; i < 1_000; i++)
        {
            batch.append().sequence(i).orderId(-i);
        }

        assertEquals(1_000, batch.count());
        assertEquals(1_024 * OrderBookEvent.SIZE_BYTES, batch.buffer().capacity());
        for (int i = 0; i < 1_000; i++)
        {
            assertEquals(i, batch.event(i).sequence());
            assertEquals(-i, batch.event(i).orderId());
            assertEquals(i, batch.buffer().getLong(i * OrderBookEvent.SIZE_BYTES));
        }
    }

    @Test
    void shouldReplaceItsBufferOnlyWhenItGrows()
    {
        final EventBatch batch = new EventBatch(2);
        final UnsafeBuffer first = batch.buffer();

        batch.append();
        batch.append();
        assertSame(first, batch.buffer());

        batch.append();
        assertNotSame(first, batch.buffer());
    }

    @Test
    void shouldAppendBlankEventsAlsoAfterClear()
    {
        final EventBatch batch = new EventBatch(1);
        batch.append().sequence(1).price(2).quantity(3).flags(0xFFFF);

        batch.clear();
        final OrderBookEvent event = batch.append();

        assertEquals(1, batch.count());
        assertEquals(0, event.sequence());
        assertEquals(OrderBookEvent.NULL_PRICE, event.price());
        assertEquals(OrderBookEvent.NULL_QUANTITY, event.quantity());
        assertEquals(0, event.flags());
    }

    @Test
    void shouldNameAnIndexThatIsNotThere()
    {
        final EventBatch batch = new EventBatch(4);
        batch.append();

        assertEquals("index=1 count=1",
            assertThrows(IndexOutOfBoundsException.class, () -> batch.event(1)).getMessage());
        assertEquals("index=-1 count=1",
            assertThrows(IndexOutOfBoundsException.class, () -> batch.event(-1)).getMessage());
    }

    @Test
    void shouldAllocateNothingOnceItHasItsSize()
    {
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        final EventBatch batch = new EventBatch(1);
        long least = Long.MAX_VALUE;

        for (int round = 0; round < 20; round++)
        {
            final long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            batch.clear();
            for (int i = 0; i < 1_000; i++)
            {
                batch.append().sequence(i);
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }

        assertEquals(0, least);
    }
}
