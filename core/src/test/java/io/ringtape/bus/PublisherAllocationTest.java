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
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** 0 bytes an offer, on the publisher's thread, with room and without. */
@Timeout(120)
final class PublisherAllocationTest
{
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private static final int CALLS = 1_000;
    private static final int ROUNDS = 5;
    private static final EventFiller FILLER = (event, index) -> event.type(EventType.TRADE).price(index);
    private static final EventHandler NOTHING = (event) ->
    {
    };

    private final EventBatch one = batch(0, 1);
    private final EventBatch many = batch(0, 16);

    @ParameterizedTest
    @EnumSource
    void shouldAllocateNothingOnOfferToInbox(final BackPressure backPressure)
    {
        final EventBus bus = bus(64).ownWriterThread().inbox(InputStage.INBOUND, "in", 64, backPressure)
            .lane(lane("l").inline().handler("nothing", NOTHING).build()).build();
        bus.start();
        final Inbox inbox = bus.inbox("in");

        final long allocated = leastAllocated(() -> offer(inbox));

        assertEquals(0, allocated);
        assertTrue(inbox.fullCount() + inbox.waitCount() > 0);
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @ParameterizedTest
    @EnumSource
    void shouldAllocateNothingOnOfferToSharedRing(final BackPressure backPressure)
    {
        final EventBus bus =
            bus(64).multiProducer(backPressure).lane(lane("l").handler("nothing", NOTHING).build()).build();
        bus.start();
        final SharedWriter writer = bus.sharedWriter();

        final long allocated = leastAllocated(() ->
        {
            offer(writer);
            writer.offer(2, FILLER);
        });

        assertEquals(0, allocated);
        assertTrue(writer.fullCount() + writer.waitCount() > 0);
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    private void offer(final EventPublisher publisher)
    {
        publisher.offer(one);
        for (int i = 0; i < 4; i++)
        {
            publisher.offer(many);
        }
    }

    // The least of some rounds, the first of which warms up: what an offer allocates shows in each.
    private static long leastAllocated(final Runnable work)
    {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++)
        {
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++)
            {
                work.run();
            }
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
