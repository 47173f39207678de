package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.await;
import static io.ringtape.bus.BusFixture.batch;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.Interest;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.RangeHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.AfterContainer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Handlers join behind a snapshot at any moment while another thread publishes, and new snapshots are made: each ends
 * with the state of one that was there from the start.
 */
final class SnapshotJoinPropertyTest
{
    private static final Duration HANG_LIMIT = Duration.ofSeconds(10);
    private static int joinedCount;
    private static int behindSnapshotCount;

    @Property(tries = 100)
    void shouldHaveTheStateOfOneThatWasThereFromTheStart(
        @ForAll @IntRange(min = 1, max = 7) final int capacityBits,
        @ForAll @LongRange(max = 1L << 41) final long first,
        @ForAll @IntRange(min = 1, max = 300) final int packets,
        @ForAll final long seed)
    {
        assertTimeoutPreemptively(HANG_LIMIT, () -> drill(1 << capacityBits, first, packets, new Random(seed)));
    }

    @AfterContainer
    static void shouldHaveStartedBehindSnapshots()
    {
        assertTrue(joinedCount > 300, () -> "joined=" + joinedCount);
        assertTrue(behindSnapshotCount > joinedCount / 4, () -> "behindSnapshot=" + behindSnapshotCount);
    }

    private static void drill(final int capacity, final long first, final int packets, final Random random)
    {
        final ArrayHistory history = new ArrayHistory(first, 4_096);
        final Sum there = new Sum("sum");
        final EventBus bus = bus(capacity).firstSequence(first).history(history, "tape")
            .lane(lane("tape").batchLimit(1 + random.nextInt(20)).rangeHandler("recorder", history)
                .rangeHandler("maker", new Maker(history, new Random(random.nextLong()))).build())
            .lane(lane("work").handler("there", there).build()).build();
        bus.start();
        final AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        final Random joining = new Random(random.nextLong());
        final List<Sum> late = new ArrayList<>();
        final Thread visitors = new Thread(() -> join(bus, late, joining, thrown), "visitors");
        visitors.setDaemon(true);
        visitors.start();
        for (int i = 0; i < packets && visitors.isAlive(); i++)
        {
            bus.writer().publish(batch(bus.cursor() + 1, 1 + random.nextInt(Math.min(capacity, 8))));
        }
        await(() -> !visitors.isAlive());

        assertNull(thrown.get(), () -> "visitors: " + thrown.get());
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        late.forEach((sum) -> assertEquals(there.toString(), sum.toString()));
        assertEquals(0, history.openCount());
    }

    private static void join(
        final EventBus bus, final List<Sum> late, final Random random,
        final AtomicReference<@Nullable Throwable> thrown)
    {
        try
        {
            for (int i = 1 + random.nextInt(8); i > 0; i--)
            {
                final Sum sum = new Sum("sum");
                final String name = "late-" + i;
                final Attachment attached = random.nextBoolean() ?
                    bus.attach(lane(name).handler(name, sum).build(), JoinFrom.snapshot()) :
                    bus.attach("work", name, sum, Interest.all(), JoinFrom.snapshot());
                late.add(sum);
                joinedCount++;
                behindSnapshotCount += attached.firstSequence() > bus.firstSequence() ? 1 : 0;
                for (int spins = random.nextInt(20_000); spins > 0; spins--)
                {
                    Thread.onSpinWait();
                }
            }
        }
        catch (final Throwable t)
        {
            thrown.set(t);
            bus.halt();
        }
    }

    /** Makes snapshots behind the recorder, now and then. */
    private static final class Maker implements RangeHandler
    {
        private final OrderBookEvent event = new OrderBookEvent();
        private final Sum sum = new Sum("sum");
        private final ArrayHistory history;
        private final Random random;

        private Maker(final ArrayHistory history, final Random random)
        {
            this.history = history;
            this.random = random;
        }

        @Override
        public void onRange(final UnsafeBuffer buffer, final int offset, final long first, final int count)
        {
            for (int i = 0; i < count; i++)
            {
                sum.onEvent(event.wrap(buffer, offset + i * OrderBookEvent.SIZE_BYTES));
            }
            if (random.nextInt(4) == 0)
            {
                history.snapshot(sum.stored(first + count));
            }
        }
    }
}
