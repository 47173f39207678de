package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.await;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static io.ringtape.bus.BusFixture.onThread;
import static io.ringtape.bus.JoinFixture.failingRecorder;
import static io.ringtape.bus.JoinFixture.publish;
import static io.ringtape.bus.JoinFixture.started;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bus.JoinFixture.Tale;
import io.ringtape.bus.JoinRefusedException.Reason;
import io.ringtape.event.EventHandler;
import io.ringtape.event.OrderBookEvent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How lanes that were attached leave: asked, by a fault, for want of a history, with the bus. */
@Timeout(20)
final class LeaveTest
{
    private final ArrayHistory history = new ArrayHistory(0, 1 << 12);
    private final Tale tale = new Tale();

    @Test
    void shouldLeaveWhenAskedAndFreeItsName()
    {
        final EventBus bus = started(history);
        publish(bus, 10);
        final Attachment first = bus.attach(lane("late").handler("tale", tale).build(), JoinFrom.start());
        await(first::isLive);
        assertEquals(List.of("tape", "late"), bus.lanes().stream().map(LaneStatus::name).toList());

        first.leave();
        await(first::hasEnded);

        assertEquals("start 0, catch up 0, live 10, left 9 ASKED, stop 9", tale.text());
        assertEquals(LaneState.LEFT, first.status().state());
        assertEquals(List.of("tape"), bus.lanes().stream().map(LaneStatus::name).toList());
        publish(bus, 100);
        final Tale second = new Tale();
        bus.attach(lane("late").handler("tale", second).build(), JoinFrom.sequence(5));
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        tale.requireAll(0, 9);
        second.requireAll(5, 109);
    }

