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

import io.ringtape.event.EventHandler;
import io.ringtape.event.OrderBookEvent;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
final class BusCloseTest
{
    private final BusFixture.Recorder recorder = new BusFixture.Recorder();

    @Test
    void shouldDeliverEverythingPublishedBeforeLanesEvenStarted()
    {
        for (int round = 0; round < 50; round++)
        {
            final BusFixture.Recorder each = new BusFixture.Recorder();
            final EventBus bus = bus(256).lane(lane("l").handler("h", each).build()).build();
            bus.start();
            bus.writer().publish(batch(0, 200));

            assertTrue(bus.close(CLOSE_LIMIT_NS));

            assertArrayEquals(LongStream.range(0, 200).toArray(), each.sequences());
        }
    }

    @Test
    void shouldEndWithinLimitThoughHandlerHangs()
    {
        final BusFixture.Hold hold = new BusFixture.Hold();
        final EventBus bus = bus(8).lane(lane("slow").handler("hold", hold).build())
            .lane(lane("l").handler("h", recorder).build()).build();
        bus.start();
        bus.writer().publish(batch(0, 3));
        hold.awaitHeld();

        assertFalse(bus.close(20_000_000L));

        assertEquals(BusState.CLOSED, bus.state());
        assertEquals(3, recorder.count());
        assertEquals(Writer.CLOSED, bus.writer().publish(batch(0, 1)));
        hold.release();
        await(() -> bus.lane("slow").state() == LaneState.STOPPED);
    }

    @Test
    void shouldTakeTimeFromItsClock()
    {
        final BusFixture.Hold hold = new BusFixture.Hold();
        final long[] now = new long[1];
        final EventBus bus = bus(8).clock(() -> now[0] += 1_000_000_000_000L)
            .lane(lane("slow").handler("hold", hold).build()).build();
        bus.start();
        bus.writer().publish(batch(0, 1));
        hold.awaitHeld();

        assertFalse(bus.close(3_600_000_000_000L));

        hold.release();
    }

    @Test
    void shouldDrainInboxesOnClosingThread()
    {
        final EventBus bus = bus(4).inbox("in", 64).lane(lane("l").handler("h", recorder).build()).build();
        bus.start();
        for (int i = 0; i < 40; i++)
        {
            assertEquals(Inbox.ACCEPTED, bus.inbox("in").offer(batch(i, 1)));
        }

        assertNull(onThread(() -> assertTrue(bus.close(CLOSE_LIMIT_NS))));

        assertArrayEquals(LongStream.range(0, 40).toArray(), recorder.orderIds());
    }

    @Test
    void shouldDrainInboxesOnOwnWriterThread()
    {
        final EventBus bus = bus(4).ownWriterThread().inbox("in", 64)
            .lane(lane("l").inline().handler("h", recorder).build()).build();
        bus.start();
        for (int i = 0; i < 40; i++)
        {
            assertEquals(Inbox.ACCEPTED, bus.inbox("in").offer(batch(i, 1)));
        }

        assertTrue(bus.close(CLOSE_LIMIT_NS));

        assertArrayEquals(LongStream.range(0, 40).toArray(), recorder.orderIds());
        assertEquals(39, recorder.stoppedAt());
    }

    @Test
    void shouldSayThatInboxWasNotDrained()
    {
        final BusFixture.Hold hold = new BusFixture.Hold();
        final EventBus bus = bus(2).inbox("in", 16).lane(lane("l").handler("hold", hold).build()).build();
        bus.start();
        for (int i = 0; i < 10; i++)
        {
            bus.inbox("in").offer(batch(i, 1));
        }

        assertFalse(bus.close(20_000_000L));

        hold.release();
        await(() -> bus.lane("l").state() == LaneState.STOPPED);
    }

    @Test
    void shouldWaitForClaimOfAnotherThreadWithinLimit()
    {
        final EventBus bus = bus(4).lane(lane("l").handler("h", recorder).build()).build();
        bus.start();
        bus.writer().claim(1);

        assertNull(onThread(() -> assertFalse(bus.close(20_000_000L))));

        assertEquals(BusState.CLOSED, bus.state());
        assertEquals(-1, bus.cursor());
    }

    @Test
    void shouldAnswerSecondCloseAsTheFirst()
    {
        final EventBus bus = bus(4).lane(lane("l").handler("h", recorder).build()).build();
        bus.start();
        bus.writer().publish(batch(0, 1));
        assertTrue(bus.close(CLOSE_LIMIT_NS));

        assertTrue(bus.close(0));
        assertNull(onThread(() -> assertTrue(bus.close(CLOSE_LIMIT_NS))));
    }

    @Test
    void shouldEndThoughListenerThrowsOnTheClaimThatWasLeftOpen()
    {
        final RuntimeException failure = new RuntimeException("broken");
        final BusFixture.Recorder inline = new BusFixture.Recorder();
        final EventBus bus = bus(16).inbox("in", 16).faultListener(new FailingVoid(failure))
            .lane(lane("l").handler("h", recorder).build())
            .lane(lane("inline").inline().handler("inline", inline).build()).build();
        bus.start();
        bus.inbox("in").offer(batch(7, 1));
        bus.writer().claim(2);

        assertSame(failure, assertThrows(RuntimeException.class, () -> bus.close(CLOSE_LIMIT_NS)));

        assertEquals(BusState.CLOSED, bus.state());
        assertArrayEquals(new long[]{7}, recorder.orderIds());
        assertEquals(2, recorder.stoppedAt());
        assertArrayEquals(new long[]{7}, inline.orderIds());
        assertEquals(2, inline.stoppedAt());
        assertEquals(LaneState.STOPPED, bus.lane("l").state());
        assertFalse(bus.close(CLOSE_LIMIT_NS));
        assertEquals(Writer.CLOSED, bus.writer().tryPublish(batch(0, 1)));
    }

