package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.await;
import static io.ringtape.bus.BusFixture.batch;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static io.ringtape.bus.BusFixture.onThread;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.EventBatch;
import io.ringtape.event.EventType;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A ring of many producers. */
@Timeout(10)
final class SharedWriterTest
{
    private static final int HALTS = 50;

    private final BusFixture.Recorder recorder = new BusFixture.Recorder();

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 5, (1L << 31) - 3, (1L << 32) - 1, 1L << 40, (1L << 40) + 3})
    void shouldPublishEachOfferWithOneClaim(final long first)
    {
        final BusFixture.Recorder second = new BusFixture.Recorder();
        final EventBus bus = bus(8).firstSequence(first).multiProducer(BackPressure.YIELD)
            .lane(lane("a").handler("recorder", recorder).build())
            .lane(lane("b").after("a").handler("second", second).build()).build();
        bus.start();
        final SharedWriter writer = bus.sharedWriter();

        for (int i = 0; i < 20; i++)
        {
            assertEquals(SharedWriter.ACCEPTED, writer.offer(batch(10L * i, 3)));
            final int base = 10 * i + 3;
            assertEquals(SharedWriter.ACCEPTED,
                writer.offer(2, (event, index) -> event.type(EventType.TRADE).orderId(base + index)));
        }

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(first + 99, bus.cursor());
        assertEquals(BusState.CLOSED, bus.state());
        assertEquals(SharedWriter.CLOSED, writer.offer(batch(0, 1)));
        for (final BusFixture.Recorder each : new BusFixture.Recorder[]{recorder, second})
        {
            assertArrayEquals(LongStream.range(first, first + 100).toArray(), each.sequences());
            assertArrayEquals(LongStream.range(0, 100).map((i) -> i / 5 * 10 + i % 5).toArray(), each.orderIds());
            assertEquals(first + 99, each.stoppedAt());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, (1L << 32) - 1, (1L << 32) - 2, (1L << 34) - 4, (1L << 62) - 1})
    void shouldDeliverNothingThatIsClaimedAndNotPublished(final long first)
    {
        for (final int capacity : new int[]{1, 4})
        {
            final BusFixture.Recorder seen = new BusFixture.Recorder();
            final EventBus bus = bus(capacity).firstSequence(first).multiProducer(BackPressure.FAIL)
                .lane(lane("l").handler("recorder", seen).build()).build();
            bus.start();
            await(() -> bus.lane("l").state() == LaneState.RUNNING);

            bus.sharedWriter().offer(1, (event, index) ->
            {
                if (capacity > 1)
                {
                    assertNull(onThread(() ->
                        assertEquals(SharedWriter.ACCEPTED, bus.sharedWriter().offer(batch(2, 1)))));
                }
                for (int i = 0; i < 1_000; i++)
                {
                    BusFixture.yielding().idle();
                }
                assertEquals(0, seen.count());
                event.type(EventType.TRADE).orderId(1);
            });

            assertTrue(bus.close(CLOSE_LIMIT_NS));
            assertArrayEquals(capacity > 1 ? new long[]{1, 2} : new long[]{1}, seen.orderIds());
        }
    }

    @Test
    void shouldPublishClaimOfFailedFillerAsVoid()
    {
        final BusFixture.Ranges ranges = new BusFixture.Ranges();
        final EventBus bus = bus(8).multiProducer(BackPressure.FAIL)
            .lane(lane("l").handler("recorder", recorder).rangeHandler("ranges", ranges).batchLimit(1).build()).build();
        bus.start();
        final SharedWriter writer = bus.sharedWriter();
        final IllegalStateException drill = new IllegalStateException("drill");

        final Throwable thrown = assertThrows(IllegalStateException.class, () -> writer.offer(3, (event, index) ->
        {
            event.type(EventType.TRADE);
            if (index == 1)
            {
                throw drill;
            }
        }));
        assertEquals(SharedWriter.ACCEPTED, writer.offer(batch(7, 1)));

        assertSame(drill, thrown);
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(3, bus.voidCount());
        assertEquals("0+1:v 1+1:v 2+1:v 3+1:e", ranges.ranges());
        assertArrayEquals(new long[]{7}, recorder.orderIds());
    }

    @Test
    void shouldRefuseFillerThatOffersOrCloses()
    {
        final EventBus bus = started(BackPressure.YIELD);
        final SharedWriter writer = bus.sharedWriter();
        final String thread = " thread=" + Thread.currentThread().getName();

        assertEquals("a filler must not offer:" + thread, assertThrows(IllegalStateException.class, () ->
            writer.offer(1, (event, index) -> writer.offer(batch(0, 1)))).getMessage());
        assertEquals("a filler must not offer:" + thread, assertThrows(IllegalStateException.class, () ->
            writer.offer(1, (event, index) -> writer.offer(1, (inner, at) -> inner.orderId(1)))).getMessage());
        assertEquals("a filler must not close its bus:" + thread, assertThrows(IllegalStateException.class, () ->
            writer.offer(1, (event, index) -> bus.close(CLOSE_LIMIT_NS))).getMessage());

        assertEquals(3, bus.voidCount());
        assertEquals(SharedWriter.ACCEPTED, writer.offer(batch(5, 1)));
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertArrayEquals(new long[]{5}, recorder.orderIds());
    }

    @Test
    void shouldAnswerFullAndCountIt()
    {
        final BusFixture.Hold hold = new BusFixture.Hold();
        final EventBus bus = bus(4).multiProducer(BackPressure.FAIL).lane(lane("l").handler("hold", hold).build())
            .build();
        final SharedWriter writer = bus.sharedWriter();
        assertEquals(SharedWriter.FULL, writer.offer(batch(0, 1)));
        bus.start();
        assertEquals(SharedWriter.ACCEPTED, writer.offer(batch(0, 3)));
        hold.awaitHeld();

        assertEquals(SharedWriter.FULL, writer.offer(batch(0, 2)));
        assertEquals(SharedWriter.ACCEPTED, writer.offer(batch(0, 1)));
        assertEquals(SharedWriter.FULL, writer.offer(batch(0, 1)));

        assertEquals(2, writer.fullCount());
        assertEquals(0, writer.waitCount());
        assertSame(BackPressure.FAIL, writer.backPressure());
        assertEquals(4, writer.capacity());
        hold.release();
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(3, bus.cursor());
    }

    @ParameterizedTest
    @EnumSource(names = {"SPIN", "YIELD"})
    void shouldWaitForRoomAndEndWithTheBus(final BackPressure backPressure)
    {
        final BusFixture.Hold hold = new BusFixture.Hold();
        final EventBus bus = bus(4).multiProducer(backPressure).lane(lane("l").handler("hold", hold).build()).build();
        final SharedWriter writer = bus.sharedWriter();
        assertEquals(SharedWriter.FULL, writer.offer(batch(0, 1)));
        bus.start();
        final Publishers publishers = new Publishers();
        publishers.start(writer, 1, Long.MAX_VALUE, true, 1);
        await(() -> writer.waitCount() == 1);
        assertEquals(3, bus.cursor());

        bus.halt();
        publishers.awaitEnded();

        assertEquals(4, publishers.accepted());
        assertEquals(1, writer.waitCount());
        assertEquals(0, writer.fullCount());
        hold.release();
        assertFalse(bus.close(CLOSE_LIMIT_NS));
        assertEquals(SharedWriter.CLOSED, writer.offer(batch(0, 1)));
        assertEquals(3, bus.cursor());
    }

    @Test
    void shouldRefuseHandlerWhereTheRingIsWaitedFor()
    {
        final AtomicReference<EventBus> self = new AtomicReference<>();
        final EventBus bus = bus(4).multiProducer(BackPressure.YIELD).lane(lane("l").handler("offering",
            (event) -> self.get().sharedWriter().offer(batch(0, 1))).build()).build();
        self.set(bus);
        bus.start();

        bus.sharedWriter().offer(batch(0, 1));
        await(() -> bus.state() == BusState.HALTED);

        final Throwable cause = bus.fault().orElseThrow().cause();
        assertInstanceOf(IllegalStateException.class, cause);
        assertEquals("neither a handler nor the writer's thread may offer where it waits: ring thread=ringtape-lane-l",
            cause.getMessage());
        assertEquals(0, bus.cursor());
        assertFalse(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldLetHandlerOfferWhereTheRingIsNotWaitedFor()
    {
        final AtomicReference<EventBus> self = new AtomicReference<>();
        final EventBus bus = bus(4).multiProducer(BackPressure.FAIL).lane(lane("l").handler("recorder", recorder)
            .handler("offering", (event) ->
            {
                if (event.orderId() < 3)
                {
                    assertEquals(SharedWriter.ACCEPTED, self.get().sharedWriter().offer(batch(event.orderId() + 1, 1)));
                }
            }).build()).build();
        self.set(bus);
        bus.start();

        bus.sharedWriter().offer(batch(0, 1));
        await(() -> recorder.count() == 4);

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertArrayEquals(new long[]{0, 1, 2, 3}, recorder.orderIds());
    }

    @Test
    void shouldDeliverWhatWasAcceptedToALaneThatFinishesOnHalt()
    {
        for (int round = 0; round < HALTS; round++)
        {
            final Publishers publishers = new Publishers();
            final EventBus bus = bus(16).multiProducer(BackPressure.YIELD)
                .lane(publishers.checkedLane(true)).build();
            bus.start();
            publishers.start(bus.sharedWriter(), 4, Long.MAX_VALUE, true, round);
            publishers.start(bus.sharedWriter(), 4, Long.MAX_VALUE, true, ~round);
            publishers.awaitBegun();

            bus.halt();
            publishers.awaitEnded();
            await(() -> bus.lane("check").state() == LaneState.STOPPED);

            assertFalse(bus.close(CLOSE_LIMIT_NS));
            publishers.assertHandledWhatWasAccepted("round=" + round);
        }
    }

    @Test
    void shouldRefuseBatchesOutOfRange()
    {
        final EventBus bus = started(BackPressure.FAIL);

        assertEquals("count must be 1 to 8: count=9", assertThrows(IllegalArgumentException.class, () ->
            bus.sharedWriter().offer(batch(0, 9))).getMessage());
        assertEquals("count must be 1 to 8: count=0", assertThrows(IllegalArgumentException.class, () ->
            bus.sharedWriter().offer(new EventBatch(1))).getMessage());

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(-1, bus.cursor());
    }

    @Test
    void shouldRefuseWhatBelongsToTheOtherKindOfBus()
    {
        final EventBus shared = started(BackPressure.FAIL);
        final EventBus single = bus(8).lane(lane("l").handler("h", recorder).build()).build();
        final Lane late = lane("late").handler("late", recorder).build();

        assertEquals("bus has many producers",
            assertThrows(IllegalStateException.class, shared::writer).getMessage());
        assertEquals("bus has many producers", assertThrows(IllegalStateException.class, () ->
            shared.attach(late, JoinFrom.live())).getMessage());
        assertEquals("bus has one writer",
            assertThrows(IllegalStateException.class, single::sharedWriter).getMessage());
        assertTrue(shared.close(CLOSE_LIMIT_NS));
    }

    private EventBus started(final BackPressure backPressure)
    {
        final EventBus bus =
            bus(8).multiProducer(backPressure).lane(lane("l").handler("recorder", recorder).build()).build();
        bus.start();
        return bus;
    }
}