    @Test
    void shouldLeaveWithoutAGapWhereTheRecorderDiesMeanwhile()
    {
        final BusFixture.Hold hold = new BusFixture.Hold();
        final EventBus bus = failingRecorder(history, 20);
        publish(bus, 19);
        final Attachment late = bus.attach(
            lane("late").handler("hold", hold).handler("tale", tale).build(), JoinFrom.start());
        hold.awaitHeld();

        publish(bus, 30);
        hold.release();
        await(late::hasEnded);

        tale.requireAll(0, 18);
        assertEquals("start 0, catch up 0, left 18 HISTORY, stop 18", tale.text());
        assertFalse(late.isLive());
        assertEquals(LaneState.LEFT, late.status().state());
        publish(bus, 30);
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldLeaveWithTheCauseWhereTheHistoryCannotBeRead()
    {
        final History broken = (from) -> new BrokenCursor();
        final EventBus bus = bus(8).history(broken, "tape")
            .lane(lane("tape").inline().rangeHandler("recorder", history).build()).build();
        bus.start();
        publish(bus, 10);

        final Attachment late = bus.attach(lane("late").handler("tale", tale).build(), JoinFrom.start());
        await(late::hasEnded);

        assertEquals("start 0, catch up 0, left -1 HISTORY, stop -1", tale.text());
        assertEquals("history does not go on: sequence=-1 expected=0", late.cause().orElseThrow().getMessage());
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldDetachOnAFaultBehindAndLive()
    {
        final EventBus bus = started(history);
        publish(bus, 10);
        final Tale second = new Tale();

        final Attachment behind = bus.attach(failing(3, tale, FaultPolicy.DETACH, "a"), JoinFrom.start());
        final Attachment live = bus.attach(failing(12, second, FaultPolicy.DETACH, "b"), JoinFrom.start());
        publish(bus, 100);
        await(() -> behind.hasEnded() && live.hasEnded());

        tale.requireAll(0, 2);
        second.requireAll(0, 11);
        assertEquals(LaneState.DETACHED, behind.status().state());
        assertEquals(Optional.of(LeaveReason.FAULT), live.reason());
        assertEquals(3, behind.status().fault().orElseThrow().sequence());
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldHaltTheBusOnAFaultOfALaneThatHalts()
    {
        final EventBus bus = started(history);
        publish(bus, 10);

        final Attachment late = bus.attach(failing(3, tale, FaultPolicy.HALT, "late"), JoinFrom.start());
        await(late::hasEnded);

        tale.requireAll(0, 2);
        assertEquals(BusState.HALTED, bus.state());
        assertEquals(LaneState.FAULTED, late.status().state());
        assertFalse(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldTreatAThrowingCallbackAsAFault()
    {
        final EventBus bus = started(history);
        publish(bus, 10);
        final BadListener bad = new BadListener();

        final Attachment late = bus.attach(
            lane("late").onFault(FaultPolicy.DETACH).handler("bad", bad).build(), JoinFrom.start());
        await(late::hasEnded);

        final Fault fault = late.status().fault().orElseThrow();
        assertEquals("lane=late handler=bad phase=JOIN sequence=10 applied=DETACH " +
            "cause=java.lang.IllegalStateException: live", fault.describe());
        assertEquals(10, bad.count);
        publish(bus, 100);
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldEndWithAHaltFromBehindAndFromLive()
    {
        final BusFixture.Hold hold = new BusFixture.Hold();
        final EventBus bus = started(history);
        publish(bus, 10);
        final Attachment behind = bus.attach(lane("behind").handler("hold", hold).build(), JoinFrom.start());
        final Attachment live = bus.attach(lane("live").handler("tale", tale).build(), JoinFrom.live());
        hold.awaitHeld();

        bus.halt();
        hold.release();
        await(() -> behind.hasEnded() && live.hasEnded());

        assertEquals("start 10, live 10, left 9 HALTED, stop 9", tale.text());
        assertEquals(Optional.of(LeaveReason.HALTED), behind.reason());
        assertFalse(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldSayThatACloseWasNotWholeWhereALateLaneStillReads()
    {
        final BusFixture.Hold hold = new BusFixture.Hold();
        final EventBus bus = started(history);
        publish(bus, 10);
        final Attachment late = bus.attach(lane("late").batchLimit(1).handler("hold", hold).build(), JoinFrom.start());
        hold.awaitHeld();

        assertFalse(bus.close(1_000_000L));
        hold.release();
        await(late::hasEnded);

        assertEquals(Optional.of(LeaveReason.CLOSED), late.reason());
        assertEquals(0, late.status().sequence());
        assertEquals(9, late.status().lag());
    }

    @Test
    void shouldBeServedToTheEndOrRefusedWhenTheBusClosesAtTheSameTime()
    {
        for (int round = 0; round < 200; round++)
        {
            final ArrayHistory past = new ArrayHistory(0, 64);
            final EventBus bus = bus(8).history(past, "tape")
                .lane(lane("tape").rangeHandler("recorder", past).build()).build();
            bus.start();
            publish(bus, 20);
            final Tale own = new Tale();
            final AtomicReference<@Nullable Throwable> refused = new AtomicReference<>();
            final Thread joiner = new Thread(() -> refused.set(onThread(
                () -> bus.attach(lane("late").handler("tale", own).build(), JoinFrom.start()))));
            joiner.setDaemon(true);
            joiner.start();

            assertTrue(bus.close(CLOSE_LIMIT_NS));
            await(() -> !joiner.isAlive());

            if (refused.get() instanceof JoinRefusedException e)
            {
                assertEquals(Reason.NOT_RUNNING, e.reason());
                assertEquals("", own.text());
            }
            else
            {
                own.requireAll(0, 19);
            }
        }
    }

    private static Lane failing(final long at, final Tale tale, final FaultPolicy policy, final String name)
    {
        return lane(name).onFault(policy).handler(name + "-failing", (event) ->
        {
            if (event.sequence() == at)
            {
                throw new IllegalStateException("drill");
            }
        }).handler(name + "-tale", tale).build();
    }

    /** Cannot be read: what it gives was not asked for. */
    private static final class BrokenCursor implements History.Cursor
    {
        @Override
        public long nextSequence()
        {
            return 0;
        }

        @Override
        public int read(final UnsafeBuffer target, final int offset, final int limit)
        {
            return 1;
        }

        @Override
        public void close()
        {
        }
    }

    /** Throws when it goes live. */
    private static final class BadListener implements EventHandler, JoinListener
    {
        private volatile int count;

        @Override
        public void onEvent(final OrderBookEvent event)
        {
            count = (int)event.sequence() + 1;
        }

        @Override
        public void onLive(final long sequence)
        {
            throw new IllegalStateException("live");
        }
    }
}
