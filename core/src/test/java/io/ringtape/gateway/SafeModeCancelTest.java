package io.ringtape.gateway;

import static io.ringtape.gateway.FakeRing.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtape.event.EventPublisher;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.order.ClientOrderIds;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cancels on a line that breaks. */
@Timeout(10)
final class SafeModeCancelTest
{
    private static final long LIMIT_NS = 10_000;

    private final FakeRing ring = new FakeRing();
    private final KeptEvents kept = new KeptEvents();
    private final AtomicLong clockNs = new AtomicLong(1_000);
    private final Line line = new Line();

    @Test
    void shouldCancelAgainWhatThrewWhenTheStrategyCancelled()
    {
        final GatewayHandler handler = handler(0);
        ring.order(handler, 1);
        line.failures = 1;
        assertThrows(IllegalStateException.class, () -> ring.cancel(handler, 1, FakeRing.STRATEGY));
        halt();

        handler.onStop(ring.lastSequence());

        assertEquals(List.of("cancel 1", "cancel 1"), line.tried);
        assertEquals(new SafeModeResult(1, 1, 1, List.of()), handler.safeMode().orElseThrow());
    }

    @Test
    void shouldTryACancelAgainThatThrewAndKeepItOnceItHasLeft()
    {
        final GatewayHandler handler = handler(LIMIT_NS);
        ring.order(handler, 1);
        ring.order(handler, 2);
        line.failures = 4;
        halt();

        handler.onStop(ring.lastSequence());

        assertEquals(
            List.of("cancel 1", "cancel 2", "cancel 1", "cancel 2", "cancel 1", "cancel 2"), line.tried);
        assertEquals(List.of("begin 2 99", "force", "own-cancel 1 10", "own-cancel 2 10", "force"), kept.calls);
        assertEquals(new SafeModeResult(2, 2, 2, List.of()), handler.safeMode().orElseThrow());
        assertEquals(4, handler.count(GatewayCount.CANCEL_RETRIES));
        assertEquals(2, handler.count(GatewayCount.CANCELS));
        assertEquals(1, handler.count(GatewayCount.SAFE_MODE));
    }

    @Test
    void shouldNotKeepACancelThatNeverLeftAndSayWhichItIs()
    {
        final GatewayHandler handler = handler(LIMIT_NS);
        ring.order(handler, 1);
        line.failures = Integer.MAX_VALUE;
        halt();

        handler.onStop(ring.lastSequence());

        assertEquals(List.of("begin 2 99", "force"), kept.calls);
        assertEquals(10, line.tried.size());
        final SafeModeResult result = handler.safeMode().orElseThrow();
        assertEquals(0, result.cancelCount());
        assertEquals(1, result.openCount());
        assertEquals(List.of("cancel did not leave: clientOrderId=" + id(1) +
            " tries=10 cause=java.lang.IllegalStateException: line is down"),
            result.failures().stream().map(Throwable::getMessage).toList());
    }

    @Test
    void shouldCancelTheOthersWhereOneCancelThrows()
    {
        final GatewayHandler handler = handler(0);
        ring.order(handler, 1);
        ring.order(handler, 2);
        line.failures = 1;
        halt();

        handler.onStop(ring.lastSequence());

        assertEquals(List.of("cancel 1", "cancel 2"), line.tried);
        assertEquals(List.of("begin 2 99", "own-cancel 2 10", "force"), kept.calls);
        assertEquals(List.of("cancel did not leave: clientOrderId=" + id(1) +
            " tries=1 cause=java.lang.IllegalStateException: line is down"),
            handler.safeMode().orElseThrow().failures().stream().map(Throwable::getMessage).toList());
    }

    private GatewayHandler handler(final long answerLimitNs)
    {
        return ring.connected(GatewayHandler.builder(ring.definitions, ring.gateway, (answers) -> line).store(kept)
            .answerLimitNs(answerLimitNs).clock(() -> clockNs.getAndAdd(100)).build());
    }

    private void halt()
    {
        ring.isHalted = true;
        ring.answer = EventPublisher.CLOSED;
    }

    /** Takes orders, and throws at so many cancels. */
    private static final class Line implements Gateway
    {
        private final List<String> tried = new ArrayList<>();
        private int failures;

        @Override
        public void send(final OrderBookEvent order, final OrderBookEvent detail)
        {
            // It is out.
        }

        @Override
        public void cancel(final OrderBookEvent cancel)
        {
            tried.add("cancel " + ClientOrderIds.counter(cancel.orderId()));
            if (failures-- > 0)
            {
                throw new IllegalStateException("line is down");
            }
        }
    }
}
