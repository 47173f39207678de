package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.await;
import static io.ringtape.bus.BusFixture.batch;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static io.ringtape.bus.JoinFixture.failingRecorder;
import static io.ringtape.bus.JoinFixture.publish;
import static io.ringtape.bus.JoinFixture.started;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bus.JoinFixture.Tale;
import io.ringtape.bus.JoinRefusedException.Reason;
import io.ringtape.event.EventHandler;
import io.ringtape.event.Interest;
import io.ringtape.event.OrderLaneHandler;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lanes that are attached to a running bus: what they get, and when they are refused. */
@Timeout(20)
final class AttachTest
{
    private static final EventHandler NOTHING = (event) ->
    {
    };

    private final ArrayHistory history = new ArrayHistory(0, 1 << 12);
    private final Tale tale = new Tale();

    @Test
    void shouldGiveTheLateHandlerEverythingFromTheStart()
    {
        final EventBus bus = started(history);
        publish(bus, 100);

        final Attachment late = bus.attach(lane("late").handler("tale", tale).build(), JoinFrom.start());
        await(late::isLive);
        publish(bus, 100);

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        tale.requireAll(0, 199);
        assertEquals("start 0, catch up 0, live 100, left 199 CLOSED, stop 199", tale.text());
        assertEquals(0, late.firstSequence());
        assertEquals(LaneState.STOPPED, late.status().state());
        await(late::hasEnded);
        assertEquals(Optional.of(LeaveReason.CLOSED), late.reason());
        assertEquals(0, history.openCount());
    }

    @Test
    void shouldStartAtASequenceThatIsStillToCome()
    {
        final EventBus bus = started(history);
        publish(bus, 10);

        final Attachment late = bus.attach(lane("late").handler("tale", tale).build(), JoinFrom.sequence(10));
        await(late::isLive);
        publish(bus, 5);

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        tale.requireAll(10, 14);
        assertEquals("start 10, catch up 10, live 10, left 14 CLOSED, stop 14", tale.text());
    }

    @Test
    void shouldStartWithTheNextEventFromLiveWithoutAHistory()
    {
        final EventBus bus = bus(8).lane(lane("l").handler("h", NOTHING).build()).build();
        bus.start();
        publish(bus, 20);

        bus.attach(lane("late").handler("tale", tale).build(), JoinFrom.live());
        publish(bus, 20);

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        tale.requireAll(20, 39);
        assertEquals("start 20, live 20, left 39 CLOSED, stop 39", tale.text());
    }

    @Test
    void shouldNotHoldTheWriterWhileTheHistoryIsRead()
    {
        final BusFixture.Hold hold = new BusFixture.Hold();
        final EventBus bus = started(history);
        publish(bus, 100);

        bus.attach(lane("late").handler("hold", hold).handler("tale", tale).build(), JoinFrom.start());
        hold.awaitHeld();
        // Far more than the ring holds, while the late lane stands still.
        publish(bus, 1_000);
        hold.release();

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        tale.requireAll(0, 1_099);
    }

