package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.batch;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventType;
import io.ringtape.event.Interest;
import io.ringtape.event.OrderBookEvent;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** 0 bytes per event, on the writer's thread and on a lane's. */
@Timeout(60)
final class BusAllocationTest
{
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private static final int WARM_UP = 5_000;
    private static final int MEASURED = 5_000;
    private static final int ROUNDS = 5;
    private static final EventFiller FILLER = (event, index) -> event.type(EventType.TRADE).price(index);

    private final EventBatch one = batch(0, 1);
    private final EventBatch many = batch(0, 16);

    @Test
    void shouldAllocateNothingOnPublishAndOnInlineDispatch()
    {
        final Sum sum = new Sum();
        final EventBus bus = bus(256).inbox("in", 64)
            .lane(lane("l").orderLane().inline().handler("sum", sum)
                .rangeHandler("range", (buffer, offset, first, count) -> sum.total += count).build())
            .build();
        bus.start();

        final long allocated = leastAllocated(bus);

        assertEquals(0, allocated);
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldAllocateNothingOnLaneThreadNorOnFullRing()
    {
        final Sum sum = new Sum();
        final EventBus bus = bus(64).inbox("in", 64)
            .lane(lane("l").orderLane().handler("sum", sum).handler("second", new Sum()).build())
            .build();
        bus.start();

        final long allocated = leastAllocated(bus);
        bus.writer().awaitLane("l");

        assertEquals(0, allocated);
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(0, sum.leastAllocated);
    }

    @Test
    void shouldAllocateNothingOnLaneWithInterestsAndWatchdog()
    {
        final Sum sum = new Sum();
        final Interest trades = Interest.all().withTypes(EventType.TRADE).withInstruments(0);
        final EventBus bus = bus(256).inbox("in", 64).stallLimit(10_000_000_000L, (stall) ->
        {
        })
            .lane(lane("l").orderLane().inline().handler("sum", sum, trades).handler("none", new Sum(),
                Interest.all().withTypes(EventType.QUOTE)).build())
            .build();
        bus.start();

        final long allocated = leastAllocated(bus);

        assertEquals(0, allocated);
        assertNotEquals(0, sum.total);
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldAllocateNothingWithCounters()
    {
        final BusCounters counters = new BusCounters(
            new UnsafeBuffer(ByteBuffer.allocateDirect(BusCounters.metadataBytes(64))),
            new UnsafeBuffer(ByteBuffer.allocateDirect(BusCounters.valuesBytes(64))), () -> 1L);
        final Sum sum = new Sum();
        final EventBus bus = bus(64).inbox("in", 64)
            .counters(counters.interval(BusCounters.MIN_INTERVAL_NS))
            .lane(lane("l").orderLane().handler("sum", sum).build())
            .build();
        bus.start();

        final long allocated = leastAllocated(bus);
        bus.writer().awaitLane("l");

        assertEquals(0, allocated);
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(0, sum.leastAllocated);
    }

    @Test
    void shouldAllocateNothingWhereLanesShedAndConflate()
    {
        final Sum shedding = new Sum();
        final Sum conflating = new Sum();
        final EventBus bus = bus(64).inbox("in", 64)
            .lane(lane("l").orderLane().handler("sum", new Sum()).build())
            .lane(lane("shed").overflow(OverflowPolicy.SHED).handler("shed", shedding).build())
            .lane(lane("conflate").conflate(new LastPrice(), OverflowPolicy.GATE)
                .handler("conflate", conflating).build())
            .build();
        bus.start();

        final long allocated = leastAllocated(bus);
        evictOften(bus);

        assertEquals(0, allocated);
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(0, shedding.leastAllocated);
        assertEquals(0, conflating.leastAllocated);
    }

    // Until each lane was measured over windows: what they shed is not counted by them.
    private void evictOften(final EventBus bus)
    {
        for (int i = 0; i < 20 * WARM_UP; i++)
        {
            bus.writer().publish(many);
        }
    }

    // The least of some rounds: what is allocated for an event shows in each, what the JVM does once in one.
    private long leastAllocated(final EventBus bus)
    {
        work(bus, WARM_UP);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++)
        {
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            work(bus, MEASURED);
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
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

    /** Measures its own thread, window by window. */
    private static final class Sum implements EventHandler
    {
        private static final long WINDOW_MASK = (1 << 14) - 1;

        private long total;
        private long count;
        private long mark = -1;
        private long leastAllocated = Long.MAX_VALUE;

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            total += event.price();
            count++;
            // Not by sequence: a lane that sheds need not see the one that would do.
            if ((count & WINDOW_MASK) == 0)
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
