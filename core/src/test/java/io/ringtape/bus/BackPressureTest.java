package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.await;
import static io.ringtape.bus.BusFixture.batch;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.EventHandler;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What an inbox does that is full. */
@Timeout(10)
final class BackPressureTest
{
    private static final int CAPACITY = 16;

    private final BusFixture.Recorder recorder = new BusFixture.Recorder();

    @ParameterizedTest
    @EnumSource(names = {"SPIN", "YIELD"})
    void shouldWaitUntilThereIsRoom(final BackPressure backPressure)
    {
        final EventBus bus = started(backPressure);
        final Inbox inbox = bus.inbox("in");
        final Offers offers = new Offers(inbox, 10 * CAPACITY);
        await(() -> inbox.waitCount() == 1);
        final long held = inbox.depth();

        await(() -> bus.writer().poll() == 0 && !offers.thread.isAlive());
        bus.writer().poll();

        assertTrue(held >= CAPACITY);
        assertEquals(Inbox.ACCEPTED, offers.last.get());
        assertEquals(10 * CAPACITY, inbox.acceptedCount());
        assertEquals(10 * CAPACITY, inbox.publishedCount());
        assertEquals(0, inbox.depth());
        assertEquals(0, inbox.fullCount());
        assertSame(backPressure, inbox.backPressure());
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(10 * CAPACITY, recorder.count());
    }

    @ParameterizedTest
    @CsvSource({"SPIN,true", "SPIN,false", "YIELD,true", "YIELD,false"})
    void shouldRefuseOfferThatWaitsWhenTheBusEnds(final BackPressure backPressure, final boolean halts)
    {
        final EventBus bus = started(backPressure);
        final Inbox inbox = bus.inbox("in");
        final Offers offers = new Offers(inbox, Integer.MAX_VALUE);
        await(() -> inbox.waitCount() == 1);

        if (halts)
        {
            bus.halt();
        }
        final boolean whole = bus.close(CLOSE_LIMIT_NS);
        await(() -> !offers.thread.isAlive());

        assertEquals(!halts, whole);
        assertEquals(Inbox.CLOSED, offers.last.get());
        assertEquals(offers.accepted, inbox.acceptedCount());
        // A halt drops what waits; it stays in the depth.
        assertEquals(halts ? offers.accepted : 0, inbox.depth());
        assertEquals(halts ? 0 : offers.accepted, recorder.count());
        assertEquals(1, inbox.waitCount());
    }

    @Test
    void shouldNotEndItsWaitOnAnInterrupt()
    {
        final EventBus bus = started(BackPressure.YIELD);
        final Inbox inbox = bus.inbox("in");
        final Offers offers = new Offers(inbox, 2 * CAPACITY);
        await(() -> inbox.waitCount() == 1);

        offers.thread.interrupt();
        await(() ->
        {
            bus.writer().poll();
            return !offers.thread.isAlive();
        });

        assertEquals(Inbox.ACCEPTED, offers.last.get());
        assertTrue(offers.wasInterrupted);
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(2 * CAPACITY, recorder.count());
    }

    @Test
    void shouldAnswerFullAtOnceUnlessAsked()
    {
        final EventBus bus = started(BackPressure.FAIL);
        final Inbox inbox = bus.inbox("in");
        int accepted = 0;
        while (inbox.offer(batch(accepted, 1)) == Inbox.ACCEPTED)
        {
            accepted++;
        }

        assertEquals(Inbox.FULL, inbox.offer(batch(0, 2)));

        assertEquals(2, inbox.fullCount());
        assertEquals(0, inbox.waitCount());
        assertEquals(accepted, inbox.acceptedCount());
        assertEquals(accepted, inbox.depth());
        assertEquals(0, inbox.publishedCount());
        assertSame(BackPressure.FAIL, inbox.backPressure());
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(accepted, recorder.count());
        assertEquals(0, inbox.depth());
    }

