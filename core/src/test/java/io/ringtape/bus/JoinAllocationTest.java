package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.await;
import static io.ringtape.bus.BusFixture.batch;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventHandler;
import io.ringtape.event.OrderBookEvent;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** 0 bytes an event on the thread of a late lane, once it is live. */
@Timeout(10)
final class JoinAllocationTest
{
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();

    @Test
    void shouldAllocateNothingOnceLive()
    {
        final ArrayHistory history = new ArrayHistory(0, 1 << 17);
        final EventBus bus = bus(64).history(history, "tape")
            .lane(lane("tape").inline().rangeHandler("recorder", history).build()).build();
        final EventBatch batch = batch(0, 4);
        final Measure measure = new Measure();
        bus.start();
        bus.writer().publish(batch);
        final Attachment late = bus.attach(lane("late").handler("measure", measure).build(), JoinFrom.start());
        await(late::isLive);

        for (int i = 0; i < 25_000; i++)
        {
            bus.writer().publish(batch);
        }

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(0, measure.leastAllocated);
    }

    /** Measures its own thread, window by window; what the JVM does once shows in one of them. */
    private static final class Measure implements EventHandler
    {
        private static final long WINDOW_MASK = (1 << 14) - 1;

        private long mark = -1;
        private long leastAllocated = Long.MAX_VALUE;

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            if ((event.sequence() & WINDOW_MASK) == 0)
            {
                final long now = THREADS.getCurrentThreadAllocatedBytes();
                if (mark >= 0)
                {
                    leastAllocated = Math.min(leastAllocated, now - mark);
                }
                mark = THREADS.getCurrentThreadAllocatedBytes();
            }
        }
    }
}
