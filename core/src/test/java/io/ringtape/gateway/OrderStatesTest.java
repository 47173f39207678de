package io.ringtape.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.bus.EventBus;
import io.ringtape.bus.Lane;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.RangeHandler;
import io.ringtape.event.SourceDefinition;
import io.ringtape.order.ClientOrderIds;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class OrderStatesTest
{
    private static final int STRATEGY = 3;

    private final AtomicLong journaled = new AtomicLong(-1);
    private final OrderStates states = new OrderStates(5, List.of(
        new SourceDefinition(2, SourceDefinition.Kind.STRATEGY, "other", 1, 0, 0),
        new SourceDefinition(STRATEGY, SourceDefinition.Kind.STRATEGY, "s", 1, 0, 0)));
    private final EventBatch batch = new EventBatch(1);

    @Test
    void shouldGoThroughTheStatesOfARunningBus()
    {
        final RangeHandler recorder = (buffer, offset, first, count) -> journaled.set(first + count - 1);
        final EventBus bus = EventBus.builder().capacity(64).inbox("outbox", 64).idle(new YieldingIdleStrategy())
            .lane(Lane.named("order").inline().handler("published", states.published()).build())
            .lane(Lane.named("tape").inline().rangeHandler("recorder", recorder)
                .rangeHandler("journaled", states.journaled(journaled::get)).build())
            .build();
        final EventPublisher outbox = states.queued(bus.inbox("outbox"));
        bus.start();
        bus.writer().poll();

        final OrderState before = states.state(id(1));
        outbox.offer(order(1));
        final OrderState offered = states.state(id(1));
        bus.writer().poll();
        final OrderState journaledThen = states.state(id(1));
        states.onSent(id(1));

        outbox.offer(order(2));

        assertEquals(2, states.count(OrderState.QUEUED));
        assertEquals(1, states.count(OrderState.PUBLISHED));
        assertEquals(1, states.count(OrderState.JOURNALED));
        assertEquals(1, states.count(OrderState.SENT));
        assertEquals(List.of(OrderState.UNKNOWN, OrderState.QUEUED, OrderState.JOURNALED, OrderState.SENT),
            List.of(before, offered, journaledThen, states.state(id(1))));
        bus.close(1_000_000_000L);
    }

    @Test
    void shouldBePublishedWhereItIsNotOnTape()
    {
        final UnsafeBuffer range = order(1).buffer();
        states.queued((events) -> EventPublisher.ACCEPTED).offer(batch);
        states.published().onEvent(batch.event(0));

        journaled.set(8);
        states.journaled(journaled::get).onRange(range, 0, 9, 1);
        final OrderState published = states.state(id(1));
        journaled.set(9);
        states.journaled(journaled::get).onRange(range, 0, 9, 1);

        assertEquals(OrderState.PUBLISHED, published);
        assertEquals(OrderState.JOURNALED, states.state(id(1)));
    }

    @Test
    void shouldNotBeQueuedWhereTheOutboxIsFull()
    {
        states.queued((events) -> EventPublisher.FULL).offer(order(1));

        assertEquals(OrderState.UNKNOWN, states.state(id(1)));
    }

    @Test
    void shouldHandCancelsToTheRoomThatIsReserved()
    {
        final int[] reserved = {0};
        final EventPublisher outbox = states.queued(new EventPublisher()
        {
            @Override
            public int offer(final EventBatch events)
            {
                return FULL;
            }

            @Override
            public int offerReserved(final EventBatch events)
            {
                reserved[0]++;
                return ACCEPTED;
            }
        });

        assertEquals(EventPublisher.ACCEPTED, outbox.offerReserved(order(1)));
        assertEquals(1, reserved[0]);
    }

    @Test
    void shouldTellStrategiesAndRunsApart()
    {
        states.onSent(id(7));
        states.onSent(ClientOrderIds.of(6, STRATEGY, 9));

        assertEquals(OrderState.SENT, states.state(id(7)));
        assertEquals(OrderState.UNKNOWN, states.state(id(8)));
        assertEquals(OrderState.UNKNOWN, states.state(id(0)));
        assertEquals(OrderState.UNKNOWN, states.state(ClientOrderIds.of(5, 2, 7)));
        assertEquals(OrderState.UNKNOWN, states.state(ClientOrderIds.of(5, 4, 7)));
        assertEquals(OrderState.UNKNOWN, states.state(ClientOrderIds.of(6, STRATEGY, 7)));
        assertEquals(OrderState.UNKNOWN, states.state(ClientOrderIds.of(5, 300, 7)));
        assertEquals(OrderState.UNKNOWN, states.state(-1));
        assertEquals(OrderState.UNKNOWN, OrderStates.NONE.state(id(7)));
    }

    private EventBatch order(final int counter)
    {
        batch.clear();
        batch.append().type(EventType.OWN_NEW).orderId(id(counter));
        return batch;
    }

    private static long id(final int counter)
    {
        return ClientOrderIds.of(5, STRATEGY, counter);
    }
}
