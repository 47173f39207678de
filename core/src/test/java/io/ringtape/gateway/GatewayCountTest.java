package io.ringtape.gateway;

import static io.ringtape.gateway.FakeRing.id;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a gateway's handler counts for others. */
@Timeout(10)
final class GatewayCountTest
{
    private final FakeRing ring = new FakeRing();
    private final OrderStates states = new OrderStates(1, List.of(ring.definitions.source(FakeRing.STRATEGY)));
    private final AtomicLong journaled = new AtomicLong();
    private boolean maySend = true;
    private final GatewayHandler handler = ring.connected(GatewayHandler
        .builder(ring.definitions, ring.gateway, (answers) -> new LoopbackGateway(ring.gateway, answers))
        .guard(guard()).journaled(journaled::get).states(states).answerLimitNs(0).build());

    @Test
    void shouldCountNothingAtFirst()
    {
        assertEquals(List.of(), counted());
    }

    @Test
    void shouldCountOrdersFromTheOutboxToTheVenueAndItsAnswers()
    {
        for (int counter = 1; counter <= 4; counter++)
        {
            queue(counter);
        }
        ring.order(handler, 1);
        ring.order(handler, 2);
        ring.drain(handler);
        ring.cancel(handler, 1, FakeRing.STRATEGY);
        ring.drain(handler);
        maySend = false;
        ring.order(handler, 3);

        // Two accepts and a cancelled order, and the reject with its detail, of which the tape has nothing.
        assertEquals(List.of("SENT 3", "WAITING 1", "HELD_BACK 1", "CANCELS 1", "ACCEPTS 2", "CANCELLED 1", "OPEN 1",
            "UNJOURNALED 5"), counted());
        journaled.set(Long.MAX_VALUE);
        ring.drain(handler);
        assertEquals(List.of("SENT 3", "WAITING 1", "HELD_BACK 1", "CANCELS 1", "ACCEPTS 2", "REJECTS 1",
            "CANCELLED 1", "OPEN 1"), counted());
    }

    @Test
    void shouldCountFillsAndTheirLastOneAsAnEnd()
    {
        ring.order(handler, 1);
        fill(4);
        assertEquals(1, handler.count(GatewayCount.OPEN));
        fill(6);

        ring.drain(handler);

        assertEquals(2, handler.count(GatewayCount.FILLS));
        assertEquals(0, handler.count(GatewayCount.OPEN));
    }

    @Test
    void shouldCountWhatSafeModeDoes()
    {
        ring.order(handler, 1);
        ring.order(handler, 2);
        ring.drain(handler);
        ring.isHalted = true;
        ring.answer = EventPublisher.CLOSED;

        handler.onStop(ring.lastSequence());

        assertEquals(2, handler.safeMode().orElseThrow().cancelCount());
        assertEquals(List.of("SENT 2", "CANCELS 2", "ACCEPTS 2", "CANCELLED 2", "SAFE_MODE 1"), counted());
    }

    private KillGuard guard()
    {
        return new KillGuard()
        {
            @Override
            public boolean maySend(final int strategy, final int account)
            {
                return maySend;
            }

            @Override
            public void beat(final long nowNs)
            {
                // Nobody looks.
            }
        };
    }

    private void queue(final int counter)
    {
        final EventBatch batch = new EventBatch(1);
        batch.append().type(EventType.OWN_NEW).orderId(id(counter));
        states.queued((events) -> EventPublisher.ACCEPTED).offer(batch);
    }

    private void fill(final long quantity)
    {
        final EventBatch batch = new EventBatch(1);
        final OrderBookEvent fill = batch.append().type(EventType.OWN_FILL).sourceId(FakeRing.GATEWAY)
            .flags(EventFlags.OWN | EventFlags.LAST).orderId(id(1)).quantity(quantity);
        assertEquals(EventPublisher.ACCEPTED, handler.answers().offer(batch));
        ring.drain(handler);
        assertEquals(quantity, fill.quantity());
    }

    private List<String> counted()
    {
        final List<String> found = new ArrayList<>();
        for (final GatewayCount which : GatewayCount.values())
        {
            if (handler.count(which) != 0)
            {
                found.add(which + " " + handler.count(which));
            }
        }
        return found;
    }
}
