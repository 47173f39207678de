package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.await;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.EventHandler;
import io.ringtape.event.OrderBookEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Whatever the shape and the pace: what is delivered and what is told as shed is all that was published, whole. */
final class OverflowPropertyTest
{
    private static final Duration HANG_LIMIT = Duration.ofSeconds(10);

    @Property(tries = 150)
    void shouldDeliverOrTellEachEventOnceInOrderAndWhole(
        @ForAll @IntRange(max = 7) final int capacityBits,
        @ForAll @LongRange(max = 1L << 41) final long first,
        @ForAll @IntRange(min = 1, max = 3) final int laneCount,
        @ForAll @IntRange(min = 1, max = 400) final int publishes,
        @ForAll final long seed)
    {
        assertTimeoutPreemptively(HANG_LIMIT, () -> run(1 << capacityBits, first, laneCount, publishes, seed));
    }

    private static void run(
        final int capacity, final long first, final int laneCount, final int publishes, final long seed)
    {
        final Random random = new Random(seed);
        final OverflowFixture.Account gated = new OverflowFixture.Account(new Stall(random.nextLong(), 5));
        final EventBusBuilder builder =
            bus(capacity).firstSequence(first).inbox("in", 64).lane(lane("gated").handler("gated", gated).build());
        final List<OverflowFixture.Account> accounts = new ArrayList<>();
        final List<OverflowFixture.RangeAccount> ranges = new ArrayList<>();
        for (int i = 0; i < laneCount; i++)
        {
            accounts.add(new OverflowFixture.Account(new Stall(random.nextLong(), random.nextInt(200))));
            ranges.add(new OverflowFixture.RangeAccount());
            builder.lane(randomLane(i, accounts.get(i), ranges.get(i), random));
        }
        final EventBus bus = builder.build();
        bus.start();

        long published = 0;
        for (int i = 0; i < publishes; i++)
        {
            published += publish(bus, first + published, 1 + random.nextInt(Math.min(capacity, 16)), random);
        }

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals("", gated.wrong());
        assertEquals(published, gated.delivered());
        for (int i = 0; i < laneCount; i++)
        {
            assertAccounted(bus.lane("lane-" + i), accounts.get(i), ranges.get(i), published);
            assertEquals(first + published - 1, accounts.get(i).stoppedAt());
        }
    }

    private static void assertAccounted(
        final LaneStatus lane, final OverflowFixture.Account account, final OverflowFixture.RangeAccount ranges,
        final long published)
    {
        assertEquals("", account.wrong());
        assertEquals("", ranges.wrong());
        assertEquals(published, account.delivered() + account.shed());
        assertEquals(published, ranges.delivered() + ranges.shed());
        assertEquals(account.shed(), lane.shedCount());
        assertEquals(account.shed(), ranges.shed());
        assertTrue(lane.evictionCount() > 0 || lane.shedCount() == 0);
    }

    private static Lane randomLane(
        final int index, final EventHandler account, final OverflowFixture.RangeAccount ranges, final Random random)
    {
        final Lane.Builder lane = lane("lane-" + index).overflow(OverflowPolicy.SHED)
            .handler("account-" + index, account).rangeHandler("ranges-" + index, ranges);
        if (random.nextBoolean())
        {
            lane.privateBuffer(1 << random.nextInt(8));
        }
        if (random.nextBoolean())
        {
            lane.batchLimit(1 + random.nextInt(20));
        }
        if (random.nextInt(3) == 0)
        {
            lane.after("gated");
        }
        return lane.build();
    }

    private static int publish(final EventBus bus, final long from, final int count, final Random random)
    {
        switch (random.nextInt(4))
        {
            case 0 -> assertEquals(Writer.ACCEPTED, bus.writer().publish(OverflowFixture.batch(from, count)));
            case 1 -> await(() -> bus.writer().tryPublish(OverflowFixture.batch(from, count)) == Writer.ACCEPTED);
            case 2 -> OverflowFixture.publish(bus, count);
            default ->
            {
                for (int i = 0; i < count; i++)
                {
                    bus.inbox("in").offer(OverflowFixture.batch(from + i, 1));
                }
                assertEquals(count, bus.writer().drainInboxes());
            }
        }
        return count;
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
                for (int i = random.nextInt(5_000); i > 0; i--)
                {
                    Thread.onSpinWait();
                }
            }
        }
    }
}
