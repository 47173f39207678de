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
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
final class WriterTest
{
    private final BusFixture.Recorder recorder = new BusFixture.Recorder();

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 5, 1L << 31, (1L << 31) + 3, 1L << 40, (1L << 40) + 7, 1L << 62})
    void shouldStartAtAnySequence(final long first)
    {
        final BusFixture.Recorder inline = new BusFixture.Recorder();
        final EventBus bus = bus(8).firstSequence(first)
            .lane(lane("own").handler("recorder", recorder).build())
            .lane(lane("inline").inline().handler("inline", inline).build())
            .build();
        assertEquals(first - 1, bus.cursor());
        assertEquals(first - 1, bus.lane("own").sequence());
        bus.start();

        for (int i = 0; i < 50; i++)
        {
            assertEquals(Writer.ACCEPTED, bus.writer().publish(batch(i * 3L, 3)));
        }

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        final long[] expected = LongStream.range(first, first + 150).toArray();
        assertArrayEquals(expected, recorder.sequences());
        assertArrayEquals(LongStream.range(0, 150).toArray(), recorder.orderIds());
        assertArrayEquals(expected, inline.sequences());
        assertEquals(first, recorder.startedAt());
        assertEquals(first + 149, recorder.stoppedAt());
        assertEquals(first + 149, inline.stoppedAt());
    }

    @Test
    void shouldLetNoEmptySlotLookPublished()
    {
        final Slots slots = new Slots(4);

        for (int slot = 0; slot < 4; slot++)
        {
            assertEquals(-1L, slots.buffer().getLong(slot * 64));
        }
        assertEquals(0L, slots.buffer().addressOffset() % 64);
    }

    @Test
    void shouldPublishInPlaceAndByFiller()
    {
        final EventBus bus = started(8);
        final Writer writer = bus.writer();

        final long first = writer.claim(2);
        writer.slot(first).reset().type(EventType.ORDER_ADD).orderId(10);
        writer.slot(first + 1).reset().type(EventType.ORDER_ADD).orderId(11);
        writer.publish();
        writer.publish(3, (event, index) -> event.type(EventType.TRADE).orderId(20 + index));
        writer.tryPublish(1, (event, index) -> event.type(EventType.TRADE).orderId(30 + index));
        final long next = writer.tryClaim(1);
        writer.slot(next).reset().type(EventType.ORDER_ADD).orderId(40);
        writer.publish();

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertArrayEquals(new long[]{10, 11, 20, 21, 22, 30, 40}, recorder.orderIds());
        assertArrayEquals(new long[]{0, 1, 2, 3, 4, 5, 6}, recorder.sequences());
    }

    @Test
    void shouldPublishClaimAsVoidWhenFillerThrows()
    {
        final BusFixture.Ranges ranges = new BusFixture.Ranges();
        final StringBuilder voids = new StringBuilder();
        final EventBus bus = bus(16).faultListener(new VoidListener(voids))
            .lane(lane("l").inline().handler("recorder", recorder).rangeHandler("ranges", ranges).build())
            .build();
        bus.start();
        final RuntimeException failure = new RuntimeException("no more");
        bus.writer().publish(batch(1, 1));

        final RuntimeException thrown = assertThrows(RuntimeException.class,
            () -> bus.writer().publish(3, (event, index) -> failAt(index, 1, failure)));
        bus.writer().publish(batch(2, 1));

        assertSame(failure, thrown);
        assertArrayEquals(new long[]{0, 4}, recorder.sequences());
        assertEquals("0+1:e 1+3:vvv 4+1:e", ranges.ranges());
        assertEquals(3, bus.voidCount());
        assertEquals("1+3", voids.toString());
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldVoidAbandonedClaim()
    {
        final EventBus bus = started(8);
        bus.writer().claim(2);

        bus.writer().abandon();

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(2, bus.voidCount());
        assertEquals(1, bus.cursor());
        assertEquals(0, recorder.count());
    }

    @Test
    void shouldAnswerFullAndRecover()
    {
        final BusFixture.Hold hold = new BusFixture.Hold();
        final EventBus bus = bus(4).lane(lane("l").handler("hold", hold).handler("recorder", recorder).build()).build();
        bus.start();
        final Writer writer = bus.writer();
        writer.publish(batch(0, 4));
        hold.awaitHeld();

        assertEquals(Writer.FULL, writer.tryPublish(batch(4, 1)));
        assertEquals(Writer.FULL, writer.tryClaim(1));
        assertEquals(Writer.FULL, writer.tryPublish(1, (event, index) -> event.type(EventType.TRADE)));
        hold.release();
        await(() -> writer.tryPublish(batch(4, 1)) == Writer.ACCEPTED);

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertArrayEquals(new long[]{0, 1, 2, 3, 4}, recorder.orderIds());
    }

    @Test
    void shouldRefuseCountsOutOfRange()
    {
        final EventBus bus = started(4);

        assertEquals("count must be 1 to 4: count=5",
            assertThrows(IllegalArgumentException.class, () -> bus.writer().publish(batch(0, 5))).getMessage());
        assertEquals("count must be 1 to 4: count=0",
            assertThrows(IllegalArgumentException.class, () -> bus.writer().publish(new EventBatch(1))).getMessage());
        assertEquals(Writer.ACCEPTED, bus.writer().publish(batch(0, 4)));
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldRefuseSecondClaimWhileOneIsOpen()
    {
        final EventBus bus = started(4);
        bus.writer().claim(2);

        final String message =
            assertThrows(IllegalStateException.class, () -> bus.writer().publish(batch(0, 1))).getMessage();

        assertEquals("a claim is open: first=0 count=2", message);
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(2, bus.voidCount());
        assertEquals("no claim is open",
            assertThrows(IllegalStateException.class, () -> bus.writer().publish()).getMessage());
    }

    @Test
    void shouldRefuseFillerThatEndsItsClaim()
    {
        final EventBus bus = started(4);

        final IllegalStateException thrown = assertThrows(IllegalStateException.class,
            () -> bus.writer().publish(1, (event, index) -> bus.writer().publish()));

        assertEquals("the filler must not end its claim: first=0 count=1", thrown.getMessage());
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldRefuseToPublishBeforeStart()
    {
        final EventBus bus = bus(4).build();

        assertEquals("bus is not started",
            assertThrows(IllegalStateException.class, () -> bus.writer().publish(batch(0, 1))).getMessage());
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(BusState.CLOSED, bus.state());
        assertEquals("bus cannot be started: state=CLOSED",
            assertThrows(IllegalStateException.class, bus::start).getMessage());
    }

    @Test
    void shouldRefuseSecondThread()
    {
        final EventBus bus = started(4);
        bus.writer().publish(batch(0, 1));

        final Throwable thrown = onThread(() -> bus.writer().publish(batch(1, 1)));

        assertInstanceOf(IllegalStateException.class, thrown);
        assertTrue(thrown.getMessage().startsWith(
            "not the writer's thread: writer=" + Thread.currentThread().getName() + " thread="));
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertArrayEquals(new long[]{0}, recorder.sequences());
    }

    @Test
    void shouldAnswerClosedAfterClose()
    {
        final EventBus bus = started(4);
        bus.writer().publish(batch(0, 1));
        assertTrue(bus.close(CLOSE_LIMIT_NS));

        assertEquals(Writer.CLOSED, bus.writer().publish(batch(1, 1)));
        assertEquals(Writer.CLOSED, bus.writer().tryPublish(batch(1, 1)));
        assertEquals(Writer.CLOSED, bus.writer().claim(1));
        assertEquals(0, bus.cursor());
        assertEquals(BusState.CLOSED, bus.state());
    }

    @Test
    void shouldAnswerClosedToWriterWhoseRoleWasTakenOver()
    {
        final EventBus bus = started(4);
        bus.writer().publish(batch(0, 1));

        assertNull(onThread(() -> assertTrue(bus.close(CLOSE_LIMIT_NS))));

        assertEquals(Writer.CLOSED, bus.writer().publish(batch(1, 1)));
        assertEquals(Writer.CLOSED, bus.writer().tryPublish(batch(1, 1)));
    }

    @Test
    void shouldFailOnHaltedBus()
    {
        final EventBus bus = started(4);
        bus.halt();

        assertEquals(Writer.HALTED, bus.writer().tryPublish(batch(0, 1)));
        assertEquals("bus is halted: by=halt()",
            assertThrows(BusHaltedException.class, () -> bus.writer().publish(batch(0, 1))).getMessage());
        assertFalse(bus.close(CLOSE_LIMIT_NS));
        assertEquals(BusState.HALTED, bus.state());
        assertTrue(bus.fault().isEmpty());
    }

    @Test
    void shouldAwaitLane()
    {
        final EventBus bus = started(1024);
        final Writer writer = bus.writer();

        for (int i = 0; i < 100; i++)
        {
            writer.publish(batch(i, 7));
            writer.awaitLane("l");

            assertEquals(7 * (i + 1), recorder.count());
        }
        assertEquals("no such lane: lane=x",
            assertThrows(IllegalArgumentException.class, () -> writer.awaitLane("x")).getMessage());
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldAwaitQuiescenceOfEventsThatCauseEvents(final boolean inline)
    {
        final AtomicReference<Inbox> inbox = new AtomicReference<>();
        final Lane.Builder order = lane("order").orderLane().handler("recorder", recorder)
            .handler("echo", new Echo(inbox));
        final EventBus bus = bus(64).inbox("own", 64).lane((inline ? order.inline() : order).build()).build();
        inbox.set(bus.inbox("own"));
        bus.start();

        for (int i = 0; i < 20; i++)
        {
            bus.writer().publish(batch(3, 1));
            final int drained = bus.writer().awaitQuiescent();

            assertEquals(3, drained);
            assertEquals(4 * (i + 1), recorder.count());
            assertTrue(bus.inbox("own").isEmpty());
        }
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(79, bus.cursor());
    }

    private EventBus started(final int capacity)
    {
        final EventBus bus = bus(capacity).lane(lane("l").handler("recorder", recorder).build()).build();
        bus.start();
        return bus;
    }

    private static void failAt(final int index, final int at, final RuntimeException failure)
    {
        if (index == at)
        {
            throw failure;
        }
    }

    /** Answers each event whose order id is above zero with one that counts down. */
    private static final class Echo implements EventHandler
    {
        private final AtomicReference<Inbox> inbox;
        private final EventBatch batch = new EventBatch(1);

        private Echo(final AtomicReference<Inbox> inbox)
        {
            this.inbox = inbox;
        }

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            if (event.orderId() > 0)
            {
                batch.clear();
                batch.append().type(EventType.OWN_NEW).orderId(event.orderId() - 1);
                assertEquals(Inbox.ACCEPTED, inbox.get().offer(batch));
            }
        }
    }

    private static final class VoidListener implements FaultListener
    {
        private final StringBuilder voids;

        private VoidListener(final StringBuilder voids)
        {
            this.voids = voids;
        }

        @Override
        public void onFault(final Fault fault)
        {
            voids.append(fault);
        }

        @Override
        public void onVoid(final long firstSequence, final int count)
        {
            voids.append(firstSequence).append('+').append(count);
        }
    }
}