    @Test
    void shouldStopLanesThoughClockThrows()
    {
        final RuntimeException failure = new RuntimeException("no time");
        final BusFixture.Hold hold = new BusFixture.Hold();
        final AtomicInteger reads = new AtomicInteger();
        final EventBus bus = bus(16).clock(() -> readOnce(reads, failure))
            .lane(lane("slow").handler("hold", hold).build())
            .lane(lane("l").handler("h", recorder).build()).build();
        bus.start();
        bus.writer().publish(batch(0, 1));
        hold.awaitHeld();

        assertSame(failure, assertThrows(RuntimeException.class, () -> bus.close(CLOSE_LIMIT_NS)));

        hold.release();
        await(() -> bus.lane("slow").state() == LaneState.STOPPED);
        await(() -> bus.lane("l").state() == LaneState.STOPPED);
    }

    @Test
    void shouldRefuseWriterThreadThatClosesItsBus()
    {
        final AtomicReference<EventBus> self = new AtomicReference<>();
        final EventBus bus = bus(4).ownWriterThread()
            .input("closing", (writer) -> self.get().close(CLOSE_LIMIT_NS) ? 1 : 0).build();
        self.set(bus);
        bus.start();

        await(() -> bus.state() == BusState.HALTED);

        final Throwable cause = bus.fault().orElseThrow().cause();
        assertInstanceOf(IllegalStateException.class, cause);
        assertEquals("the writer's own thread must not close its bus: thread=ringtape-writer", cause.getMessage());
        assertFalse(bus.close(CLOSE_LIMIT_NS));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldStopInlineLanesBehindTheOthers(final boolean isOwnThread)
    {
        final Noting inline = new Noting();
        final EventBus bus = (isOwnThread ? bus(16).ownWriterThread() : bus(16)).inbox("in", 16)
            .lane(lane("l").handler("h", recorder).build())
            .lane(lane("inline").inline().handler("inline", inline).build()).build();
        inline.bus = bus;
        bus.start();
        bus.inbox("in").offer(batch(7, 1));

        assertTrue(bus.close(CLOSE_LIMIT_NS));

        assertEquals("CLOSING l=STOPPED", inline.atStop);
        assertArrayEquals(new long[]{7}, recorder.orderIds());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldTellAnInlineLaneOfAFaultInTheClose(final boolean isInItsStop)
    {
        final Noting inline = new Noting();
        final EventBus bus = bus(16).inbox("in", 16)
            .lane(lane("l").handler("h", new Failing(isInItsStop)).build())
            .lane(lane("inline").inline().handler("inline", inline).build()).build();
        inline.bus = bus;
        bus.start();
        bus.inbox("in").offer(batch(7, 1));

        assertFalse(bus.close(CLOSE_LIMIT_NS));

        assertEquals("HALTED l=FAULTED", inline.atStop);
        assertEquals(isInItsStop ? FaultPhase.STOP : FaultPhase.EVENT, bus.fault().orElseThrow().phase());
    }

    @Test
    void shouldStopAnInlineLaneThoughAnotherHangs()
    {
        final BusFixture.Hold hold = new BusFixture.Hold();
        final Noting inline = new Noting();
        final EventBus bus = bus(16).lane(lane("l").handler("hold", hold).build())
            .lane(lane("inline").inline().handler("inline", inline).build()).build();
        inline.bus = bus;
        bus.start();
        bus.writer().publish(batch(7, 1));
        hold.awaitHeld();

        assertFalse(bus.close(20_000_000L));

        assertEquals("CLOSING l=RUNNING", inline.atStop);
        hold.release();
        await(() -> bus.lane("l").state() == LaneState.STOPPED);
    }

    private static long readOnce(final AtomicInteger reads, final RuntimeException failure)
    {
        if (reads.getAndIncrement() > 0)
        {
            throw failure;
        }
        return 0;
    }

    /** Notes how bus and lane stand when it is stopped. */
    private static final class Noting implements EventHandler
    {
        private @Nullable EventBus bus;
        private String atStop = "";

        @Override
        public void onEvent(final OrderBookEvent event)
        {
        }

        @Override
        public void onStop(final long lastSequence)
        {
            final EventBus stopping = Objects.requireNonNull(bus);
            atStop += stopping.state() + " l=" + stopping.lane("l").state();
        }
    }

    private static final class Failing implements EventHandler
    {
        private final boolean isInItsStop;

        private Failing(final boolean isInItsStop)
        {
            this.isInItsStop = isInItsStop;
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            fail(!isInItsStop);
        }

        @Override
        public void onStop(final long lastSequence)
        {
            fail(isInItsStop);
        }

        private static void fail(final boolean isDue)
        {
            if (isDue)
            {
                throw new IllegalStateException("broken");
            }
        }
    }

    private static final class FailingVoid implements FaultListener
    {
        private final RuntimeException failure;

        private FailingVoid(final RuntimeException failure)
        {
            this.failure = failure;
        }

        @Override
        public void onFault(final Fault fault)
        {
        }

        @Override
        public void onVoid(final long firstSequence, final int count)
        {
            throw failure;
        }
    }
}
