package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.await;
import static io.ringtape.bus.BusFixture.batch;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.EventHandler;
import io.ringtape.event.OrderBookEvent;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class LaneTest
{
    @Test
    void shouldCallHandlersInOrderEventByEventThenRangesThenBatchEnds()
    {
        final StringBuilder calls = new StringBuilder();
        final EventBus bus = bus(8)
            .lane(lane("l").inline()
                .handler("a", new Noting("a", calls))
                .handler("b", new Noting("b", calls))
                .rangeHandler("r", (buffer, offset, first, count) -> calls.append("r").append(first).append('x')
                    .append(count).append(' '))
                .build())
            .build();
        bus.start();

        bus.writer().publish(batch(0, 6));
        bus.writer().publish(batch(0, 4));
        assertTrue(bus.close(CLOSE_LIMIT_NS));

        assertEquals("a> b> a0 b0 a1 b1 a! b! a2 b2 a3 b3 a! b! a4 b4 a5 b5 a! b! a6 b6 a7 b7 a! b! a8 b8 a9 b9 a! b! ",
            calls.toString().replaceAll("r\\d+x\\d+ ", "").replaceAll("[ab]\\. ", ""));
        assertEquals("r0x2 r2x2 r4x2 r6x2 r8x2 ",
            calls.toString().replaceAll("[ab][>!.\\d]\\d* ", ""));
    }

    @Test
    void shouldSplitRangeWhereTheRingWraps()
    {
        final BusFixture.Ranges ranges = new BusFixture.Ranges();
        final EventBus bus = bus(8).firstSequence(5)
            .lane(lane("l").inline().batchLimit(8).rangeHandler("ranges", ranges).build())
            .build();
        bus.start();

        bus.writer().publish(batch(0, 8));
        bus.writer().publish(batch(0, 3));
        bus.writer().publish(batch(0, 1));

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals("5+3:eee 8+5:eeeee 13+3:eee 16+1:e", ranges.ranges());
        assertEquals(16, ranges.stoppedAt());
    }

    @Test
    void shouldGiveRoomBackWithinWhatWaits()
    {
        final BusFixture.Recorder recorder = new BusFixture.Recorder();
        final BusFixture.Hold hold = new BusFixture.Hold();
        final EventBus bus = bus(16)
            .lane(lane("l").batchLimit(4).handler("hold", hold).handler("recorder", recorder).build()).build();
        bus.start();
        bus.writer().publish(batch(0, 16));
        hold.awaitHeld();
        hold.release();

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals("3 7 11 15", recorder.batchEnds());
        assertEquals(4, recorder.ends());
    }

    @Test
    void shouldLimitBatchesToQuarterOfSmallRing()
    {
        assertEquals(4, lane("l").build().batchLimit(16));
        assertEquals(1, lane("l").build().batchLimit(1));
        assertEquals(1024, lane("l").build().batchLimit(1 << 16));
        assertEquals(100, lane("l").batchLimit(100).build().batchLimit(16));
    }

    @Test
    void shouldRunLaneAfterOthers()
    {
        final AtomicInteger mistakes = new AtomicInteger();
        final AtomicReference<LaneStatus> first = new AtomicReference<>();
        final AtomicReference<LaneStatus> second = new AtomicReference<>();
        final EventHandler check = (event) ->
        {
            if (first.get().sequence() < event.sequence() || second.get().sequence() < event.sequence())
            {
                mistakes.incrementAndGet();
            }
        };
        final EventBus bus = bus(64)
            .lane(lane("third").handler("check", check).after("first").after("second").build())
            .lane(lane("second").handler("h2", new BusFixture.Recorder()).after("first").build())
            .lane(lane("first").handler("h1", new BusFixture.Recorder()).build())
            .build();
        first.set(bus.lane("first"));
        second.set(bus.lane("second"));
        bus.start();

        for (int i = 0; i < 2_000; i++)
        {
            bus.writer().publish(batch(i, 1 + i % 5));
        }

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(0, mistakes.get());
        assertEquals(bus.cursor(), bus.lane("third").sequence());
    }

    @Test
    void shouldRunInlineLanesAfterEachOtherBeforePublishReturns()
    {
        final StringBuilder calls = new StringBuilder();
        final EventBus bus = bus(8)
            .lane(lane("late").inline().handler("b", (event) -> calls.append('b').append(event.sequence()))
                .after("early").build())
            .lane(lane("early").inline().handler("a", (event) -> calls.append('a').append(event.sequence())).build())
            .build();
        bus.start();

        bus.writer().publish(batch(0, 2));

        assertEquals("a0a1b0b1", calls.toString());
        assertEquals(1, bus.lane("late").sequence());
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldStartAndStopInlineLaneOfBusThatNothingWasPublishedOn()
    {
        final BusFixture.Recorder recorder = new BusFixture.Recorder();
        final EventBus bus = bus(8).firstSequence(7).lane(lane("l").inline().handler("h", recorder).build()).build();
        bus.start();

        assertTrue(bus.close(CLOSE_LIMIT_NS));

        assertEquals(7, recorder.startedAt());
        assertEquals(6, recorder.stoppedAt());
        assertEquals(LaneState.STOPPED, bus.lane("l").state());
    }

    @Test
    void shouldTellLagAndState()
    {
        final BusFixture.Hold hold = new BusFixture.Hold();
        final EventBus bus = bus(8).lane(lane("l").batchLimit(2).handler("hold", hold).build()).build();
        final LaneStatus lane = bus.lane("l");
        assertEquals(LaneState.NEW, lane.state());
        bus.start();
        bus.writer().publish(batch(0, 2));
        hold.awaitHeld();
        bus.writer().publish(batch(0, 3));

        assertEquals(5, lane.lag());
        assertEquals(LaneState.RUNNING, lane.state());
        hold.release();
        await(() -> lane.lag() == 0);

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(LaneState.STOPPED, lane.state());
        assertEquals(4, lane.sequence());
        assertSame(lane, bus.lane("l"));
    }

    @Test
    void shouldDescribeItself()
    {
        final Lane lane = lane("l").orderLane().inline().after("x").overflow(OverflowPolicy.GATE).build();

        assertEquals("l", lane.name());
        assertTrue(lane.isOrderLane());
        assertTrue(lane.isInline());
        assertArrayEquals(new Object[]{"x"}, lane.after().toArray());
        assertEquals(FaultPolicy.HALT, lane.faultPolicy());
        assertEquals(OverflowPolicy.GATE, lane.overflowPolicy());
    }

    private static final class Noting implements EventHandler
    {
        private final String name;
        private final StringBuilder calls;

        private Noting(final String name, final StringBuilder calls)
        {
            this.name = name;
            this.calls = calls;
        }

        @Override
        public void onStart(final long firstSequence)
        {
            calls.append(name).append("> ");
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            calls.append(name).append(event.sequence()).append(' ');
        }

        @Override
        public void onBatchEnd(final long lastSequence)
        {
            calls.append(name).append("! ");
        }

        @Override
        public void onStop(final long lastSequence)
        {
            calls.append(name).append(". ");
        }
    }
}
