package io.ringtape.gateway;

import static io.ringtape.gateway.FakeRing.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.EventPublisher;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.order.TimeInForce;
import io.ringtape.risk.RiskCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NoOpIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class GatewayHandlerTest
{
    private final FakeRing ring = new FakeRing();
    private final List<String> sent = new ArrayList<>();
    private final FakeGuard guard = new FakeGuard();
    private final AtomicLong clockNs = new AtomicLong(1_000);
    private final AtomicLong journaled = new AtomicLong(Long.MAX_VALUE);

    @Test
    void shouldAcceptAtOnceAndCancelAtTheCancel()
    {
        final GatewayHandler handler = loopback();

        ring.order(handler, 1);
        ring.drain(handler);
        assertEquals(1, handler.openCount());
        ring.cancel(handler, 1, FakeRing.STRATEGY);
        ring.drain(handler);

        assertEquals(List.of("own-accepted 1 10", "own-cancelled 1 10"), ring.published);
        assertEquals(0, handler.openCount());
        assertEquals(0, handler.answers().waitingCount());
    }

    @Test
    void shouldCancelAnImmediateOrderAtOnceAndAnswerNoCancelTwice()
    {
        final GatewayHandler handler = loopback();

        ring.order(handler, 1, TimeInForce.IMMEDIATE_OR_CANCEL);
        ring.cancel(handler, 1, FakeRing.STRATEGY);
        ring.drain(handler);

        assertEquals(List.of("own-accepted 1 10", "own-cancelled 1 10"), ring.published);
        assertEquals(0, handler.openCount());
    }

    @Test
    void shouldAskTheGuardBeforeEachOrderAndLetCancelsGo()
    {
        final GatewayHandler handler = noting(SafeModeStore.NONE);
        ring.order(handler, 1);
        guard.maySend = false;

        ring.order(handler, 2);
        ring.cancel(handler, 1, FakeRing.STRATEGY);
        ring.drain(handler);
        guard.maySend = true;
        ring.order(handler, 3);

        assertEquals(List.of("new 1", "cancel 1", "new 3"), sent);
        assertEquals(List.of("1 7", "1 7", "1 7"), guard.asked);
        assertEquals(List.of("own-rejected 2 10", "detail " + RiskCheck.GATEWAY.code() + " 1 7"), ring.published);
    }

    @Test
    void shouldTellTheGuardThatItLooksAtEachIdleLookAndEverySoManyBatches()
    {
        final GatewayHandler handler = loopback();
        final IdleStrategy idle = handler.idle(NoOpIdleStrategy.INSTANCE);

        clockNs.set(7);
        handler.onBatchEnd(99);
        handler.onBatchEnd(100);
        clockNs.set(8);
        idle.idle();
        clockNs.set(9);
        idle.idle(0);
        idle.idle(1);
        idle.reset();
        clockNs.set(10);
        for (int i = 0; i < GatewayHandler.BATCHES_PER_BEAT; i++)
        {
            handler.onBatchEnd(101);
        }

        assertEquals(List.of(7L, 8L, 9L, 10L), guard.beats);
        assertEquals(NoOpIdleStrategy.ALIAS, idle.alias());
    }

    @Test
    void shouldKeepAnswersThatFindTheInboxFullAndOfferThemAgainInOrder()
    {
        final GatewayHandler handler = loopback();
        ring.answer = EventPublisher.FULL;
        ring.order(handler, 1);
        ring.order(handler, 2);
        handler.onBatchEnd(ring.lastSequence());
        assertEquals(2, handler.answers().waitingCount());

        ring.answer = EventPublisher.ACCEPTED;
        handler.idle(NoOpIdleStrategy.INSTANCE).idle();
        ring.order(handler, 3);
        ring.drain(handler);

        assertEquals(List.of("own-accepted 1 10", "own-accepted 2 10", "own-accepted 3 10"), ring.published);
        assertEquals(0, handler.answers().waitingCount());
    }

    @Test
    void shouldHoldOrdersBackWhileTooManyAnswersWait()
    {
        final GatewayHandler handler = loopback();
        ring.answer = EventPublisher.FULL;
        for (int i = 1; i <= 129; i++)
        {
            ring.order(handler, i);
        }

        ring.order(handler, 130);
        ring.answer = EventPublisher.ACCEPTED;
        ring.drain(handler);
        ring.drain(handler);
        ring.order(handler, 131);
        ring.drain(handler);

        assertEquals("own-rejected 130 10", ring.published.get(129));
        assertEquals("detail " + RiskCheck.GATEWAY.code() + " 2 128", ring.published.get(130));
        assertEquals("own-accepted 131 10", ring.published.get(131));
    }

    @Test
    void shouldForgetAnAnswerWhenItIsOnTape()
    {
        final GatewayHandler handler = loopback();
        journaled.set(0);
        ring.order(handler, 1);
        ring.drain(handler);
        final long sequence = ring.lastSequence();
        assertEquals(1, handler.answers().waitingCount());

        journaled.set(sequence - 1);
        handler.onBatchEnd(sequence);
        final long before = handler.answers().waitingCount();
        journaled.set(sequence);
        handler.onBatchEnd(sequence);

        assertEquals(1, before);
        assertEquals(0, handler.answers().waitingCount());
    }

    @Test
    void shouldSendNothingOfAnEarlierRunsGateway()
    {
        final GatewayHandler handler = noting(SafeModeStore.NONE);

        ring.cancel(handler, 1, FakeRing.LEFT);
        ring.market(handler);

        assertEquals(List.of("market"), sent);
    }

    @Test
    void shouldRefuseAnswersThatItDidNotGive()
    {
        final GatewayHandler handler = loopback();

        assertEquals("an answer is on the ring that was not given: sequence=100", assertThrows(
            IllegalStateException.class, () -> ring.cancel(handler, 1, FakeRing.GATEWAY)).getMessage());
    }

    @Test
    void shouldCancelInSafeModeWhatIsOpenAndKeepWhatIsNotOnTape()
    {
        final KeptEvents kept = new KeptEvents();
        final GatewayHandler handler = build(kept, (answers) -> new LoopbackGateway(ring.gateway, answers), 0);
        journaled.set(102);
        ring.order(handler, 1);
        ring.order(handler, 2);
        ring.drain(handler);
        ring.order(handler, 3);
        halt();

        ring.order(handler, 4);
        handler.onStop(ring.lastSequence());

        assertEquals(List.of("begin 2 99", "own-accepted 1 10", "own-accepted 2 10", "own-accepted 3 10",
            "own-cancel 1 10", "own-cancel 2 10", "own-cancel 3 10", "force", "own-cancelled 1 10",
            "own-cancelled 2 10", "own-cancelled 3 10", "force"), kept.calls);
        assertEquals(new SafeModeResult(3, 9, 0, List.of()), handler.safeMode().orElseThrow());
    }

    @Test
    void shouldBeginWhatItKeepsBehindWhatIsOnTape()
    {
        final KeptEvents kept = new KeptEvents();
        final GatewayHandler handler = build(kept, (answers) -> new LoopbackGateway(ring.gateway, answers), 0);
        ring.order(handler, 1);
        ring.drain(handler);
        final long onTape = ring.lastSequence();
        journaled.set(onTape);
        handler.onBatchEnd(onTape);
        halt();

        handler.onStop(onTape);

        assertEquals(List.of("begin 2 " + onTape, "own-cancel 1 10", "force", "own-cancelled 1 10", "force"),
            kept.calls);
    }

    @Test
    void shouldNotCancelTwiceNorWhatHasEnded()
    {
        final KeptEvents kept = new KeptEvents();
        final GatewayHandler handler = noting(kept);
        ring.order(handler, 1);
        ring.order(handler, 2);
        ring.order(handler, 3);
        ring.cancel(handler, 1, FakeRing.STRATEGY);
        fill(handler, 2, 10);
        ring.drain(handler);
        fill(handler, 3, 4);
        sent.clear();
        halt();

        handler.onStop(ring.lastSequence());

        assertEquals(List.of("cancel 3"), sent);
        assertEquals("own-cancel 3 6", kept.calls.get(3));
        assertEquals(2, handler.safeMode().orElseThrow().openCount());
    }

    @Test
    void shouldWaitForAnswersNoLongerThanItMay()
    {
        final KeptEvents kept = new KeptEvents();
        final GatewayHandler handler = build(kept, (answers) -> new NotingGateway(sent), 500);
        ring.order(handler, 1);
        halt();

        handler.onStop(ring.lastSequence());

        assertTrue(clockNs.get() >= 1_500, "clock=" + clockNs.get());
        assertEquals(1, handler.safeMode().orElseThrow().openCount());
    }

    @Test
    void shouldCancelAllTheSameWhereTheStoreFails()
    {
        final KeptEvents kept = new KeptEvents();
        kept.failsAt = 1;
        final GatewayHandler handler = noting(kept);
        ring.order(handler, 1);
        sent.clear();
        halt();

        handler.onStop(ring.lastSequence());

        assertEquals(List.of("cancel 1"), sent);
        assertEquals(List.of("begin 2 99"), kept.calls);
        final SafeModeResult result = handler.safeMode().orElseThrow();
        assertEquals(0, result.keptCount());
        assertEquals("store is full", result.failures().get(0).getMessage());
    }

    @Test
    void shouldLeaveOrdersAsTheyAreAtAnOrderlyEndAndTakeNoAnswerBehindIt()
    {
        final KeptEvents kept = new KeptEvents();
        final GatewayHandler handler = build(kept, (answers) -> new LoopbackGateway(ring.gateway, answers), 0);
        ring.order(handler, 1);
        ring.drain(handler);

        handler.onStop(ring.lastSequence());

        assertTrue(handler.safeMode().isEmpty());
        assertEquals(List.of(), kept.calls);
        assertEquals("an answer of the venue was not taken: answer=-2",
            assertThrows(IllegalStateException.class, () -> ring.order(handler, 2)).getMessage());
    }

    @Test
    void shouldKeepAtAnOrderlyEndWhatDidNotGetThrough()
    {
        final KeptEvents kept = new KeptEvents();
        final GatewayHandler handler = build(kept, (answers) -> new LoopbackGateway(ring.gateway, answers), 0);
        ring.order(handler, 1);
        ring.drain(handler);
        ring.answer = EventPublisher.CLOSED;
        ring.order(handler, 2);

        handler.onStop(ring.lastSequence());

        assertEquals(List.of("begin 2 102", "own-accepted 2 10", "force"), kept.calls);
        assertEquals(new SafeModeResult(0, 1, 2, List.of()), handler.safeMode().orElseThrow());
    }

    @Test
    void shouldTellStatesOfWhatIsSentOrHeldBack()
    {
        final OrderStates states = new OrderStates(1, List.of(ring.definitions.source(FakeRing.STRATEGY)));
        final GatewayHandler handler = ring.connected(GatewayHandler
            .builder(ring.definitions, ring.gateway, (answers) -> new NotingGateway(sent)).states(states).build());

        ring.order(handler, 2);

        assertEquals(OrderState.SENT, states.state(id(1)));
        assertEquals(OrderState.SENT, states.state(id(2)));
        assertEquals(OrderState.UNKNOWN, states.state(id(3)));
    }

    @Test
    void shouldRefuseWhatDoesNotFit()
    {
        assertEquals("source must be a gateway: sourceId=1 kind=STRATEGY", assertThrows(
            IllegalArgumentException.class, () -> GatewayHandler.builder(ring.definitions,
                ring.definitions.source(1), (answers) -> new NotingGateway(sent))).getMessage());
        assertEquals("answerLimitNs must be 0 or more: answerLimitNs=-1", assertThrows(
            IllegalArgumentException.class, () -> builder((answers) -> new NotingGateway(sent)).answerLimitNs(-1)
                .build()).getMessage());
        for (final int capacity : new int[] {128, 257})
        {
            assertEquals("capacity must be a power of two, at least 256: capacity=" + capacity, assertThrows(
                IllegalArgumentException.class, () -> new AnswerBox(capacity)).getMessage());
        }
    }

    private void halt()
    {
        ring.isHalted = true;
        ring.answer = EventPublisher.CLOSED;
    }

    private void fill(final GatewayHandler handler, final int counter, final long quantity)
    {
        new AnswerWriter(FakeRing.GATEWAY, handler.answers()).to(id(counter), 0, 1, 1)
            .filled(1_000, quantity, false, 1, 0, 0);
    }

    private GatewayHandler loopback()
    {
        return build(SafeModeStore.NONE, (answers) -> new LoopbackGateway(ring.gateway, answers), 0);
    }

    private GatewayHandler noting(final SafeModeStore store)
    {
        return build(store, (answers) -> new NotingGateway(sent), 0);
    }

    private GatewayHandler build(
        final SafeModeStore store, final Function<EventPublisher, Gateway> gateway,
        final long limitNs)
    {
        return ring.connected(builder(gateway).store(store).answerLimitNs(limitNs).build());
    }

    private GatewayHandler.Builder builder(final Function<EventPublisher, Gateway> gateway)
    {
        return GatewayHandler.builder(ring.definitions, ring.gateway, gateway).guard(guard)
            .journaled(journaled::get).answerCapacity(AnswerBox.MIN_CAPACITY).clock(() -> clockNs.getAndAdd(100));
    }

    private static final class FakeGuard implements KillGuard
    {
        private final List<String> asked = new ArrayList<>();
        private final List<Long> beats = new ArrayList<>();
        private boolean maySend = true;

        @Override
        public boolean maySend(final int strategy, final int account)
        {
            asked.add(strategy + " " + account);
            return maySend;
        }

        @Override
        public void beat(final long timeNs)
        {
            beats.add(timeNs);
        }
    }

    private static final class NotingGateway implements Gateway
    {
        private final List<String> sent;

        NotingGateway(final List<String> sent)
        {
            this.sent = sent;
        }

        @Override
        public void send(final OrderBookEvent order, final OrderBookEvent detail)
        {
            sent.add("new " + counter(order));
        }

        @Override
        public void cancel(final OrderBookEvent cancel)
        {
            sent.add("cancel " + counter(cancel));
        }

        @Override
        public void onMarket(final OrderBookEvent event)
        {
            sent.add("market");
        }

        private static long counter(final OrderBookEvent event)
        {
            return event.orderId() & 0xFFFF_FFFFL;
        }
    }
}
