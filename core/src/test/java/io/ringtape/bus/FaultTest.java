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
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.EventHandler;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.RangeHandler;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
final class FaultTest
{
    private final RuntimeException failure = new RuntimeException("broken");
    private final BusFixture.Recorder before = new BusFixture.Recorder();
    private final BusFixture.Recorder behind = new BusFixture.Recorder();
    private final BusFixture.Recorder other = new BusFixture.Recorder();
    private final List<Fault> faults = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldHaltWithCauseAndExactSequence(final boolean inline)
    {
        final EventBus bus = withLane(failing(inline, FaultPolicy.HALT, failure, FaultPhase.EVENT, 7));

        publishUntilRefused(bus, 20);

        await(() -> bus.state() == BusState.HALTED);
        final Fault fault = bus.fault().orElseThrow();
        assertEquals(new Fault("l", "failing", FaultPhase.EVENT, 7, FaultPolicy.HALT, failure), fault);
        assertEquals(
            "bus is halted: lane=l handler=failing phase=EVENT sequence=7 applied=HALT cause=" + failure,
            assertThrows(BusHaltedException.class, () -> bus.writer().publish(batch(0, 1))).getMessage());
        final BusHaltedException thrown =
            assertThrows(BusHaltedException.class, () -> bus.writer().awaitQuiescent());
        assertSame(failure, thrown.getCause());
        assertEquals(fault, thrown.fault().orElseThrow());
        assertFalse(bus.close(CLOSE_LIMIT_NS));
        assertArrayEquals(LongStream.range(0, 8).toArray(), before.sequences());
        assertArrayEquals(LongStream.range(0, 7).toArray(), behind.sequences());
        assertEquals(7, before.stoppedAt());
        assertEquals(6, behind.stoppedAt());
        assertEquals(LaneState.FAULTED, bus.lane("l").state());
        assertEquals(LaneState.STOPPED, bus.lane("other").state());
        assertEquals(List.of(fault), faults);
        assertEquals(fault, bus.lane("l").fault().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldDetachWhileOthersGoOn(final boolean inline)
    {
        final EventBus bus = withLane(failing(inline, FaultPolicy.DETACH, failure, FaultPhase.EVENT, 7));

        for (int i = 0; i < 100; i++)
        {
            assertEquals(Writer.ACCEPTED, bus.writer().publish(batch(i, 1)));
        }

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(List.of(new Fault("l", "failing", FaultPhase.EVENT, 7, FaultPolicy.DETACH, failure)), faults);
        assertArrayEquals(LongStream.range(0, 100).toArray(), other.sequences());
        assertArrayEquals(LongStream.range(0, 8).toArray(), before.sequences());
        assertEquals(LaneState.DETACHED, bus.lane("l").state());
        assertTrue(bus.fault().isEmpty());
        assertEquals(BusState.CLOSED, bus.state());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldSkipTheFailingCallOnly(final boolean inline)
    {
        final EventBus bus = withLane(failing(inline, FaultPolicy.SKIP, failure, FaultPhase.EVENT, 7));

        for (int i = 0; i < 25; i++)
        {
            assertEquals(Writer.ACCEPTED, bus.writer().publish(batch(4L * i, 4)));
        }

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(1, bus.lane("l").skippedCount());
        assertEquals(List.of(new Fault("l", "failing", FaultPhase.EVENT, 7, FaultPolicy.SKIP, failure)), faults);
        assertArrayEquals(LongStream.range(0, 100).toArray(), before.sequences());
        assertArrayEquals(LongStream.range(0, 100).toArray(), behind.sequences());
    }

    @Test
    void shouldEndBatchThoughItsLastEventFailed()
    {
        final EventBus bus = withLane(failing(true, FaultPolicy.SKIP, failure, FaultPhase.EVENT, 3));

        bus.writer().publish(batch(0, 4));

        assertEquals("3", behind.batchEnds());
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @ParameterizedTest
    @EnumSource(value = FaultPhase.class, names = {"START", "BATCH_END"})
    void shouldApplyPolicyOutsideEventsToo(final FaultPhase phase)
    {
        for (final FaultPolicy policy : FaultPolicy.values())
        {
            faults.clear();
            final EventBus bus = withLane(failing(false, policy, failure, phase, 0));
            final FaultPolicy applied =
                policy == FaultPolicy.SKIP && phase == FaultPhase.START ? FaultPolicy.HALT : policy;

            publishUntilRefused(bus, 1);
            await(() -> !faults.isEmpty());

            assertEquals(new Fault("l", "failing", phase, 0, applied, failure), faults.get(0));
            assertEquals(applied != FaultPolicy.HALT, bus.close(CLOSE_LIMIT_NS));
            assertEquals(applied == FaultPolicy.HALT ? BusState.HALTED : BusState.CLOSED, bus.state());
        }
    }

    @Test
    void shouldTellStopThatFailed()
    {
        final EventBus bus = withLane(failing(false, FaultPolicy.HALT, failure, FaultPhase.STOP, 4));
        bus.writer().publish(batch(0, 5));

        assertFalse(bus.close(CLOSE_LIMIT_NS));

        assertEquals(List.of(new Fault("l", "failing", FaultPhase.STOP, 4, FaultPolicy.HALT, failure)), faults);
        assertEquals(BusState.HALTED, bus.state());
        assertEquals(4, behind.stoppedAt());
        assertEquals(4, other.stoppedAt());
    }

    @ParameterizedTest
    @EnumSource(FaultPolicy.class)
    void shouldNeverSkipErrors(final FaultPolicy policy)
    {
        for (final Error error : List.of(new OutOfMemoryError("drill"), new StackOverflowError()))
        {
            faults.clear();
            final EventBus bus = withLane(failing(false, policy, error, FaultPhase.EVENT, 2));

            publishUntilRefused(bus, 5);
            await(() -> !faults.isEmpty());

            final FaultPolicy applied = policy == FaultPolicy.DETACH ? FaultPolicy.DETACH : FaultPolicy.HALT;
            assertEquals(List.of(new Fault("l", "failing", FaultPhase.EVENT, 2, applied, error)), faults);
            assertEquals(applied == FaultPolicy.DETACH, bus.close(CLOSE_LIMIT_NS));
        }
    }

    @Test
    void shouldSurviveRealStackOverflow()
    {
        final EventBus bus = bus(8).faultListener(faults::add)
            .lane(lane("l").handler("deep", (event) -> descend(event, 0)).build()).build();
        bus.start();

        publishUntilRefused(bus, 1);
        await(() -> bus.state() == BusState.HALTED);

        assertInstanceOf(StackOverflowError.class, bus.fault().orElseThrow().cause());
        assertFalse(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldTellRangeThatFailed()
    {
        final BusFixture.Ranges first = new BusFixture.Ranges();
        final BusFixture.Ranges third = new BusFixture.Ranges();
        final EventBus bus = bus(8).firstSequence(4).faultListener(faults::add)
            .lane(lane("l").inline().batchLimit(8).handler("before", before).rangeHandler("first", first)
                .rangeHandler("second", new FailingRange(failure, 8)).rangeHandler("third", third).build())
            .build();
        bus.start();

        bus.writer().publish(batch(0, 6));

        assertEquals(List.of(new Fault("l", "second", FaultPhase.RANGE, 8, FaultPolicy.HALT, failure)), faults);
        assertFalse(bus.close(CLOSE_LIMIT_NS));
        assertEquals("4+4:eeee 8+2:ee", first.ranges());
        assertEquals("4+4:eeee", third.ranges());
        assertEquals(9, before.stoppedAt());
        assertEquals(9, first.stoppedAt());
        assertEquals(7, third.stoppedAt());
    }

    @Test
    void shouldFailWriterThatWaitsOnFullRing()
    {
        final BusFixture.Hold hold = new BusFixture.Hold();
        final EventBus bus = bus(4).lane(lane("l").handler("hold", hold).build()).build();
        bus.start();
        final Writer writer = bus.writer();
        final AtomicReference<Throwable> thrown = new AtomicReference<>();
        final Thread publisher = new Thread(() -> thrown.set(assertThrows(BusHaltedException.class, () ->
        {
            while (true)
            {
                writer.publish(batch(0, 1));
            }
        })));
        publisher.start();
        hold.awaitHeld();
        await(() -> bus.cursor() == 3);

        bus.halt();
        await(() -> !publisher.isAlive());

        assertNotNull(thrown.get());
        hold.release();
        assertFalse(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldGiveRecorderTheEventThatAnotherLaneFailedOn()
    {
        final BusFixture.Ranges ranges = new BusFixture.Ranges();
        final BusFixture.Hold hold = new BusFixture.Hold();
        final EventBus bus = bus(64)
            .lane(lane("tape").finishOnHalt().handler("hold", hold).rangeHandler("recorder", ranges).build())
            .lane(lane("l").inline().handler("failing", new Failing(failure, FaultPhase.EVENT, 5)).build())
            .build();
        bus.start();
        publishUntilRefused(bus, 10);
        hold.awaitHeld();
        assertEquals(BusState.HALTED, bus.state());

        hold.release();

        assertFalse(bus.close(CLOSE_LIMIT_NS));
        assertEquals(5, ranges.last());
        assertEquals(5, ranges.stoppedAt());
    }

    @Test
    void shouldKeepFaultWhenListenerThrows()
    {
        final RuntimeException second = new RuntimeException("second");
        final FaultListener listener = (fault) ->
        {
            throw second;
        };
        final EventBus bus = bus(8).faultListener(listener)
            .lane(lane("l").inline().handler("failing", new Failing(failure, FaultPhase.EVENT, 0)).build()).build();
        bus.start();

        bus.writer().publish(batch(0, 1));

        assertSame(failure, bus.fault().orElseThrow().cause());
        assertArrayEquals(new Throwable[]{second}, failure.getSuppressed());
        assertFalse(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldHaltOnInputThatThrows()
    {
        final WriterInput feed = (writer) ->
        {
            if (writer.cursor() == 2)
            {
                throw failure;
            }
            return writer.publish(batch(0, 1));
        };
        final EventBus bus = bus(8).ownWriterThread().faultListener(faults::add).input("feed", feed)
            .lane(lane("l").inline().handler("before", before).build()).build();
        bus.start();

        await(() -> bus.state() == BusState.HALTED);

        // The listener is told behind the halt; a close waits for the thread that tells it.
        assertFalse(bus.close(CLOSE_LIMIT_NS));
        assertEquals(List.of(new Fault("writer", "feed", FaultPhase.INPUT, 2, FaultPolicy.HALT, failure)), faults);
        assertEquals(2, before.stoppedAt());
    }

    @Test
    void shouldHaltOnInputThatHitsAnotherHaltedBus()
    {
        final EventBus halted = withLane(lane("l").handler("before", before).build());
        halted.halt();
        final EventBus bus = bus(8).faultListener(faults::add)
            .input("bridge", (writer) -> halted.writer().publish(batch(0, 1)))
            .lane(lane("l").handler("behind", behind).build()).build();
        bus.start();

        assertThrows(BusHaltedException.class, bus.writer()::poll);

        assertEquals(BusState.HALTED, bus.state());
        assertEquals(1, faults.size());
        final Fault fault = bus.fault().orElseThrow();
        assertSame(fault, faults.get(0));
        assertEquals("bridge", fault.handler());
        assertEquals("bus is halted: by=halt()", fault.cause().getMessage());
        assertFalse(bus.close(CLOSE_LIMIT_NS));
        assertFalse(halted.close(CLOSE_LIMIT_NS));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldRefuseHandlerThatPublishesToItsOwnRing(final boolean inline)
    {
        final AtomicReference<EventBus> self = new AtomicReference<>();
        final Lane.Builder lane = lane("l").handler("loop", (event) -> self.get().writer().publish(batch(0, 1)));
        final EventBus bus = bus(1).lane((inline ? lane.inline() : lane).build()).build();
        self.set(bus);
        bus.start();

        publishUntilRefused(bus, 3);
        await(() -> bus.state() == BusState.HALTED);

        final Throwable cause = bus.fault().orElseThrow().cause();
        assertInstanceOf(IllegalStateException.class, cause);
        assertTrue(cause.getMessage().startsWith(
            "a handler must not publish through the writer, it offers to an inbox: thread="));
        assertFalse(bus.close(CLOSE_LIMIT_NS));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldRefuseHandlerThatClosesItsBus(final boolean inline)
    {
        final AtomicReference<EventBus> self = new AtomicReference<>();
        final Lane.Builder lane = lane("l").handler("closing", (event) -> self.get().close(CLOSE_LIMIT_NS));
        final EventBus bus = bus(4).lane((inline ? lane.inline() : lane).build()).build();
        self.set(bus);
        bus.start();

        publishUntilRefused(bus, 1);
        await(() -> bus.state() == BusState.HALTED);

        assertTrue(bus.fault().orElseThrow().cause().getMessage().startsWith(
            "a handler must not close its bus: thread="));
        assertNull(onThread(() -> assertFalse(bus.close(CLOSE_LIMIT_NS))));
    }

    @Test
    void shouldLetHandlerHaltItsBus()
    {
        final AtomicReference<EventBus> self = new AtomicReference<>();
        final EventBus bus = bus(4).lane(lane("l").handler("kill", (event) -> self.get().halt()).build()).build();
        self.set(bus);
        bus.start();

        publishUntilRefused(bus, 1);
        await(() -> bus.state() == BusState.HALTED);

        assertTrue(bus.fault().isEmpty());
        assertFalse(bus.close(CLOSE_LIMIT_NS));
    }

    private EventBus withLane(final Lane lane)
    {
        final EventBus bus = bus(16).faultListener(faults::add).lane(lane)
            .lane(lane("other").handler("other", other).build()).build();
        bus.start();
        return bus;
    }

    private Lane failing(
        final boolean inline, final FaultPolicy policy, final Throwable failure, final FaultPhase phase, final long at)
    {
        final Lane.Builder lane = lane("l").onFault(policy)
            .statelessHandler("before", before)
            .statelessHandler("failing", new Failing(failure, phase, at))
            .statelessHandler("behind", behind);
        return (inline ? lane.inline() : lane).build();
    }

    private static void publishUntilRefused(final EventBus bus, final int count)
    {
        for (int i = 0; i < count; i++)
        {
            final int result = bus.writer().tryPublish(batch(i, 1));
            if (result == Writer.HALTED)
            {
                return;
            }
        }
    }

    private static int descend(final OrderBookEvent event, final int depth)
    {
        return event.type() == 0 ? depth : descend(event, depth + 1) + 1;
    }

    /** Throws once, in one call. */
    private static final class Failing implements EventHandler
    {
        private final Throwable failure;
        private final FaultPhase phase;
        private final long at;
        private boolean failed;

        private Failing(final Throwable failure, final FaultPhase phase, final long at)
        {
            this.failure = failure;
            this.phase = phase;
            this.at = at;
        }

        @Override
        public void onStart(final long firstSequence)
        {
            failAt(FaultPhase.START, firstSequence);
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            failAt(FaultPhase.EVENT, event.sequence());
        }

        @Override
        public void onBatchEnd(final long lastSequence)
        {
            failAt(FaultPhase.BATCH_END, lastSequence);
        }

        @Override
        public void onStop(final long lastSequence)
        {
            failAt(FaultPhase.STOP, lastSequence);
        }

        private void failAt(final FaultPhase called, final long sequence)
        {
            if (called == phase && sequence == at && !failed)
            {
                failed = true;
                if (failure instanceof Error error)
                {
                    throw error;
                }
                throw (RuntimeException)failure;
            }
        }
    }

    private static final class FailingRange implements RangeHandler
    {
        private final RuntimeException failure;
        private final long at;

        private FailingRange(final RuntimeException failure, final long at)
        {
            this.failure = failure;
            this.at = at;
        }

        @Override
        public void onRange(final UnsafeBuffer buffer, final int offset, final long firstSequence, final int count)
        {
            if (firstSequence == at)
            {
                throw failure;
            }
        }
    }
}
