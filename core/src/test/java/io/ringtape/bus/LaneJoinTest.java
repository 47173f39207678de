package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.await;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static io.ringtape.bus.BusFixture.onThread;
import static io.ringtape.bus.JoinFixture.publish;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bus.JoinFixture.Tale;
import io.ringtape.bus.JoinRefusedException.Reason;
import io.ringtape.event.EventHandler;
import io.ringtape.event.Interest;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.OrderLaneHandler;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Handlers that join a running lane: what they get, how they leave, and when they are refused. */
@Timeout(20)
final class LaneJoinTest
{
    private final ArrayHistory history = new ArrayHistory(0, 1 << 14);
    private final BusFixture.Recorder old = new BusFixture.Recorder();
    private final Tale tale = new Tale();

    @Test
    void shouldCatchUpThenBeOneOfTheHandlersOfTheLane()
    {
        final EventBus bus = started(lane("work").handler("old", old));
        publish(bus, 100);

        final Attachment late = bus.attach("work", "new", tale, Interest.all(), JoinFrom.start());
        await(late::isLive);
        publish(bus, 100);
        bus.writer().awaitLane("work");

        assertEquals(List.of("tape", "work"), bus.lanes().stream().map(LaneStatus::name).toList());
        await(() -> late.status().name().equals("work"));
        tale.requireAll(0, 199);
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals("start 0, catch up 0, live 100, left 199 CLOSED, stop 199", tale.text());
        assertEquals(Optional.of(LeaveReason.CLOSED), late.reason());
        assertTrue(late.hasEnded());
        assertEquals(0, history.openCount());
    }

    @Test
    void shouldStartWithTheNextEventFromLiveWithoutAHistory()
    {
        final EventBus bus = bus(8).lane(lane("work").handler("old", old).build()).build();
        bus.start();
        publish(bus, 20);

        final Attachment late = bus.attach("work", "new", tale, Interest.all(), JoinFrom.live());
        publish(bus, 20);

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(20, late.firstSequence());
        tale.requireAll(20, 39);
    }

    @Test
    void shouldLeaveBetweenTwoBatchesAndFreeItsName()
    {
        final EventBus bus = started(lane("work").handler("old", old));
        publish(bus, 10);
        final Attachment first = bus.attach("work", "new", tale, Interest.all(), JoinFrom.start());
        await(first::isLive);
        publish(bus, 10);
        bus.writer().awaitLane("work");

        first.leave();
        await(first::hasEnded);

        assertEquals("start 0, catch up 0, live 10, left 19 ASKED, stop 19", tale.text());
        assertEquals(LaneState.RUNNING, bus.lane("work").state());
        final Tale second = new Tale();
        bus.attach("work", "new", second, Interest.all(), JoinFrom.sequence(5));
        publish(bus, 100);
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        tale.requireAll(0, 19);
        second.requireAll(5, 119);
        assertEquals(120, old.count());
    }

    @Test
    void shouldSeeNothingAheadOfWhatItsLaneRunsAfter()
    {
        final BusFixture.Hold hold = new BusFixture.Hold();
        final EventBus bus = bus(8).history(history, "tape")
            .lane(lane("tape").inline().rangeHandler("recorder", history).build())
            .lane(lane("first").batchLimit(1).handler("hold", hold).build())
            .lane(lane("work").after("first").handler("old", old).build()).build();
        bus.start();
        final LaneStatus first = bus.lane("first");
        final EventHandler checking = (event) ->
        {
            if (event.sequence() > first.sequence())
            {
                throw new IllegalStateException("ahead");
            }
            tale.onEvent(event);
        };
        publish(bus, 8);
        hold.awaitHeld();

        final Attachment late = bus.attach("work", "new", checking, Interest.all(), JoinFrom.start());
        await(() -> late.status().state() == LaneState.RUNNING);
        hold.release();
        publish(bus, 2_000);

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(Optional.of(LeaveReason.CLOSED), late.reason());
        tale.requireAll(0, 2_007);
    }

