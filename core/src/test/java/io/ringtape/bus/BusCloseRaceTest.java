package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.await;
import static io.ringtape.bus.BusFixture.batch;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.EventBatch;
import io.ringtape.event.EventHandler;
import io.ringtape.event.OrderBookEvent;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A publish that meets a close is handled or refused, never between (F30). */
@Timeout(110)
final class BusCloseRaceTest
{
    private static final int ROUNDS = 10_000;
    private static final long SEED = 30;
    private static final int MAX_SPINS = 3_000;

    private final Publisher publisher = new Publisher();
    private final Thread thread = new Thread(publisher, "publisher");

    @BeforeEach
    void startPublisher()
    {
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void stopPublisher()
    {
        publisher.stop = true;
    }

    @Test
    void shouldHandleOrRefuseEachPublishThatMeetsAClose()
    {
        final Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++)
        {
            final Count handled = new Count();
            final EventBus bus = bus(16).lane(lane("l").handler("count", handled).build()).build();
            bus.start();
            publisher.bus.set(bus);
            spin(random.nextInt(MAX_SPINS));

            final boolean isDrained = bus.close(CLOSE_LIMIT_NS);
            await(() -> publisher.bus.get() == null);

            final String where = "seed=" + SEED + " round=" + round;
            assertTrue(isDrained, where);
            assertEquals(publisher.accepted, handled.events, where);
            assertEquals(publisher.accepted - 1, bus.cursor(), where);
        }
    }

    private static void spin(final int times)
    {
        for (int i = 0; i < times; i++)
        {
            Thread.onSpinWait();
        }
    }

    /** Publishes one by one on the bus that it is given, until that refuses. */
    private static final class Publisher implements Runnable
    {
        private final AtomicReference<@Nullable EventBus> bus = new AtomicReference<>();
        private volatile boolean stop;
        private volatile long accepted;

        @Override
        public void run()
        {
            final EventBatch one = batch(7, 1);
            final IdleStrategy idle = BusFixture.yielding();
            while (!stop)
            {
                final EventBus given = bus.get();
                if (given == null)
                {
                    idle.idle();
                    continue;
                }
                final Writer writer = given.writer();
                long count = 0;
                while (writer.publish(one) == Writer.ACCEPTED)
                {
                    count++;
                }
                accepted = count;
                bus.set(null);
            }
        }
    }

    private static final class Count implements EventHandler
    {
        // Plain: the end of the lane, which a close waits for, makes it visible.
        private long events;

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            events++;
        }
    }
}
