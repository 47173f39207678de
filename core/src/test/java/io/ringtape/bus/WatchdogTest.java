package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.await;
import static io.ringtape.bus.BusFixture.batch;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.EventHandler;
import io.ringtape.event.EventType;
import io.ringtape.event.Interest;
import io.ringtape.event.OrderBookEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The watchdog, look by look, by a clock that is moved by hand. */
@Timeout(10)
final class WatchdogTest
{
    private static final long LIMIT_NS = 8_000_000L;
    private static final long NEVER_NS = 3_600_000_000_000L;
    private static final long LOOK_NS = LIMIT_NS / 8;
    private static final long HOUR_NS = 3_600_000_000_000L;

    private final List<Stall> stalls = new ArrayList<>();
    private final List<Stall> ends = new ArrayList<>();
    private final StallListener listener = new StallListener()
    {
        @Override
        public void onStall(final Stall stall)
        {
            stalls.add(stall);
        }

        @Override
        public void onStallEnd(final Stall stall)
        {
            ends.add(stall);
        }
    };
    private final Hanging hanging = new Hanging();
    private long nowNs = 5;

    @Test
    void shouldNameHandlerSequenceAndLagOnceAndTellTheEnd()
    {
        final EventBus bus = watched()
            .lane(lane("l").handler("quick", new BusFixture.Recorder()).handler("slow", hanging).build()).build();
        final Watchdog watchdog = hangAt(bus, Where.EVENT, 5);

        looks(watchdog, 8);
        assertTrue(stalls.isEmpty());
        looks(watchdog, 20);

        final Stall stall = new Stall("l", "slow", "", 5, 10, LIMIT_NS);
        assertEquals(List.of(stall), stalls);
        assertEquals("lane=l handler=slow frontier= sequence=5 lag=10 waitedNs=8000000", stall.describe());
        assertTrue(ends.isEmpty());
        release(bus);
        looks(watchdog, 1);
        assertEquals(List.of(new Stall("l", "slow", "", 5, 10, 27 * LOOK_NS)), ends);
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldNotTakeAPauseOfTheProcessForAStall()
    {
        final EventBus bus = watched().lane(lane("l").handler("slow", hanging).build()).build();
        final Watchdog watchdog = hangAt(bus, Where.EVENT, 0);
        looks(watchdog, 5);

        nowNs += HOUR_NS;
        watchdog.look();

        // Four looks and one of an hour, which counts as two: two more are missing.
        looks(watchdog, 1);
        assertTrue(stalls.isEmpty());
        looks(watchdog, 1);
        assertEquals(List.of(new Stall("l", "slow", "", 0, 10, LIMIT_NS)), stalls);
        release(bus);
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldTakeAMoveWithinABatchForProgress()
    {
        final EventBus bus = watched().lane(lane("l").handler("slow", hanging).build()).build();
        final Watchdog watchdog = hangAt(bus, Where.EVENT, 0);

        for (long event = 0; event < 9; event++)
        {
            looks(watchdog, 8);
            hanging.moveTo(event + 1);
            final long next = event + 1;
            await(() -> hanging.at == next);
        }

        assertEquals(-1, bus.lane("l").sequence());
        looks(watchdog, 8);
        assertTrue(stalls.isEmpty());
        release(bus);
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldNotTakeALaneForStalledThatHasNothingToDo()
    {
        final EventBus bus = watched().lane(lane("l").handler("slow", hanging).build())
            .lane(lane("behind").after("l").handler("h", new BusFixture.Recorder()).build()).build();
        final Watchdog watchdog = hangAt(bus, Where.EVENT, 0);

        looks(watchdog, 20);

        // The lane behind waits for the one that hangs: that one is named, and only that one.
        assertEquals(1, stalls.size());
        assertEquals("l", stalls.get(0).lane());
        release(bus);
        bus.writer().awaitLane("behind");
        looks(watchdog, 20);
        assertEquals(1, stalls.size());
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldNameTheFrontierThatStandsStill()
    {
        final Frontier still = new Frontier()
        {
            @Override
            public String name()
            {
                return "still";
            }

            @Override
            public long sequence()
            {
                return -1;
            }
        };
        final EventBus bus = watched().lane(lane("l").after(still).handler("h", hanging).build()).build();
        bus.start();
        await(() -> bus.lane("l").state() == LaneState.RUNNING);
        bus.writer().publish(batch(0, 10));
        final Watchdog watchdog = watchdog(bus);

        looks(watchdog, 9);

        assertEquals(List.of(new Stall("l", "", "still", 0, 10, LIMIT_NS)), stalls);
        bus.halt();
        assertFalse(bus.close(CLOSE_LIMIT_NS));
        looks(watchdog, 1);
        assertEquals(1, ends.size());
    }

    @ParameterizedTest
    @EnumSource(Where.class)
    void shouldNameTheHandlerInWhateverCallItHangs(final Where where)
    {
        final Lane.Builder lane = lane("l").handler("before", new BusFixture.Recorder());
        final EventBus bus = watched().lane((where == Where.RANGE ?
            lane.rangeHandler("first", new BusFixture.Ranges()).rangeHandler("slow", hanging::onRange) :
            lane.handler("slow", hanging)).build()).build();
        final Watchdog watchdog = hangAt(bus, where, where == Where.EVENT ? 3 : 0);

        looks(watchdog, 9);

        assertEquals(1, stalls.size(), where::name);
        assertEquals("slow", stalls.get(0).handler());
        assertEquals(10, stalls.get(0).lag());
        assertEquals(where.sequence, stalls.get(0).sequence());
        release(bus);
        bus.close(CLOSE_LIMIT_NS);
    }

    @Test
    void shouldNameTheEventThatAnInterestLetThrough()
    {
        final EventBus bus = watched().lane(lane("l").batchLimit(64)
            .handler("slow", hanging, Interest.all().withTypes(EventType.TRADE)).build()).build();
        bus.start();
        hanging.hangAt(Where.EVENT, 12);
        bus.writer().publish(10, (event, index) -> event.type(EventType.QUOTE));
        bus.writer().publish(10, (event, index) -> event.type(index == 2 ? EventType.TRADE : EventType.QUOTE));
        await(() -> hanging.held);
        final Watchdog watchdog = watchdog(bus);

        looks(watchdog, 9);

        assertEquals(1, stalls.size());
        assertEquals(12, stalls.get(0).sequence());
        release(bus);
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldEndTheWatchWithWhatAListenerThrows()
    {
        final RuntimeException thrown = new RuntimeException("listener");
        final AtomicReference<Throwable> uncaught = new AtomicReference<>();
        final EventBus bus = watched().lane(lane("l").handler("slow", hanging).build())
            .threadFactory((runnable) ->
            {
                final Thread thread = new Thread(runnable);
                thread.setDaemon(true);
                thread.setUncaughtExceptionHandler((of, why) -> uncaught.set(why));
                return thread;
            })
            .stallLimit(1_000_000L, (stall) ->
            {
                throw thrown;
            })
            .build();
        bus.start();
        hanging.hangAt(Where.EVENT, 0);

        bus.writer().publish(batch(0, 1));

        await(() -> uncaught.get() != null);
        assertSame(thrown, uncaught.get());
        release(bus);
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    private Watchdog hangAt(final EventBus bus, final Where where, final long sequence)
    {
        hanging.hangAt(where, sequence);
        bus.start();
        if (where != Where.START)
        {
            await(() -> bus.lane("l").state() == LaneState.RUNNING);
        }
        bus.writer().publish(batch(0, 10));
        await(() -> hanging.held);
        return watchdog(bus);
    }

    // Its own watchdog never looks: the one that a test drives does.
    private EventBusBuilder watched()
    {
        return bus(64).stallLimit(NEVER_NS, listener);
    }

    private Watchdog watchdog(final EventBus bus)
    {
        final Watchdog watchdog = new Watchdog(new BusControl((fault) ->
        {
        }, () -> nowNs), () -> nowNs, LIMIT_NS, listener);
        for (final LaneStatus status : bus.lanes())
        {
            final LaneRunner runner = (LaneRunner)status;
            watchdog.watch(runner, runner.lane().after().stream()
                .map((name) -> (LaneRunner)bus.lane(name)).toArray(LaneRunner[]::new));
        }
        return watchdog;
    }

    private void looks(final Watchdog watchdog, final int count)
    {
        for (int i = 0; i < count; i++)
        {
            nowNs += LOOK_NS;
            watchdog.look();
        }
    }

    private void release(final EventBus bus)
    {
        hanging.moveTo(Long.MAX_VALUE);
        await(() -> bus.lane("l").lag() == 0 || bus.state() == BusState.HALTED);
    }

    /** The call that hangs. */
    private enum Where
    {
        START(0), EVENT(3), RANGE(0), BATCH_END(9);

        private final long sequence;

        Where(final long sequence)
        {
            this.sequence = sequence;
        }
    }

    /** Hangs in one kind of call, in each event from one on until it is moved. */
    private static final class Hanging implements EventHandler
    {
        private Where where = Where.EVENT;
        private volatile long allowed = Long.MAX_VALUE;
        private volatile long at = -1;
        private volatile boolean held;

        private void hangAt(final Where call, final long sequence)
        {
            where = call;
            allowed = sequence;
        }

        private void moveTo(final long sequence)
        {
            allowed = sequence;
        }

        private void hang(final Where call, final long sequence)
        {
            if (call == where)
            {
                at = sequence;
                if (sequence >= allowed)
                {
                    held = true;
                    await(() -> sequence < allowed);
                }
            }
        }

        @Override
        public void onStart(final long firstSequence)
        {
            hang(Where.START, firstSequence);
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            hang(Where.EVENT, event.sequence());
        }

        @Override
        public void onBatchEnd(final long lastSequence)
        {
            hang(Where.BATCH_END, lastSequence);
        }

        private void onRange(final UnsafeBuffer buffer, final int offset, final long firstSequence, final int count)
        {
            hang(Where.RANGE, firstSequence);
        }
    }
}
