package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.await;
import static io.ringtape.bus.BusFixture.batch;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.EventHandler;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Whatever the shape and the pace: each lossless lane sees every event once and in order. */
final class BusPropertyTest
{
    private static final Duration HANG_LIMIT = Duration.ofSeconds(10);

    @Property(tries = 150)
    void shouldDeliverEachEventOnceAndInOrder(
        @ForAll @IntRange(max = 7) final int capacityBits,
        @ForAll @LongRange(max = 1L << 41) final long first,
        @ForAll @IntRange(min = 1, max = 4) final int laneCount,
        @ForAll @IntRange(min = 1, max = 300) final int publishes,
        @ForAll final long seed)
    {
        assertTimeoutPreemptively(HANG_LIMIT, () -> run(1 << capacityBits, first, laneCount, publishes, seed));
    }

    private static void run(
        final int capacity, final long first, final int laneCount, final int publishes, final long seed)
    {
        final Random random = new Random(seed);
        final List<BusFixture.Recorder> recorders = new ArrayList<>();
        final EventBusBuilder builder = bus(capacity).firstSequence(first).inbox("in", 64);
        for (int i = 0; i < laneCount; i++)
        {
            final BusFixture.Recorder recorder = new BusFixture.Recorder();
            recorders.add(recorder);
            builder.lane(randomLane(i, recorder, random));
        }
        final EventBus bus = builder.build();
        bus.start();

        int published = 0;
        for (int i = 0; i < publishes; i++)
        {
            final int count = 1 + random.nextInt(Math.min(capacity, 16));
            publish(bus, published, count, random);
            published += count;
        }

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(first + published - 1, bus.cursor());
        final long[] sequences = LongStream.range(first, first + published).toArray();
        final long[] orderIds = LongStream.range(0, published).toArray();
        for (final BusFixture.Recorder recorder : recorders)
        {
            assertArrayEquals(sequences, recorder.sequences());
            assertArrayEquals(orderIds, recorder.orderIds());
            assertEquals(first + published - 1, recorder.stoppedAt());
        }
    }

    private static Lane randomLane(final int index, final BusFixture.Recorder recorder, final Random random)
    {
        final Lane.Builder lane = lane("lane-" + index)
            .handler("stall-" + index, new Stall(random.nextLong(), random.nextInt(50)))
            .handler("recorder-" + index, recorder);
        if (random.nextBoolean())
        {
            lane.batchLimit(1 + random.nextInt(20));
        }
        if (random.nextInt(4) == 0)
        {
            lane.inline();
        }
        else if (index > 0 && random.nextBoolean())
        {
            lane.after("lane-" + random.nextInt(index));
        }
        return lane.build();
    }

    private static void publish(final EventBus bus, final int from, final int count, final Random random)
    {
        final Writer writer = bus.writer();
        switch (random.nextInt(5))
        {
            case 0 -> assertEquals(Writer.ACCEPTED, writer.publish(batch(from, count)));
            case 1 -> await(() -> writer.tryPublish(batch(from, count)) == Writer.ACCEPTED);
            case 2 -> assertEquals(Writer.ACCEPTED, writer.publish(count,
                (event, index) -> event.type(EventType.TRADE).orderId(from + index)));
            case 3 ->
            {
                final long first = writer.claim(count);
                for (int i = 0; i < count; i++)
                {
                    writer.slot(first + i).reset().type(EventType.TRADE).orderId(from + i);
                }
                writer.publish();
            }
            default ->
            {
                final Inbox inbox = bus.inbox("in");
                for (int i = 0; i < count; i++)
                {
                    assertEquals(Inbox.ACCEPTED, inbox.offer(batch(from + i, 1)));
                }
                assertEquals(count, writer.drainInboxes());
            }
        }
    }

    /** Loses time now and then. */
    private static final class Stall implements EventHandler
    {
        private final Random random;
        private final int perMille;

        private Stall(final long seed, final int perMille)
        {
            random = new Random(seed);
            this.perMille = perMille;
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            if (random.nextInt(1_000) < perMille)
            {
                for (int i = random.nextInt(2_000); i > 0; i--)
                {
                    Thread.onSpinWait();
                }
            }
        }
    }
}
