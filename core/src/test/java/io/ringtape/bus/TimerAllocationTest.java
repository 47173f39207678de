package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static io.ringtape.bus.TimerFixture.at;
import static io.ringtape.bus.TimerFixture.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** 0 bytes for timers, their requests and heartbeats. */
@Timeout(10)
final class TimerAllocationTest
{
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private static final int STEPS = 5_000;
    private static final int ROUNDS = 25;

    private final EventBatch trade = at(0);
    private final EventBatch request = request(1, 0, 0);
    private final Counts counts = new Counts();
    private long nowNs;

    @Test
    void shouldAllocateNothingForTimersAndHeartbeats()
    {
        final EventBus bus = bus(256).timers(16).heartbeat(() -> nowNs, 1).inbox("in", 64)
            .lane(lane("l").orderLane().inline().handler("counts", counts).build()).build();
        bus.start();
        work(bus);

        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++)
        {
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            work(bus);
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }

        assertEquals(0, least);
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals((ROUNDS + 1) * STEPS * 2, counts.timers);
        assertEquals((ROUNDS + 1) * STEPS, counts.heartbeats);
    }

    private void work(final EventBus bus)
    {
        final Writer writer = bus.writer();
        final Inbox inbox = bus.inbox("in");
        for (int i = 0; i < STEPS; i++)
        {
            request.event(0).orderId(i & 7).price(nowNs + 3);
            inbox.offer(request);
            inbox.drain();
            request.event(0).orderId(8 + (i & 7)).price(nowNs + 3);
            writer.publish(request);
            nowNs += 5;
            trade.event(0).receiveTimeNs(nowNs);
            writer.publishInStep(trade);
            writer.poll();
            writer.poll();
            nowNs += 5;
            writer.poll();
        }
    }

    private static final class Counts implements EventHandler
    {
        private int timers;
        private int heartbeats;

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            if (event.type() == EventType.TIMER)
            {
                timers++;
            }
            else if (event.type() == EventType.HEARTBEAT)
            {
                heartbeats++;
            }
        }
    }
}
