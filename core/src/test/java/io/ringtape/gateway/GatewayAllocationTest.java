package io.ringtape.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.OrderBookEvent;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** 0 bytes per order, cancel and answer, once warm. */
@Timeout(10)
final class GatewayAllocationTest
{
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private static final int ORDERS = 5_000;
    private static final int ROUNDS = 6;

    private final FakeRing ring = new FakeRing();
    private int counter;

    @Test
    void shouldAllocateNothingPerOrder()
    {
        final GatewayHandler handler = ring.connected(GatewayHandler.builder(
            ring.definitions, ring.gateway, (answers) -> new LoopbackGateway(ring.gateway, answers)).build());
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

        assertEquals(0, least);
        assertEquals(0, handler.openCount());
    }

    /** Takes an answer, and brings it back on the ring. */
    private static final class Echo implements EventPublisher
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
            count++;
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
