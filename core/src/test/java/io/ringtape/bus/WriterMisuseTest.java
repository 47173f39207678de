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
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.EventType;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The writer used by whom, or where, it must not be. */
@Timeout(10)
final class WriterMisuseTest
{
    private final BusFixture.Recorder recorder = new BusFixture.Recorder();
    private final AtomicInteger polls = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldRefuseOtherThreadThatEndsTheClaim(final boolean publishes)
    {
        final EventBus bus = started();
        final Writer writer = bus.writer();
        final long first = writer.claim(1);
        writer.slot(first).reset().type(EventType.TRADE).orderId(9);

        final Throwable thrown = onThread(publishes ? writer::publish : writer::abandon);

        assertInstanceOf(IllegalStateException.class, thrown);
        assertTrue(thrown.getMessage().startsWith("not the writer's thread: thread="), thrown.getMessage());
        assertEquals(-1, bus.cursor());
        writer.publish();
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertArrayEquals(new long[]{9}, recorder.orderIds());
    }

    @Test
    void shouldTellWritersThreadThatNoClaimIsOpen()
    {
        final EventBus bus = started();
        final Writer writer = bus.writer();
        writer.publish(batch(0, 1));

        assertEquals("no claim is open", assertThrows(IllegalStateException.class, writer::publish).getMessage());
        assertEquals("no claim is open", assertThrows(IllegalStateException.class, writer::abandon).getMessage());
        assertNull(onThread(() -> assertTrue(bus.close(CLOSE_LIMIT_NS))));
        assertEquals("not the writer's thread: thread=" + Thread.currentThread().getName(),
            assertThrows(IllegalStateException.class, writer::publish).getMessage());
    }

    // On a thread of its own: a handler that spins does not mind an interrupt.
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @ParameterizedTest
    @CsvSource({"false,true", "true,true", "false,false", "true,false"})
    void shouldRefuseHandlerThatWaitsForLanes(final boolean inline, final boolean quiescent)
    {
        final AtomicReference<EventBus> self = new AtomicReference<>();
        final Consumer<Writer> wait = quiescent ? Writer::awaitQuiescent : (writer) -> writer.awaitLane("order");
        final Lane.Builder lane = lane("order").orderLane()
            .handler("waiting", (event) -> wait.accept(self.get().writer()));
        final EventBus bus = bus(8).lane((inline ? lane.inline() : lane).build()).build();
        self.set(bus);
        bus.start();

        bus.writer().publish(batch(0, 1));
        await(() -> bus.state() == BusState.HALTED);

        final Throwable cause = bus.fault().orElseThrow().cause();
        assertInstanceOf(IllegalStateException.class, cause);
        final String thread = inline ? Thread.currentThread().getName() : "ringtape-lane-order";
        assertEquals("a handler must not wait for a lane: thread=" + thread, cause.getMessage());
        assertFalse(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldRefuseAPollAheadOfTheStart()
    {
        final EventBus bus = polled();

        final IllegalStateException thrown = assertThrows(IllegalStateException.class, bus.writer()::poll);

        assertEquals("bus is not started", thrown.getMessage());
        assertEquals(0, polls.get());
        assertEquals(BusState.NEW, bus.state());
        bus.start();
        assertEquals(0, bus.writer().poll());
        assertEquals(1, polls.get());
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(0, bus.writer().poll());
    }

    @Test
    void shouldRefuseAPollOfAnotherThread()
    {
        final EventBus bus = polled();
        bus.start();
        bus.writer().publish(batch(0, 1));

        final Throwable thrown = onThread(bus.writer()::poll);

        assertInstanceOf(IllegalStateException.class, thrown);
        assertTrue(thrown.getMessage().startsWith("not the writer's thread: writer="), thrown.getMessage());
        assertEquals(0, polls.get());
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldRefuseAPollWhileAClaimIsOpen()
    {
        final EventBus bus = polled();
        bus.start();
        final Writer writer = bus.writer();
        writer.slot(writer.claim(1)).reset().type(EventType.TRADE).orderId(9);

        final IllegalStateException thrown = assertThrows(IllegalStateException.class, writer::poll);

        assertEquals("a claim is open: first=0 count=1", thrown.getMessage());
        assertEquals(0, polls.get());
        writer.publish();
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertArrayEquals(new long[]{9}, recorder.orderIds());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldRefuseHandlerThatPolls(final boolean inline)
    {
        final AtomicReference<EventBus> self = new AtomicReference<>();
        final Lane.Builder lane = lane("polling").onFault(FaultPolicy.DETACH)
            .handler("polling", (event) -> self.get().writer().poll());
        final EventBus bus = bus(8).inbox("in", 4).input("feed", (writer) -> countPoll())
            .lane((inline ? lane.inline() : lane).build()).build();
        self.set(bus);
        bus.start();

        bus.writer().publish(batch(0, 1));
        await(() -> bus.lane("polling").fault().isPresent() || bus.state() == BusState.HALTED);

        assertEquals("a handler must not publish through the writer, it offers to an inbox: thread=" +
            (inline ? Thread.currentThread().getName() : "ringtape-lane-polling"),
            bus.lane("polling").fault().orElseThrow().cause().getMessage());
        assertEquals(0, polls.get());
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    private EventBus polled()
    {
        return bus(8).inbox("in", 4).input("feed", (writer) -> countPoll())
            .lane(lane("l").handler("recorder", recorder).build()).build();
    }

    private int countPoll()
    {
        polls.incrementAndGet();
        return 0;
    }

    private EventBus started()
    {
        final EventBus bus = bus(8).lane(lane("l").handler("recorder", recorder).build()).build();
        bus.start();
        return bus;
    }
}
