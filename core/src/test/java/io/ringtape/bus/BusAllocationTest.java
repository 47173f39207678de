package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.batch;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
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

/** 0 bytes per event, on the writer's thread and on a lane's. */
@Timeout(10)
final class BusAllocationTest
{
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private static final int WARM_UP = 5_000;
    private static final int MEASURED = 20_000;
    private static final EventFiller FILLER = (event, index) -> event.type(EventType.TRADE).price(index);

    private final EventBatch one = batch(0, 1);
    private final EventBatch many = batch(0, 16);

    @Test
    void shouldAllocateNothingOnPublishAndOnInlineDispatch()
    {
        final Sum sum = new Sum(0);
        final EventBus bus = bus(256).inbox("in", 64)
            .lane(lane("l").orderLane().inline().handler("sum", sum)
                .rangeHandler("range", (buffer, offset, first, count) -> sum.total += count).build())
            .build();
        bus.start();

        work(bus, WARM_UP);
        final long before = THREADS.getCurrentThreadAllocatedBytes();
        work(bus, MEASURED);
        final long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

        assertEquals(0, allocated);
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldAllocateNothingOnLaneThreadNorOnFullRing()
    {
        final Sum sum = new Sum(33L * WARM_UP);
        final EventBus bus = bus(64).inbox("in", 64)
            .lane(lane("l").orderLane().handler("sum", sum).handler("second", new Sum(Long.MAX_VALUE)).build())
            .build();
        bus.start();

        work(bus, WARM_UP);
        final long before = THREADS.getCurrentThreadAllocatedBytes();
        work(bus, MEASURED);
        final long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        bus.writer().awaitLane("l");

        assertEquals(0, allocated);
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertTrue(sum.mark > 0);
        assertEquals(0, sum.allocated);
    }

    private void work(final EventBus bus, final int rounds)
    {
        final Writer writer = bus.writer();
        final Inbox inbox = bus.inbox("in");
        for (int i = 0; i < rounds; i++)
        {
            writer.publish(one);
            writer.publish(many);
            writer.publish(2, FILLER);
            final long sequence = writer.claim(1);
            writer.slot(sequence).reset().type(EventType.TRADE);
            writer.publish();
            inbox.offer(one);
            inbox.offer(many);
            writer.tryPublish(one);
            inbox.drain();
            if (i % 100 == 0)
            {
                writer.awaitQuiescent();
            }
        }
    }

    /** Measures its own thread from a sequence on. */
    private static final class Sum implements EventHandler
    {
        private final long from;
        private long total;
        private long mark;
        private long allocated;

        private Sum(final long from)
        {
            this.from = from;
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            total += event.price();
            if (event.sequence() == from)
            {
                mark = THREADS.getCurrentThreadAllocatedBytes();
            }
        }

        @Override
        public void onBatchEnd(final long lastSequence)
        {
            if (mark > 0)
            {
                allocated = THREADS.getCurrentThreadAllocatedBytes() - mark;
            }
        }
    }
}
