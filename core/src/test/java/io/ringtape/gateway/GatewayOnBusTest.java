package io.ringtape.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bus.BusState;
import io.ringtape.bus.EventBus;
import io.ringtape.bus.Lane;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.Side;
import io.ringtape.order.TimeInForce;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A gateway that runs on the writer's thread of a real bus, and what rejects and small inboxes do to its answers. */
@Timeout(20)
final class GatewayOnBusTest
{
    private static final long LIMIT_NS = 10_000_000_000L;
    private static final int INBOX_EVENTS = 256;

    private final FakeRing ring = new FakeRing();
    private final KeptEvents kept = new KeptEvents();
    private final AtomicLong journaled = new AtomicLong(-1);

    @Test
    void shouldCancelWhatIsOpenAndKeepAnswersWhereTheTapeFailsInTheClose()
    {
        final GatewayHandler handler = loopback().build();
        // What the gateway answers is in the inbox until the close drains it.
        final EventBus bus = bus(handler, (event) ->
        {
            if (event.sourceId() == FakeRing.GATEWAY)
            {
                throw new IllegalStateException("disk is full");
            }
            journaled.set(event.sequence());
        });
        bus.start();
        publishOrder(bus);
        assertFalse(handler.hasStopped(), "stopped");

        assertFalse(bus.close(LIMIT_NS));

        assertEquals(List.of("begin 2 -1", "own-accepted 1 10", "own-cancel 1 10", "force", "own-cancelled 1 10",
            "force"), kept.calls);
        assertEquals(new SafeModeResult(1, 3, 0, List.of()), handler.safeMode().orElseThrow());
        assertTrue(handler.hasStopped(), "stopped");
    }

    @Test
    void shouldKeepNothingWhereTheTapeHasAllAtTheEndOfTheClose()
    {
        final GatewayHandler handler = loopback().build();
        final EventBus bus = bus(handler, (event) -> journaled.set(event.sequence()));
        bus.start();
        publishOrder(bus);

        assertTrue(bus.close(LIMIT_NS));

        assertEquals(2, journaled.get());
        assertEquals(List.of(), kept.calls);
        assertTrue(handler.safeMode().isEmpty(), "safe mode");
    }

    @Test
    void shouldKeepWhatIsOnTheRingAndNotOnTapeAtTheEndOfTheClose()
    {
        final GatewayHandler handler = loopback().build();
        final EventBus bus = bus(handler, (event) -> journaled.set(1));
        bus.start();
        publishOrder(bus);

        assertTrue(bus.close(LIMIT_NS));

        assertEquals(List.of("begin 2 -1", "own-accepted 1 10", "force"), kept.calls);
    }

    @Test
    void shouldSayThatItLooksThoughNothingComes()
    {
        final AtomicLong beats = new AtomicLong();
        final GatewayHandler handler = loopback().guard(new KillGuard()
        {
            @Override
            public boolean maySend(final int strategy, final int account)
            {
                return true;
            }

            @Override
            public void beat(final long timeNs)
            {
                beats.incrementAndGet();
            }
        }).build();
        final EventBus bus = EventBus.builder().capacity(64).inbox("gateway", INBOX_EVENTS).ownWriterThread()
            .idle(handler.idle(new BackoffIdleStrategy()))
            .lane(Lane.named("gateway").inline().handler("gateway", handler).build()).build();
        connect(handler, bus);

        bus.start();
        while (beats.get() < 10)
        {
            Thread.onSpinWait();
        }

        assertTrue(bus.close(LIMIT_NS));
        assertEquals(-1, bus.cursor());
    }

    @Test
    void shouldLeaveRoomForAnswersWhereRejectsFillTheirs()
    {
        final GatewayHandler handler = ring.connected(loopback().guard(new KillGuard()
        {
            @Override
            public boolean maySend(final int strategy, final int account)
            {
                return false;
            }

            @Override
            public void beat(final long timeNs)
            {
                // Nobody asks.
            }
        }).answerCapacity(AnswerBox.MIN_CAPACITY).build());
        ring.answer = EventPublisher.FULL;
        for (int i = 1; i <= 96; i++)
        {
            ring.order(handler, i);
        }

        assertEquals("rejects of the gateway fill the room of answers: waiting=192 limit=190", assertThrows(
            IllegalStateException.class, () -> ring.order(handler, 97)).getMessage());

        final EventBatch largest = new EventBatch(AnswerBox.MAX_BATCH);
        for (int i = 0; i < AnswerBox.MAX_BATCH; i++)
        {
            largest.append().type(EventType.OWN_FILL).sourceId(FakeRing.GATEWAY).flags(EventFlags.OWN);
        }
        largest.event(AnswerBox.MAX_BATCH - 1).flags(EventFlags.OWN | EventFlags.LAST);
        assertEquals(EventPublisher.ACCEPTED, handler.answers().offer(largest));
    }

    @Test
    void shouldRefuseAnInboxThatTheLargestAnswerDoesNotFitInto()
    {
        final GatewayHandler handler = loopback().build();
        final EventBus bus = EventBus.builder().capacity(64).inbox("gateway", 64).build();

        assertEquals("inbox of the answers must take batches of 64 events: maxBatchCount=16", assertThrows(
            IllegalArgumentException.class, () -> connect(handler, bus)).getMessage());
    }

    private GatewayHandler.Builder loopback()
    {
        return GatewayHandler.builder(
            ring.definitions, ring.gateway, (answers) -> new LoopbackGateway(ring.gateway, answers))
            .store(kept).journaled(journaled::get).answerLimitNs(0);
    }

    private static EventBus bus(final GatewayHandler handler, final EventHandler tape)
    {
        final EventBus bus = EventBus.builder().capacity(64).inbox("gateway", INBOX_EVENTS)
            .idle(new YieldingIdleStrategy())
            .lane(Lane.named("tape").finishOnHalt().idle(new YieldingIdleStrategy()).handler("recorder", tape).build())
            .lane(Lane.named("gateway").inline().handler("gateway", handler).build()).build();
        connect(handler, bus);
        return bus;
    }

    private static void connect(final GatewayHandler handler, final EventBus bus)
    {
        handler.connect(bus.inbox("gateway"), 0, () -> bus.state() == BusState.HALTED);
    }

    private static void publishOrder(final EventBus bus)
    {
        final EventBatch order = new EventBatch(2);
        order.append().type(EventType.OWN_NEW).sourceId(FakeRing.STRATEGY).flags(EventFlags.OWN | Side.BID)
            .orderId(FakeRing.id(1)).price(1_000).quantity(10);
        order.append().type(EventType.DETAIL).sourceId(FakeRing.STRATEGY)
            .flags(EventFlags.OWN | EventFlags.LAST | Side.BID).detail(0, 2).detail(1, TimeInForce.GOOD_TILL_CANCEL)
            .detail(2, FakeRing.ACCOUNT).detail(3, FakeRing.STRATEGY);
        bus.writer().publish(order);
    }
}