    @Test
    void shouldRefuseWhatIsNotOnTape()
    {
        final ArrayHistory later = new ArrayHistory(5, 64);
        final EventBus bus = bus(8).firstSequence(5).history(later, "tape")
            .lane(lane("tape").inline().rangeHandler("recorder", later).build()).build();
        bus.start();
        publish(bus, 3);

        final JoinRefusedException early = assertThrows(JoinRefusedException.class,
            () -> bus.attach(lane("late").handler("tale", tale).build(), JoinFrom.sequence(4)));
        final JoinRefusedException above = assertThrows(JoinRefusedException.class,
            () -> bus.attach(lane("late").handler("tale", tale).build(), JoinFrom.sequence(9)));

        assertEquals(Reason.EARLIER_RUN, early.reason());
        assertEquals("sequence is of an earlier run: lane=late sequence=4 firstSequence=5", early.getMessage());
        assertEquals(5, early.firstSequence());
        assertEquals(Reason.NOT_ON_TAPE, above.reason());
        assertEquals("sequence is above the next one: lane=late sequence=9 cursor=7", above.getMessage());
        assertEquals(List.of("tape"), bus.lanes().stream().map(LaneStatus::name).toList());
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldRefuseWhatTheHistoryHasOfEarlierRuns()
    {
        final ArrayHistory earlier = new ArrayHistory(2, 64);
        final EventBus bus = bus(8).firstSequence(5).history(earlier, "tape")
            .lane(lane("tape").inline().rangeHandler("recorder", earlier).build())
            .lane(lane("work").handler("work", NOTHING).build()).build();
        bus.start();

        final JoinRefusedException timed = assertThrows(JoinRefusedException.class,
            () -> bus.attach(lane("late").handler("tale", tale).build(), JoinFrom.time(0)));
        final JoinRefusedException guest = assertThrows(JoinRefusedException.class,
            () -> bus.attach("work", "tale", tale, Interest.all(), JoinFrom.sequence(3)));
        final Attachment late = bus.attach(lane("late").handler("tale", tale).build(), JoinFrom.start());

        assertEquals(Reason.EARLIER_RUN, timed.reason());
        assertEquals("sequence is of an earlier run: lane=late sequence=2 firstSequence=5", timed.getMessage());
        assertEquals(Reason.EARLIER_RUN, guest.reason());
        assertEquals(5, guest.firstSequence());
        assertEquals(5, late.firstSequence());
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(0, earlier.openCount());
    }

    @Test
    void shouldRefuseWhereTheBusDoesNotRunOrHasNoHistory()
    {
        final EventBus bus = bus(8).lane(lane("l").handler("h", NOTHING).build()).build();
        final Lane late = lane("late").handler("tale", tale).build();

        final JoinRefusedException early =
            assertThrows(JoinRefusedException.class, () -> bus.attach(late, JoinFrom.live()));
        bus.start();
        final JoinRefusedException blank =
            assertThrows(JoinRefusedException.class, () -> bus.attach(late, JoinFrom.start()));
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        final JoinRefusedException afterwards =
            assertThrows(JoinRefusedException.class, () -> bus.attach(late, JoinFrom.live()));

        assertEquals("bus does not run: lane=late state=NEW", early.getMessage());
        assertEquals(Reason.NO_HISTORY, blank.reason());
        assertEquals("bus has no history: lane=late", blank.getMessage());
        assertEquals(Reason.NOT_RUNNING, afterwards.reason());
        assertEquals("bus does not run: lane=late state=CLOSED", afterwards.getMessage());
        assertEquals(JoinRefusedException.NONE, afterwards.firstSequence());
    }

    @Test
    void shouldRefuseALaneThatDoesNotFit()
    {
        final EventBus bus = bus(8).processors(1).lane(lane("l").handler("h", NOTHING).build()).build();
        bus.start();
        final String odd = "an attached lane gates, has a thread of its own, runs after nothing, is no order lane " +
            "and does not finish on a halt: lane=x";

        assertEquals("lane name is taken: lane=l", refusal(bus, lane("l").handler("x", NOTHING)));
        assertEquals("handler name is taken: lane=x handler=h", refusal(bus, lane("x").handler("h", NOTHING)));
        assertEquals("lane needs a handler: lane=x", refusal(bus, lane("x")));
        assertEquals(odd, refusal(bus, lane("x").handler("x", NOTHING).inline()));
        assertEquals(odd, refusal(bus, lane("x").handler("x", NOTHING).orderLane()));
        assertEquals(odd, refusal(bus, lane("x").handler("x", NOTHING).after("l")));
        assertEquals(odd, refusal(bus, lane("x").handler("x", NOTHING).finishOnHalt()));
        assertEquals(odd, refusal(bus, lane("x").handler("x", NOTHING).overflow(OverflowPolicy.SHED)));
        assertEquals(odd, refusal(bus, lane("x").handler("x", NOTHING).overflow(OverflowPolicy.SPILL)));
        assertEquals(odd, refusal(bus, lane("x").handler("x", NOTHING)
            .conflate(new LastPrice(), OverflowPolicy.GATE)));
        assertEquals(odd, refusal(bus, lane("x").handler("x", NOTHING).after(new FrontierTest.ByHand())));
        assertEquals("a handler that sends orders is on the order lane, which is not split: lane=x handler=x",
            refusal(bus, lane("x").handler("x", (OrderLaneHandler)(event) ->
            {
            })));
        assertEquals("a lane that gates reads the ring in place: lane=x overflowPolicy=GATE",
            refusal(bus, lane("x").handler("x", NOTHING).privateBuffer(8)));
        assertEquals("a lane that skips has stateless handlers only: lane=x handler=x",
            refusal(bus, lane("x").handler("x", NOTHING).onFault(FaultPolicy.SKIP)));
        bus.attach(lane("spin").idle(BusySpinIdleStrategy.INSTANCE).handler("y", NOTHING).build(), JoinFrom.live());
        assertEquals("more spinning threads than processors, the writer's included: spinning=2 processors=1",
            refusal(bus, lane("x").idle(BusySpinIdleStrategy.INSTANCE).handler("x", NOTHING)));
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldRefuseAStartThatIsNone()
    {
        assertEquals("value does not fit: kind=SEQUENCE value=-1",
            assertThrows(IllegalArgumentException.class, () -> JoinFrom.sequence(-1)).getMessage());
        assertEquals("value does not fit: kind=LIVE value=1", assertThrows(
            IllegalArgumentException.class, () -> new JoinFrom(JoinFrom.Kind.LIVE, 1)).getMessage());
        assertEquals("value does not fit: kind=SNAPSHOT value=7", assertThrows(
            IllegalArgumentException.class, () -> new JoinFrom(JoinFrom.Kind.SNAPSHOT, 7)).getMessage());
        assertEquals(-1, JoinFrom.time(-1).value());
    }

    @Test
    void shouldRefuseAHistoryOfALaneThatDoesNotKeepIt()
    {
        assertEquals("history is of a lane that does not exist: lane=tape", assertThrows(
            IllegalArgumentException.class, () -> bus(8).history(history, "tape").build()).getMessage());
        assertEquals("the lane of the history gates and has a range handler: lane=tape", assertThrows(
            IllegalArgumentException.class, () -> bus(8).history(history, "tape")
                .lane(lane("tape").handler("h", NOTHING).build()).build()).getMessage());
    }

    @Test
    void shouldRefuseOnceTheRecorderIsDeadButForLive()
    {
        final EventBus bus = failingRecorder(history, 10);
        publish(bus, 10);

        final JoinRefusedException refused = assertThrows(JoinRefusedException.class,
            () -> bus.attach(lane("late").handler("tale", tale).build(), JoinFrom.start()));
        bus.attach(lane("late").handler("tale", tale).build(), JoinFrom.live());
        publish(bus, 10);

        assertEquals(Reason.RECORDER_ENDED, refused.reason());
        assertEquals("recorder of the history has ended: lane=late recorder=tape", refused.getMessage());
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        tale.requireAll(10, 19);
    }

    @Test
    void shouldWaitForARecorderThatLagsAndHoldNobodyMeanwhile()
    {
        final BusFixture.Hold hold = new BusFixture.Hold();
        final BusFixture.Recorder other = new BusFixture.Recorder();
        final EventBus bus = bus(8).history(history, "tape")
            .lane(lane("tape").handler("hold", hold).rangeHandler("recorder", history).build())
            .lane(lane("other").handler("other", other).build()).build();
        bus.start();
        publish(bus, 4);
        hold.awaitHeld();

        final Attachment late = bus.attach(lane("late").handler("tale", tale).build(), JoinFrom.sequence(2));
        publish(bus, 4);
        bus.writer().awaitLane("other");

        assertEquals(8, other.count());
        assertFalse(late.isLive());
        assertEquals(Writer.FULL, bus.writer().tryPublish(batch(8, 1)));
        hold.release();
        publish(bus, 4);
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        tale.requireAll(2, 11);
    }

    @Test
    void shouldRefuseAPublishOfAnAttachedHandler()
    {
        final EventBus bus = started(history);
        final AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        bus.attach(lane("late").handler("x", (event) ->
        {
            try
            {
                bus.writer().publish(batch(0, 1));
            }
            catch (final IllegalStateException e)
            {
                thrown.set(e);
            }
        }).build(), JoinFrom.start());

        publish(bus, 1);

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        final Throwable found = thrown.get();
        assertEquals("a handler must not publish through the writer, it offers to an inbox: " +
            "thread=ringtape-lane-late", found == null ? "" : found.getMessage());
    }

    @Test
    void shouldLeaveNothingBehindWhereNoThreadCanBeMade()
    {
        final IllegalStateException drill = new IllegalStateException("no thread");
        final EventBus bus = bus(8).history(history, "tape").threadFactory((runnable) ->
        {
            throw drill;
        }).lane(lane("tape").inline().rangeHandler("recorder", history).build()).build();
        bus.start();

        assertSame(drill, assertThrows(IllegalStateException.class,
            () -> bus.attach(lane("late").handler("tale", tale).build(), JoinFrom.start())));
        assertSame(drill, assertThrows(IllegalStateException.class,
            () -> bus.attach(lane("late").handler("tale", tale).build(), JoinFrom.live())));

        assertEquals(List.of("tape"), bus.lanes().stream().map(LaneStatus::name).toList());
        assertEquals(0, history.openCount());
        publish(bus, 100);
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals("", tale.text());
    }

    @Test
    void shouldServeRangesAndBatchEndsFromTheHistoryAsFromTheRing()
    {
        final BusFixture.Ranges ranges = new BusFixture.Ranges();
        final BusFixture.Recorder seen = new BusFixture.Recorder();
        final EventBus bus = started(history);
        publish(bus, 10);
        bus.writer().claim(1);
        bus.writer().abandon();

        final Attachment late = bus.attach(
            lane("late").batchLimit(4).handler("seen", seen).rangeHandler("ranges", ranges).build(), JoinFrom.start());
        await(late::isLive);

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals("0+4:eeee 4+4:eeee 8+3:eev", ranges.ranges());
        assertEquals("3 7 10", seen.batchEnds());
        assertEquals(10, seen.count());
        assertEquals(10, ranges.stoppedAt());
    }

    private static String refusal(final EventBus bus, final Lane.Builder lane)
    {
        final String message = assertThrows(
            IllegalArgumentException.class, () -> bus.attach(lane.build(), JoinFrom.live())).getMessage();
        return message == null ? "" : message;
    }
}
