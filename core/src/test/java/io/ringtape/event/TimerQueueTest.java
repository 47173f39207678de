package io.ringtape.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class TimerQueueTest
{
    private final TimerQueue queue = new TimerQueue(4);
    private final OrderBookEvent timer = Events.blank();
    private long lastNumber;

    @Test
    void shouldTakeTimersByDeadlineOwnerAndId()
    {
        assertTrue(request(2, 1, 50));
        assertTrue(request(1, 9, 50));
        assertTrue(request(1, -3, 50));
        assertTrue(request(7, 7, 40));

        assertEquals("40/7/7 50/1/-3 50/1/9 50/2/1 ", takeAll());
    }

    @Test
    void shouldWriteTheFieldsOfTheTimer()
    {
        request(3, 8, 1_000);

        queue.take(timer);

        assertEquals(EventType.TIMER, timer.type());
        assertEquals(8, timer.orderId());
        assertEquals(1_000, timer.price());
        assertEquals(3, timer.quantity());
        assertEquals(3, timer.sourceId());
        assertEquals(1, timer.sourceSequence());
        assertEquals(1_000, timer.eventTimeNs());
        assertEquals(1_000, timer.receiveTimeNs());
        assertEquals(0, timer.flags());
        assertEquals(0, timer.instrumentId());
    }

    @Test
    void shouldBeDueFromTheDeadlineOn()
    {
        assertFalse(queue.isDue(Long.MAX_VALUE));
        request(1, 1, 100);

        assertFalse(queue.isDue(99));
        assertTrue(queue.isDue(100));
        assertTrue(queue.isDue(101));
        queue.take(timer);
        assertFalse(queue.isDue(Long.MAX_VALUE));
    }

    @Test
    void shouldReplaceATimerOfTheSameOwnerAndId()
    {
        request(1, 1, 100);
        request(2, 1, 150);
        request(1, 1, 200);

        assertEquals(2, queue.size());
        assertEquals("150/2/1 200/1/1 ", takeAll());
        assertEquals(3, timer.sourceSequence());
    }

    @Test
    void shouldCancelThatTimerAndNoOther()
    {
        request(1, 1, 100);
        request(1, 2, 50);
        request(2, 1, 70);

        assertTrue(request(1, 1, OrderBookEvent.NULL_PRICE));
        assertTrue(request(1, 2, OrderBookEvent.NULL_PRICE));
        assertTrue(request(9, 9, OrderBookEvent.NULL_PRICE));

        assertEquals("70/2/1 ", takeAll());
    }

    @Test
    void shouldRefuseOneMoreThanThereIsRoomFor()
    {
        for (int id = 0; id < 4; id++)
        {
            assertTrue(request(1, id, id));
        }

        assertFalse(request(1, 4, 0));
        assertTrue(request(1, 3, 10));
        assertTrue(request(1, 0, OrderBookEvent.NULL_PRICE));
        assertTrue(request(1, 4, 0));

        assertEquals("0/1/4 1/1/1 2/1/2 10/1/3 ", takeAll());
    }

    @Test
    void shouldRefuseWhatItCannotDo()
    {
        assertEquals("no timer is pending",
            assertThrows(IllegalStateException.class, () -> queue.take(timer)).getMessage());
        assertEquals("timers must be 0 to 4096: timers=4097",
            assertThrows(IllegalArgumentException.class, () -> new TimerQueue(4097)).getMessage());
        assertEquals("timers must be 0 to 4096: timers=-1",
            assertThrows(IllegalArgumentException.class, () -> new TimerQueue(-1)).getMessage());
        assertFalse(new TimerQueue(0).apply(Events.blank().type(EventType.TIMER_REQUEST).price(1)));
    }

    @Test
    void shouldGoOnFromAStoredState()
    {
        request(1, 1, 100);
        request(2, 1, 50);
        request(1, 7, 100);
        final ByteBuffer bytes = ByteBuffer.allocate((int)queue.stateBytes());
        queue.writeState(bytes);
        final TimerQueue other = new TimerQueue(4);
        other.apply(Events.blank().type(EventType.TIMER_REQUEST).sourceId(9).orderId(9).price(1).quantity(1));

        other.readState(bytes.flip());

        assertFalse(other.isDue(49));
        assertTrue(other.isDue(50));
        assertEquals(takeAll(queue), takeAll(other));
        assertFalse(other.isDue(Long.MAX_VALUE));
    }

    @Test
    void shouldTakeOverNoStateOfAnotherLength()
    {
        request(1, 1, 100);
        request(2, 1, 50);
        final ByteBuffer bytes = ByteBuffer.allocate((int)queue.stateBytes());
        queue.writeState(bytes);

        assertEquals("state of timers has a wrong length: bytes=64 timers=1",
            assertThrows(IllegalArgumentException.class, () -> new TimerQueue(1).readState(bytes.flip()))
                .getMessage());
        assertEquals("state of timers has a wrong length: bytes=63 timers=4",
            assertThrows(IllegalArgumentException.class, () -> queue.readState(bytes.clear().limit(63)))
                .getMessage());
    }

    private boolean request(final int owner, final long id, final long deadlineNs)
    {
        return queue.apply(Events.blank().type(EventType.TIMER_REQUEST).sourceId(owner).orderId(id)
            .price(deadlineNs).quantity(++lastNumber));
    }

    private String takeAll()
    {
        return takeAll(queue);
    }

    private String takeAll(final TimerQueue queue)
    {
        final StringBuilder taken = new StringBuilder();
        while (queue.size() > 0)
        {
            queue.take(timer);
            taken.append(timer.price()).append('/').append(timer.quantity()).append('/').append(timer.orderId())
                .append(' ');
        }
        return taken.toString();
    }
}