    @ParameterizedTest
    @EnumSource
    void shouldAnswerFullBeforeStartAndClosedAfterEnd(final BackPressure backPressure)
    {
        final EventBus bus = bus(8).inbox(InputStage.INBOUND, "in", CAPACITY, backPressure).build();
        final Inbox inbox = bus.inbox("in");
        assertEquals(Inbox.FULL, inbox.offer(batch(0, 1)));
        bus.start();

        assertTrue(bus.close(CLOSE_LIMIT_NS));

        assertEquals(Inbox.CLOSED, inbox.offer(batch(0, 1)));
        assertEquals(0, inbox.acceptedCount());
        assertEquals(0, inbox.fullCount() + inbox.waitCount());
    }

    @ParameterizedTest
    @CsvSource({"SPIN,false", "SPIN,true", "YIELD,false", "YIELD,true"})
    void shouldRefuseHandlerThatWouldWait(final BackPressure backPressure, final boolean inline)
    {
        final AtomicReference<EventBus> self = new AtomicReference<>();
        final Lane.Builder lane = lane("l").handler("offering", (event) ->
            self.get().inbox("in").offer(batch(0, 1)));
        final EventBus bus = bus(8).inbox(InputStage.INBOUND, "in", CAPACITY, backPressure)
            .lane((inline ? lane.inline() : lane).build()).build();
        self.set(bus);
        bus.start();

        bus.writer().publish(batch(0, 1));
        await(() -> bus.state() == BusState.HALTED);

        final Throwable cause = bus.fault().orElseThrow().cause();
        assertInstanceOf(IllegalStateException.class, cause);
        assertEquals("neither a handler nor the writer's thread may offer where it waits: inbox=in thread=" +
            (inline ? Thread.currentThread().getName() : "ringtape-lane-l"), cause.getMessage());
        assertEquals(0, bus.inbox("in").acceptedCount());
        assertFalse(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldRefuseWritersThreadThatWouldWait()
    {
        final EventBus bus = started(BackPressure.SPIN);
        bus.writer().publish(batch(0, 1));

        assertEquals("neither a handler nor the writer's thread may offer where it waits: inbox=in thread=" +
            Thread.currentThread().getName(), assertThrows(IllegalStateException.class, () ->
                bus.inbox("in").offer(batch(0, 1))).getMessage());

        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldLetHandlerOfferWhereItDoesNotWait()
    {
        final AtomicReference<EventBus> self = new AtomicReference<>();
        final AtomicInteger full = new AtomicInteger();
        final EventHandler flooding = (event) ->
        {
            if (event.orderId() == 0)
            {
                await(() -> self.get().inbox("in").offer(batch(1, 1)) == Inbox.FULL);
                full.incrementAndGet();
            }
        };
        final EventBus bus = bus(8).inbox("in", CAPACITY).lane(lane("l").handler("flooding", flooding).build()).build();
        self.set(bus);
        bus.start();

        bus.writer().publish(batch(0, 1));
        bus.writer().awaitLane("l");

        assertEquals(1, full.get());
        assertEquals(1, bus.inbox("in").fullCount());
        assertTrue(bus.inbox("in").depth() >= CAPACITY);
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    private EventBus started(final BackPressure backPressure)
    {
        final EventBus bus = bus(64).inbox(InputStage.INBOUND, "in", CAPACITY, backPressure)
            .lane(lane("l").inline().handler("recorder", recorder).build()).build();
        bus.start();
        return bus;
    }

    /** Offers one by one until it has offered as many as it should, or is refused. */
    private static final class Offers implements Runnable
    {
        private final Thread thread = new Thread(this, "offers");
        private final AtomicInteger last = new AtomicInteger();
        private final Inbox inbox;
        private final int count;
        // Plain: read once the thread has ended.
        private int accepted;
        private boolean wasInterrupted;

        private Offers(final Inbox inbox, final int count)
        {
            this.inbox = inbox;
            this.count = count;
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void run()
        {
            while (accepted < count)
            {
                last.set(inbox.offer(batch(accepted, 1)));
                if (last.get() != Inbox.ACCEPTED)
                {
                    break;
                }
                accepted++;
            }
            wasInterrupted = Thread.currentThread().isInterrupted();
        }
    }
}
