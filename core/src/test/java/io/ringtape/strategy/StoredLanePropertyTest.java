package io.ringtape.strategy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventHashes;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.risk.RiskLimits;
import java.nio.BufferUnderflowException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** An order lane that takes over what another one knew goes on as that one does, order by order. */
final class StoredLanePropertyTest
{
    private static final int VENUE_EVENTS = 1_500;
    private static final ExampleParameters PARAMETERS = new ExampleParameters(3, 120, 5, 40_000_000L);
    private static final RiskLimits LIMITS =
        new RiskLimits(1_000, Long.MAX_VALUE, 20, 20, 500, 1_000_000_000L, 9, 3, Long.MAX_VALUE);
    private static int openOrders;
    private static int orders;
    private static int rejects;

    private final EventBatch batch = new EventBatch(4);

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void shouldGoOnAsIfItHadNeverStopped(
        @ForAll final long seed, @ForAll @IntRange(min = 0, max = VENUE_EVENTS) final int cut)
    {
        final SplittableRandom market = new SplittableRandom(seed);
        final OrderLane whole = new OrderLane(PARAMETERS, LIMITS);
        publish(market, 0, cut, whole);
        final OrderLane restored = new OrderLane(PARAMETERS, LIMITS);
        if (cut > 200)
        {
            // What it held before must leave no trace; by then both have met the two instruments.
            publish(new SplittableRandom(seed + 1), 0, cut / 2, restored);
        }
        openOrders += whole.gate.openOrders().size();

        restored.restore(whole.stored(), whole.nextSequence());
        requireEqual(whole, restored);
        whole.hashes = new EventHashes();
        restored.hashes = new EventHashes();
        publish(market, cut, VENUE_EVENTS, whole, restored);

        requireEqual(whole, restored);
        assertEquals(whole.hashes.outputHash(), restored.hashes.outputHash());
        assertEquals(whole.hashes.ownCount(), restored.hashes.ownCount());
        orders += whole.counts[EventType.OWN_NEW];
        rejects += whole.counts[EventType.OWN_REJECTED];
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void shouldRefuseBytesThatEndEarlyOrGoOn(
        @ForAll final long seed, @ForAll @IntRange(min = 0, max = 3) final int part,
        @ForAll @IntRange(min = 1, max = 7) final int more)
    {
        final OrderLane whole = new OrderLane(PARAMETERS, LIMITS);
        publish(new SplittableRandom(seed), 0, 200, whole);
        final List<byte[]> cut = whole.stored();
        cut.set(part, Arrays.copyOf(cut.get(part), cut.get(part).length - more));
        final List<byte[]> longer = whole.stored();
        longer.set(part, Arrays.copyOf(longer.get(part), longer.get(part).length + more));

        requireRefused(cut);
        requireRefused(longer);
    }

    private static void requireRefused(final List<byte[]> stored)
    {
        final RuntimeException refused = assertThrows(RuntimeException.class,
            () -> new OrderLane(PARAMETERS, LIMITS).restore(stored, 0));
        assertTrue(refused instanceof IllegalArgumentException || refused instanceof BufferUnderflowException,
            refused.toString());
    }

    @AfterContainer
    static void shouldHaveStoredOpenOrdersAndSentMore()
    {
        assertTrue(openOrders > 20, () -> "openOrders=" + openOrders);
        assertTrue(orders > 10_000, () -> "orders=" + orders);
        assertTrue(rejects > 1_000, () -> "rejects=" + rejects);
    }

    private static void requireEqual(final OrderLane whole, final OrderLane restored)
    {
        final List<byte[]> expected = whole.stored();
        final List<byte[]> actual = restored.stored();
        for (int i = 0; i < expected.size(); i++)
        {
            assertArrayEquals(expected.get(i), actual.get(i));
        }
    }

    private void publish(final SplittableRandom random, final int from, final int to, final OrderLane... lanes)
    {
        for (int i = from; i < to; i++)
        {
            batch.clear();
            final long timeNs = 1_000_000_000L + 10_000_000L * i + random.nextInt(9_000_000);
            final int side = random.nextBoolean() ? Side.BID : Side.ASK;
            final long price = 100_000_000L + (side == Side.BID ? -10_000L : 10_000L) * (1 + random.nextInt(4));
            final OrderBookEvent event = batch.append().eventTimeNs(timeNs).receiveTimeNs(timeNs).price(price)
                .flags(side | EventFlags.LAST).instrumentId(random.nextInt(2));
            if (event.instrumentId() == 1)
            {
                event.type(EventType.LEVEL_SET).quantity(random.nextInt(5) == 0 ? 0 : 10L * random.nextInt(1, 30));
            }
            else
            {
                event.type(random.nextInt(3) == 0 ? EventType.ORDER_DELETE : EventType.ORDER_ADD)
                    .orderId(random.nextInt(60)).quantity(1 + random.nextInt(30));
            }
            for (final OrderLane lane : lanes)
            {
                lane.publish(batch);
            }
        }
    }
}
