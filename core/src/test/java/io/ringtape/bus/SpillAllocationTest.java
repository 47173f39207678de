package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.await;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.SpillFixture.spilling;
import static io.ringtape.bus.SpillFixture.tape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventHandler;
import io.ringtape.event.OrderBookEvent;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** 0 bytes an event on the thread of a lane that spills: on the history, and live again. */
@Timeout(20)
final class SpillAllocationTest
{
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private static final int EVENTS = 100_000;
    // Of four events: the ring of 64 holds them, so that the lane is not evicted.
    private static final int PUBLISHES_AHEAD = 12;

    @Test
    void shouldAllocateNothingOnTheHistoryNorOnceItIsLiveAgain()
    {
        final ArrayHistory history = new ArrayHistory(0, 1 << 18);
        final OverflowFixture.Hold hold = new OverflowFixture.Hold();
        final Measure measure = new Measure(hold);
        final EventBus bus = bus(64).history(history, "tape").lane(tape(history).inline().build())
            .lane(spilling("slow", measure).build()).build();
        final EventBatch batch = BusFixture.batch(0, 4);
        bus.start();
        bus.writer().publish(batch);
        hold.awaitHeld();
        for (int i = 0; i < EVENTS / batch.count(); i++)
        {
            bus.writer().publish(batch);
        }

        hold.release();
        bus.writer().awaitLane("slow");
        await(() -> !bus.lane("slow").isOnTape());
        final long onTape = measure.leastAllocated;
        measure.begin();
        for (int i = 0; i < EVENTS / batch.count(); i++)
        {
            bus.writer().publish(batch);
            if (i % PUBLISHES_AHEAD == 0)
            {
                bus.writer().awaitLane("slow");
            }
        }

        assertEquals(1, bus.lane("slow").spillCount());
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(0, onTape);
        assertEquals(0, measure.leastAllocated);
    }

    /** Measures its own thread, window by window; what the JVM does once shows in one of them. */
    private static final class Measure implements EventHandler
    {
        private static final long WINDOW_MASK = (1 << 14) - 1;

        private final EventHandler pace;
        private volatile long mark = -1;
        private volatile long leastAllocated = Long.MAX_VALUE;

        private Measure(final EventHandler pace)
        {
            this.pace = pace;
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            pace.onEvent(event);
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

        /** Begins anew, while the lane has nothing to do. */
        private void begin()
        {
            mark = -1;
            leastAllocated = Long.MAX_VALUE;
        }
    }
}
