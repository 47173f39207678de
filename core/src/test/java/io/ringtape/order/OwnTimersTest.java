package io.ringtape.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.book.Books;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.SourceDefinition;
import io.ringtape.event.TimerQueue;
import io.ringtape.risk.RiskGate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class OwnTimersTest
{
    private static final int OWNER = 5;

    private final Definitions definitions = new Definitions();
    private final EventBatch sent = new EventBatch(16);
    private final OwnOrders orders = new OwnOrders(
        1, new SourceDefinition(OWNER, SourceDefinition.Kind.STRATEGY, "test", 0, 0, 0), definitions,
        RiskGate.builder(definitions, new Books(definitions)::book).build(), this::offer);
    private final OwnTimers timers = new OwnTimers(orders, 2);
    private int answer = EventPublisher.ACCEPTED;

    @Test
    void shouldWriteARequestWithItsCause()
    {
        orders.inHand(input(77).eventTimeNs(5).receiveTimeNs(6));

        assertEquals(Timers.ACCEPTED, timers.schedule(-4, 1_000));

        final OrderBookEvent request = sent.event(0);
        assertEquals(EventType.TIMER_REQUEST, request.type());
        assertEquals(EventFlags.OWN | EventFlags.LAST, request.flags());
        assertEquals(-4, request.orderId());
        assertEquals(1_000, request.price());
        assertEquals(1, request.quantity());
        assertEquals(OWNER, request.sourceId());
        assertEquals(77, request.sourceSequence());
        assertEquals(5, request.eventTimeNs());
        assertEquals(6, request.receiveTimeNs());
    }

    @Test
    void shouldCancelWithTheNumberOfTheRequest()
    {
        timers.schedule(1, 100);
        timers.schedule(2, 200);

        assertEquals(Timers.ACCEPTED, timers.cancel(1));

        assertEquals(1, sent.event(2).orderId());
        assertEquals(OrderBookEvent.NULL_PRICE, sent.event(2).price());
        assertEquals(1, sent.event(2).quantity());
        assertFalse(timers.isPending(1));
        assertTrue(timers.isPending(2));
        assertEquals(Timers.NOT_PENDING, timers.cancel(1));
        assertEquals(3, sent.count());
    }

    @Test
    void shouldTakeATimerOnce()
    {
        timers.schedule(1, 100);

        assertTrue(timers.onTimer(timer(OWNER, 1, 1)));

        assertFalse(timers.isPending(1));
        assertFalse(timers.onTimer(timer(OWNER, 1, 1)));
        assertEquals(Timers.NOT_PENDING, timers.cancel(1));
    }

    @Test
    void shouldNotTakeATimerThatWasCancelledOrSetAnewOnItsWay()
    {
        timers.schedule(1, 100);
        timers.schedule(2, 100);
        timers.cancel(1);
        timers.schedule(2, 100);

        assertFalse(timers.onTimer(timer(OWNER, 1, 1)));
        assertFalse(timers.onTimer(timer(OWNER, 2, 2)));
        assertTrue(timers.isPending(2));
        assertTrue(timers.onTimer(timer(OWNER, 2, 3)));
    }

    @Test
    void shouldNotTakeATimerOfSomebodyElse()
    {
        timers.schedule(1, 100);

        assertFalse(timers.onTimer(timer(OWNER + 1, 1, 1)));
        assertFalse(timers.onTimer(timer(OWNER, 1 + (1L << 32), 1)));
        assertTrue(timers.isPending(1));
    }

    @Test
    void shouldRefuseOneMoreThanThereIsRoomFor()
    {
        assertEquals(Timers.ACCEPTED, timers.schedule(1, 100));
        assertEquals(Timers.ACCEPTED, timers.schedule(2, 100));

        assertEquals(Timers.FULL, timers.schedule(3, 100));
        assertEquals(Timers.ACCEPTED, timers.schedule(2, 200));
        assertEquals(3, sent.count());

        timers.onTimer(timer(OWNER, 1, 1));
        assertEquals(Timers.ACCEPTED, timers.schedule(3, 100));
        assertEquals(4, sent.event(3).quantity());
    }

    @Test
    void shouldChangeNothingIfTheOutboxTakesNothing()
    {
        timers.schedule(1, 100);
        answer = EventPublisher.FULL;
        assertEquals(Timers.OUTBOX_FULL, timers.schedule(2, 100));
        assertEquals(Timers.OUTBOX_FULL, timers.cancel(1));
        answer = EventPublisher.CLOSED;
        assertEquals(Timers.CLOSED, timers.schedule(1, 150));

        assertFalse(timers.isPending(2));
        assertTrue(timers.onTimer(timer(OWNER, 1, 1)));
    }

    @Test
    void shouldNotGoBackBehindACauseThatAnOrderOrATimerHadBefore()
    {
        orders.inHand(input(80).receiveTimeNs(800));
        timers.schedule(1, 1_000);
        orders.inHand(input(90).type(EventType.TIMER_REQUEST).flags(EventFlags.OWN).sourceSequence(70));

        timers.schedule(2, 1_000);

        assertEquals(80, sent.event(1).sourceSequence());
        assertEquals(800, sent.event(1).receiveTimeNs());
    }

    @Test
    void shouldRefuseWrongArguments()
    {
        assertEquals("deadlineNs must not be null: timerId=3", assertThrows(
            IllegalArgumentException.class, () -> timers.schedule(3, Long.MIN_VALUE)).getMessage());
        assertEquals("timers must be 1 to 4096: timers=0", assertThrows(
            IllegalArgumentException.class, () -> new OwnTimers(orders, 0)).getMessage());
        assertEquals("timers must be 1 to 4096: timers=4097", assertThrows(
            IllegalArgumentException.class, () -> new OwnTimers(orders, TimerQueue.MAX_CAPACITY + 1)).getMessage());
    }

    private int offer(final EventBatch batch)
    {
        if (answer == EventPublisher.ACCEPTED)
        {
            sent.append().copyFrom(batch.event(0));
        }
        return answer;
    }

    private static OrderBookEvent input(final long sequence)
    {
        return new EventBatch(1).append().type(EventType.TRADE).sequence(sequence);
    }

    private static OrderBookEvent timer(final int owner, final long id, final long number)
    {
        return new EventBatch(1).append().type(EventType.TIMER).sourceId(owner).orderId(id).sourceSequence(number);
    }
}
