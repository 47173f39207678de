package io.ringtape.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** 0 bytes per order, cancel, answer and order that is held back, once warm. */
@Timeout(10)
final class GatewayAllocationTest
{
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private static final int ORDERS = 5_000;
    private static final int ROUNDS = 6;

    private final FakeRing ring = new FakeRing();
    private int counter;
    private int rejected;

    @Test
    void shouldAllocateNothingPerOrder()
    {
        final GatewayHandler handler = handler(KillGuard.NONE);

        assertEquals(0, leastAllocated(handler));

        assertEquals(0, handler.openCount());
    }

    @Test
    void shouldAllocateNothingPerOrderThatIsHeldBack()
    {
        final Stopping guard = new Stopping();
        final GatewayHandler handler = handler(guard);

        assertEquals(0, leastAllocated(handler));

        assertEquals(ROUNDS * ORDERS, guard.asked);
        assertEquals(ROUNDS * ORDERS, rejected);
        assertEquals(0, handler.openCount());
    }

    private GatewayHandler handler(final KillGuard guard)
    {
        return GatewayHandler.builder(ring.definitions, ring.gateway,
            (answers) -> new LoopbackGateway(ring.gateway, answers)).guard(guard).build();
    }

    private long leastAllocated(final GatewayHandler handler)
    {
        final Echo echo = new Echo(handler);
        handler.connect(echo, 0, () -> false);
        long least = Long.MAX_VALUE;

        for (int round = 0; round < ROUNDS; round++)
        {
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ORDERS; i++)
            {
                counter++;
                ring.order(handler, counter);
                echo.pass();
                ring.cancel(handler, counter, FakeRing.STRATEGY);
                echo.pass();
                ring.market(handler);
                handler.onBatchEnd(0);
            }
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    /** Lets nothing leave. */
    private static final class Stopping implements KillGuard
    {
        private int asked;

        @Override
        public boolean maySend(final int strategy, final int account)
        {
            asked++;
            return false;
        }

        @Override
        public void beat(final long timeNs)
        {
            // Nobody looks.
        }
    }

    /** Takes an answer, and brings it back on the ring. */
    private final class Echo implements EventPublisher
    {
        private final OrderBookEvent event = new EventBatch(1).append();
        private final GatewayHandler handler;
        private int count;

        Echo(final GatewayHandler handler)
        {
            this.handler = handler;
        }

        @Override
        public int offer(final EventBatch batch)
        {
            event.copyFrom(batch.event(0));
            rejected += event.type() == EventType.OWN_REJECTED ? 1 : 0;
            count += batch.count();
            return ACCEPTED;
        }

        void pass()
        {
            for (; count > 0; count--)
            {
                handler.onEvent(event);
            }
        }
    }
}