    @Test
    void shouldKeepAFaultOfTheCatchUpToItself()
    {
        final EventBus bus = started(lane("work").handler("old", old));
        publish(bus, 10);

        final Attachment late = bus.attach("work", "new", failing(3), Interest.all(), JoinFrom.start());
        await(late::hasEnded);
        publish(bus, 100);

        assertEquals(Optional.of(LeaveReason.FAULT), late.reason());
        assertEquals("lane=work+new handler=new phase=EVENT sequence=3 applied=DETACH " +
            "cause=java.lang.IllegalStateException: drill", late.status().fault().orElseThrow().describe());
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(110, old.count());
    }

    @Test
    void shouldApplyThePolicyOfTheLaneOnceItHasJoined()
    {
        final EventBus bus = started(lane("work").onFault(FaultPolicy.DETACH).handler("old", old));
        publish(bus, 10);
        final Attachment good = bus.attach("work", "good", tale, Interest.all(), JoinFrom.start());
        await(good::isLive);
        final Attachment bad = bus.attach("work", "bad", failing(12), Interest.all(), JoinFrom.start());
        await(bad::isLive);

        publish(bus, 100);
        await(() -> good.hasEnded() && bad.hasEnded());

        assertEquals("lane=work handler=bad phase=EVENT sequence=12 applied=DETACH " +
            "cause=java.lang.IllegalStateException: drill", bus.lane("work").fault().orElseThrow().describe());
        assertEquals("start 0, catch up 0, live 10, left 12 FAULT, stop 12", tale.text());
        tale.requireAll(0, 12);
        assertEquals(12, old.stoppedAt());
        final JoinRefusedException refused = assertThrows(JoinRefusedException.class,
            () -> bus.attach("work", "more", tale, Interest.all(), JoinFrom.live()));
        assertEquals(Reason.LANE_ENDED, refused.reason());
        assertEquals("lane has ended: lane=work handler=more state=" + bus.lane("work").state(), refused.getMessage());
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldHearOfAHalt()
    {
        final EventBus bus = started(lane("work").handler("old", old));
        publish(bus, 10);
        final Attachment late = bus.attach("work", "new", tale, Interest.all(), JoinFrom.start());
        await(late::isLive);

        bus.halt();
        await(late::hasEnded);

        assertEquals("start 0, catch up 0, live 10, left 9 HALTED, stop 9", tale.text());
        assertFalse(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldRefuseALaneThatCannotBeJoined()
    {
        final EventBus bus = bus(8).lane(lane("inline").inline().handler("a", old).build())
            .lane(lane("order").orderLane().handler("b", old).build())
            .lane(lane("shed").overflow(OverflowPolicy.SHED).handler("c", old).build())
            .lane(lane("skip").onFault(FaultPolicy.SKIP).statelessHandler("d", old).build())
            .lane(lane("work").handler("old", old).build()).build();
        bus.start();
        bus.attach(lane("late").handler("e", tale).build(), JoinFrom.live());
        final String rule = "a handler joins a lane that was built with the bus, gates, has a thread of its own, " +
            "skips nothing and is no order lane: lane=";

        for (final String name : List.of("inline", "order", "shed", "skip", "late"))
        {
            assertEquals(rule + name + " handler=new", refusal(bus, name, "new", tale));
        }
        assertEquals("no such lane: lane=none", refusal(bus, "none", "new", tale));
        assertEquals("handler name must not be empty: lane=work+", refusal(bus, "work", "", tale));
        assertEquals("handler name is taken: lane=work+c handler=c", refusal(bus, "work", "c", tale));
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldRefuseANameThatAJoinedHandlerHas()
    {
        final EventBus bus = started(lane("work").handler("old", old));
        final Attachment late = bus.attach("work", "new", tale, Interest.all(), JoinFrom.live());
        await(late::isLive);

        assertEquals("lane name is taken: lane=work+new", refusal(bus, "work", "new", tale));
        assertEquals("handler name is taken: lane=late handler=new", assertThrows(IllegalArgumentException.class,
            () -> bus.attach(lane("late").handler("new", tale).build(), JoinFrom.live())).getMessage());
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldRefuseAHandlerThatSendsOrders()
    {
        final EventBus bus = started(lane("work").handler("old", old));

        final String rule = "a handler that sends orders is on the order lane, which is not split: lane=";
        assertEquals(rule + "work handler=new", refusal(bus, "work", "new", new Sender()));
        assertEquals(rule + "late handler=new", assertThrows(IllegalArgumentException.class,
            () -> bus.attach(lane("late").handler("new", new Sender()).build(), JoinFrom.live())).getMessage());
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldBeServedToTheEndOrRefusedWhenTheBusClosesAtTheSameTime()
    {
        for (int round = 0; round < 200; round++)
        {
            final ArrayHistory past = new ArrayHistory(0, 64);
            final BusFixture.Recorder before = new BusFixture.Recorder();
            final EventBus bus = bus(8).history(past, "tape")
                .lane(lane("tape").rangeHandler("recorder", past).build())
                .lane(lane("work").handler("old", before).build()).build();
            bus.start();
            publish(bus, 20);
            final Tale own = new Tale();
            final AtomicReference<@Nullable Throwable> refused = new AtomicReference<>();
            final Thread joiner = new Thread(() -> refused.set(onThread(
                () -> bus.attach("work", "new", own, Interest.all(), JoinFrom.start()))));
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
                assertTrue(own.text().endsWith("left 19 CLOSED, stop 19"));
            }
            assertEquals(LongStream.range(0, 20).sum(), LongStream.of(before.sequences()).sum());
            assertEquals(20, before.count());
        }
    }

    @Test
    void shouldWatchWhatIsAttachedAndNameTheHandler()
    {
        final List<Stall> found = new CopyOnWriteArrayList<>();
        final BusFixture.Hold lateHold = new BusFixture.Hold();
        final BusFixture.Hold hold = new BusFixture.Hold();
        final EventBus bus = bus(8).history(history, "tape").stallLimit(1_000_000L, found::add)
            .lane(lane("tape").inline().rangeHandler("recorder", history).build())
            .lane(lane("work").handler("old", old).build()).build();
        bus.start();

        bus.attach(lane("late").handler("late-hold", lateHold).build(), JoinFrom.live());
        publish(bus, 1);
        await(() -> isFound(found, "late", "late-hold"));
        lateHold.release();
        final Attachment joined = bus.attach("work", "hold", hold, Interest.all(), JoinFrom.live());
        await(joined::isLive);
        publish(bus, 1);
        await(() -> isFound(found, "work", "hold"));
        hold.release();

        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    private static boolean isFound(final List<Stall> stalls, final String lane, final String handler)
    {
        return stalls.stream().anyMatch((stall) -> stall.lane().equals(lane) && stall.handler().equals(handler));
    }

    private EventBus started(final Lane.Builder work)
    {
        final EventBus bus = bus(8).history(history, "tape")
            .lane(lane("tape").inline().rangeHandler("recorder", history).build()).lane(work.build()).build();
        bus.start();
        return bus;
    }

    private static EventHandler failing(final long at)
    {
        return (event) ->
        {
            if (event.sequence() == at)
            {
                throw new IllegalStateException("drill");
            }
        };
    }

    private static String refusal(
        final EventBus bus, final String lane, final String name, final EventHandler handler)
    {
        final String message = assertThrows(IllegalArgumentException.class,
            () -> bus.attach(lane, name, handler, Interest.all(), JoinFrom.live())).getMessage();
        return message == null ? "" : message;
    }

    /** Belongs on the order lane. */
    private static final class Sender implements OrderLaneHandler
    {
        @Override
        public void onEvent(final OrderBookEvent event)
        {
        }
    }
}
