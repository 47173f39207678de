package io.ringtape.cli.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.order.OwnOrders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class OutboxTest
{
    private final EventBatch batch = new EventBatch(1);
    private final OrderBookEvent timer = new EventBatch(1).append().type(EventType.TIMER);
    private final Outbox outbox = new Outbox(64);

    @BeforeEach
    void connect()
    {
        outbox.connect((events) -> EventPublisher.ACCEPTED);
        outbox.startInput();
    }

    @Test
    void shouldFailAStrategyThatAnswersItsOwnEventsWithoutEnd()
    {
        for (int i = 0; i < OwnOrders.MOST_AT_ONE_INPUT; i++)
        {
            assertEquals(EventPublisher.ACCEPTED, request(7));
        }

        assertEquals("strategy answers its own events without end: events=1048577",
            assertThrows(IllegalStateException.class, () -> request(7)).getMessage());
    }

    @Test
    void shouldCountAnewAtEachInputEvent()
    {
        for (int i = 0; i < OwnOrders.MOST_AT_ONE_INPUT; i++)
        {
            request(7);
        }
        outbox.startInput();

        assertEquals(EventPublisher.ACCEPTED, request(7));
    }

    @Test
    void shouldCountAnewAtEachTimerOfASilence()
    {
        int accepted = 0;
        for (int i = 0; i <= OwnOrders.MOST_AT_ONE_INPUT; i++)
        {
            timer(i);
            accepted += request(i) == EventPublisher.ACCEPTED ? 1 : 0;
        }

        assertEquals(OwnOrders.MOST_AT_ONE_INPUT + 1, accepted);
    }

    @Test
    void shouldFailAStrategyThatAsksForTimersInThePastWithoutEnd()
    {
        for (int i = 0; i < OwnOrders.MOST_AT_ONE_INPUT; i++)
        {
            timer(7);
            request(7);
        }
        timer(7);

        assertThrows(IllegalStateException.class, () -> request(7));
    }

    @Test
    void shouldFailAStrategyThatSendsAgainAtEachAnswerOfAVenueWhoseTimeGoesOn()
    {
        timer(7);
        for (int i = 0; i < OwnOrders.MOST_AT_ONE_INPUT; i++)
        {
            request(8 + i);
        }

        assertThrows(IllegalStateException.class, () -> request(8 + OwnOrders.MOST_AT_ONE_INPUT));
    }

    private void timer(final long receiveTimeNs)
    {
        outbox.onTimer(timer.receiveTimeNs(receiveTimeNs));
    }

    private int request(final long receiveTimeNs)
    {
        batch.clear();
        batch.append().type(EventType.TIMER_REQUEST).flags(EventFlags.OWN | EventFlags.LAST)
            .receiveTimeNs(receiveTimeNs);
        return outbox.offer(batch);
    }
}
