package io.ringtape.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtape.event.BookHandler;
import io.ringtape.event.EventHandler;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.OrderLaneHandler;
import io.ringtape.event.RangeHandler;
import java.util.List;
import java.util.Optional;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.NoOpIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class EventBusBuilderTest
{
    private static final EventHandler HANDLER = (event) ->
    {
    };
    private static final RangeHandler RANGE_HANDLER = (buffer, offset, first, count) ->
    {
    };

    @Test
    void shouldRefuseCapacityThatIsNoPowerOfTwo()
    {
        assertRefused("capacity must be a power of two, at most 16777216: capacity=1000",
            EventBus.builder().capacity(1000));
        assertRefused("capacity must be a power of two, at most 16777216: capacity=0", EventBus.builder().capacity(0));
        assertRefused("capacity must be a power of two, at most 16777216: capacity=33554432",
            EventBus.builder().capacity(1 << 25));
    }

    @Test
    void shouldRefuseValuesOutOfRange()
    {
        assertRefused("firstSequence must be 0 to 4611686018427387904: firstSequence=-1",
            EventBus.builder().firstSequence(-1));
        assertRefused("processors must be at least 1: processors=0", EventBus.builder().processors(0));
        assertRefused("declaredRate must be 0 to 1000000000: declaredRate=-1", EventBus.builder().declaredRate(-1));
        assertRefused("declaredRate must be 0 to 1000000000: declaredRate=1000000001",
            EventBus.builder().declaredRate(1_000_000_001L));
        assertRefused("stallLimitNs must be at least 1000000: stallLimitNs=999999",
            EventBus.builder().stallLimit(999_999, (stall) ->
            {
            }));
        assertRefused("inbox capacity must be a power of two, 4 to 8388608: inbox=in capacity=5",
            EventBus.builder().inbox("in", 5));
        assertEquals("batchLimit must be at least 1: batchLimit=0",
            assertThrows(IllegalArgumentException.class, () -> Lane.named("a").batchLimit(0)).getMessage());
    }

    @Test
    void shouldRefuseNamesThatAreEmptyOrTaken()
    {
        assertRefused("lane name is taken: lane=a", bus(lane("a", "h1"), lane("a", "h2")));
        assertRefused("handler name is taken: lane=b handler=h", bus(lane("a", "h"), lane("b", "h")));
        assertRefused("handler name must not be empty: lane=a", bus(lane("a", "")));
        assertRefused("input name is empty or taken: input=in",
            EventBus.builder().inbox("in", 4).input("in", (writer) -> 0));
        assertEquals("lane name must not be empty",
            assertThrows(IllegalArgumentException.class, () -> Lane.named("")).getMessage());
    }

    @Test
    void shouldRefuseLaneWithoutHandler()
    {
        assertRefused("lane needs a handler: lane=a", bus(BusFixture.lane("a")));
    }

    @Test
    void shouldRefuseUnknownAndUnsafePredecessors()
    {
        assertRefused("lane runs after one that does not exist: lane=a after=x", bus(lane("a", "h").after("x")));
        assertRefused("a lane runs after one that gates and halts: lane=b after=a faultPolicy=DETACH",
            bus(lane("a", "h1").onFault(FaultPolicy.DETACH), lane("b", "h2").after("a")));
        assertRefused("a lane runs after one that gates and halts: lane=b after=a faultPolicy=SKIP",
            bus(BusFixture.lane("a").statelessHandler("h1", HANDLER).onFault(FaultPolicy.SKIP),
                lane("b", "h2").after("a")));
        assertRefused("an inline lane must not wait for a thread: lane=b after=a",
            bus(lane("a", "h1"), lane("b", "h2").inline().after("a")));
    }

    @Test
    void shouldRefuseOverflowThatDoesNotFitTheLane()
    {
        assertRefused("an inline lane must gate: lane=a overflowPolicy=SHED",
            bus(lane("a", "h").inline().overflow(OverflowPolicy.SHED)));
        assertRefused("a lane that gates reads the ring in place: lane=a overflowPolicy=GATE",
            bus(lane("a", "h").privateBuffer(4)));
        assertRefused("the order lane must gate and halt: lane=a",
            bus(lane("a", "h").orderLane().overflow(OverflowPolicy.SHED)));
        assertRefused("a lane runs after one that gates and halts: lane=b after=a overflowPolicy=SHED",
            bus(lane("a", "h1").overflow(OverflowPolicy.SHED), lane("b", "h2").after("a")));
        assertRefused("a lane runs after one that gates and halts: lane=b after=a overflowPolicy=CONFLATE",
            bus(conflating("a", "h1"), lane("b", "h2").after("a")));
        assertRefused("an inline lane must gate: lane=a overflowPolicy=CONFLATE", bus(conflating("a", "h").inline()));
        assertRefused("the order lane must gate and halt: lane=a", bus(conflating("a", "h").orderLane()));
        assertEquals("privateBuffer must be a power of two, at most 16777216: lane=a privateBuffer=3",
            assertThrows(IllegalArgumentException.class, () -> Lane.named("a").privateBuffer(3)).getMessage());
    }

    @Test
    void shouldRefuseASecondOverflowPolicyOnALane()
    {
        assertMixed("GATE another=SHED", lane("a", "h").overflow(OverflowPolicy.GATE), OverflowPolicy.SHED);
        assertMixed("SHED another=SPILL", lane("a", "h").overflow(OverflowPolicy.SHED), OverflowPolicy.SPILL);
        assertMixed("CONFLATE another=GATE", conflating("a", "h"), OverflowPolicy.GATE);
        assertEquals("a lane has one overflow policy, chosen once: lane=a overflowPolicy=SPILL another=CONFLATE",
            assertThrows(IllegalArgumentException.class, () -> lane("a", "h").overflow(OverflowPolicy.SPILL)
                .conflate(new LastPrice(), OverflowPolicy.GATE)).getMessage());
        assertEquals("a lane has one overflow policy, chosen once: lane=a overflowPolicy=CONFLATE another=CONFLATE",
            assertThrows(IllegalArgumentException.class,
                () -> conflating("a", "h").conflate(new LastPrice(), OverflowPolicy.SHED)).getMessage());
        assertEquals(OverflowPolicy.SHED, lane("a", "h").overflow(OverflowPolicy.SHED)
            .overflow(OverflowPolicy.SHED).build().overflowPolicy());
        assertEquals(OverflowPolicy.GATE, lane("a", "h").build().overflowPolicy());
    }

    @Test
    void shouldRefuseAHistoryWhoseRecorderIsNotOnItsLane()
    {
        final ArrayHistory past = new ArrayHistory(0, 1);
        final RecordedBy history = new RecordedBy(past, past);

        assertRefused("the lane of the history has its recorder as a range handler: lane=tape",
            bus(BusFixture.lane("tape").rangeHandler("r", RANGE_HANDLER)).history(history, "tape"));
        assertRefused("the lane of the history has its recorder as a range handler: lane=tape",
            bus(lane("a", "h").overflow(OverflowPolicy.SPILL), BusFixture.lane("other").rangeHandler("past", past),
                BusFixture.lane("tape").rangeHandler("r", RANGE_HANDLER)).history(history, "tape"));
        assertEquals(BusState.NEW, bus(BusFixture.lane("tape").rangeHandler("r", RANGE_HANDLER)
            .rangeHandler("past", past)).history(history, "tape").build().state());
    }

    @Test
    void shouldRefuseToSpillWithoutAHistoryOfAGatingRecorder()
    {
        final ArrayHistory history = new ArrayHistory(0, 1);

        assertRefused("a lane that spills needs a history, whose recorder gates and gets every event: lane=a " +
            "overflowPolicy=SPILL", bus(lane("a", "h").overflow(OverflowPolicy.SPILL)));
        assertRefused("the lane of the history gates and has a range handler: lane=tape",
            bus(lane("a", "h").overflow(OverflowPolicy.SPILL),
                BusFixture.lane("tape").rangeHandler("r", history).overflow(OverflowPolicy.SHED))
                .history(history, "tape"));
        assertRefused("the lane of the history gates and has a range handler: lane=tape",
            bus(lane("a", "h").overflow(OverflowPolicy.SPILL), lane("tape", "some")).history(history, "tape"));
        assertRefused("the lane of the history gates and has a range handler: lane=tape",
            bus(BusFixture.lane("tape").rangeHandler("r", history).overflow(OverflowPolicy.SPILL))
                .history(history, "tape"));
        assertRefused("an inline lane must gate: lane=a overflowPolicy=SPILL",
            bus(lane("a", "h").inline().overflow(OverflowPolicy.SPILL)));
        assertRefused("the order lane must gate and halt: lane=a",
            bus(lane("a", "h").orderLane().overflow(OverflowPolicy.SPILL)));
        assertRefused("a lane runs after one that gates and halts: lane=b after=a overflowPolicy=SPILL",
            bus(lane("a", "h1").overflow(OverflowPolicy.SPILL), lane("b", "h2").after("a")));
        assertEquals(BusState.NEW, bus(lane("a", "h").overflow(OverflowPolicy.SPILL),
            BusFixture.lane("tape").rangeHandler("r", history)).history(history, "tape").build().state());
    }

    @Test
    void shouldRefuseToConflateWhatCannotBe()
    {
        final LastPrice conflater = new LastPrice();
        assertRefused("a lane that conflates has no range handlers: lane=a overflowPolicy=CONFLATE",
            bus(lane("a", "h").rangeHandler("r", RANGE_HANDLER).conflate(conflater, OverflowPolicy.GATE)));
        assertRefused("a lane that conflates must not skip: lane=a overflowPolicy=CONFLATE",
            bus(BusFixture.lane("a").statelessHandler("h", HANDLER).onFault(FaultPolicy.SKIP)
                .conflate(conflater, OverflowPolicy.SHED)));
        assertRefused("a lane that conflates is limited by its private buffer: lane=a overflowPolicy=CONFLATE",
            bus(lane("a", "h").batchLimit(4).conflate(conflater, OverflowPolicy.GATE)));
        assertRefused("a lane that conflates holds 2 events at least: lane=a overflowPolicy=CONFLATE",
            bus(lane("a", "h").privateBuffer(1).conflate(conflater, OverflowPolicy.GATE)));
        assertRefused("a conflater serves one lane: lane=b overflowPolicy=CONFLATE",
            bus(lane("a", "h1").conflate(conflater, OverflowPolicy.GATE),
                lane("b", "h2").conflate(conflater, OverflowPolicy.GATE)));
        assertEquals("a lane that conflates needs a conflater: lane=a",
            assertThrows(IllegalArgumentException.class,
                () -> Lane.named("a").overflow(OverflowPolicy.CONFLATE)).getMessage());
        for (final OverflowPolicy whenFull : List.of(OverflowPolicy.CONFLATE, OverflowPolicy.SPILL))
        {
            assertEquals("a lane that conflates gates or sheds when the ring is full: lane=a",
                assertThrows(IllegalArgumentException.class,
                    () -> Lane.named("a").conflate(conflater, whenFull)).getMessage());
        }
    }

    @Test
    void shouldRefuseCyclesAndNameThem()
    {
        assertRefused("lanes run after each other: cycle=a -> c -> b -> a",
            bus(lane("a", "h1").after("c"), lane("b", "h2").after("a"), lane("c", "h3").after("b")));
        assertRefused("lanes run after each other: cycle=a -> a", bus(lane("a", "h1").after("a")));
    }

    @Test
    void shouldRefuseOrderLanesThatSplitOrMayLeave()
    {
        assertRefused("a bus has at most one order lane: lane=a lane=b",
            bus(lane("a", "h1").orderLane(), lane("b", "h2").orderLane()));
        assertRefused("the order lane must gate and halt: lane=a",
            bus(lane("a", "h1").orderLane().onFault(FaultPolicy.DETACH)));
        assertRefused("the order lane must gate and halt: lane=a",
            bus(BusFixture.lane("a").statelessHandler("h", HANDLER).orderLane().onFault(FaultPolicy.SKIP)));
    }

    @Test
    void shouldRefuseBooksAndGateBehindThoseThatReadThem()
    {
        final BookHandler books = (event) ->
        {
        };
        final OrderLaneHandler sender = (event) ->
        {
        };
        final OrderLaneHandler gate = new Gate();
        assertRefused("books go ahead of the risk gate, and that ahead of strategies: lane=a handler=b behind=s",
            bus(lane("a", "h").orderLane().handler("s", sender).handler("b", books)));
        assertRefused("books go ahead of the risk gate, and that ahead of strategies: lane=a handler=g behind=s",
            bus(lane("a", "h").orderLane().handler("s", sender).handler("g", gate)));
        assertRefused("books go ahead of the risk gate, and that ahead of strategies: lane=a handler=b behind=g",
            bus(lane("a", "h").orderLane().handler("g", gate).handler("b", books).handler("s", sender)));
        assertEquals(BusState.NEW, bus(BusFixture.lane("a").orderLane().handler("b", books).handler("g", gate)
            .handler("s", sender).handler("h", new BusFixture.Recorder())).build().state());
    }

    @Test
    void shouldRefuseOrderSendersOutsideTheOrderLane()
    {
        final OrderLaneHandler sender = (event) ->
        {
        };

        assertRefused("a handler that sends orders is on the order lane, which is not split: lane=b handler=s",
            bus(lane("a", "h1").orderLane(), BusFixture.lane("b").handler("s", sender)));
        assertRefused("a handler that sends orders is on a lane that gates and halts: lane=b handler=s " +
            "faultPolicy=DETACH overflowPolicy=GATE",
            bus(BusFixture.lane("b").handler("s", sender).onFault(FaultPolicy.DETACH)));
        assertRefused("a handler that sends orders is on a lane that gates and halts: lane=b handler=s " +
            "faultPolicy=SKIP overflowPolicy=GATE",
            bus(BusFixture.lane("b").statelessHandler("s", sender).onFault(FaultPolicy.SKIP)));
        for (final OverflowPolicy policy : List.of(OverflowPolicy.SPILL, OverflowPolicy.SHED))
        {
            assertRefused("a handler that sends orders is on a lane that gates and halts: lane=b handler=s " +
                "faultPolicy=HALT overflowPolicy=" + policy,
                bus(BusFixture.lane("b").handler("s", sender).overflow(policy)));
        }
        assertRefused("a handler that sends orders is on a lane that gates and halts: lane=b handler=s " +
            "faultPolicy=HALT overflowPolicy=CONFLATE",
            bus(BusFixture.lane("b").handler("s", sender).conflate(new LastPrice(), OverflowPolicy.GATE)));
        assertEquals(BusState.NEW, bus(lane("a", "h1").orderLane().handler("s", sender)).build().state());
    }

    @Test
    void shouldRefuseFrontiersThatALaneMustNotWaitFor()
    {
        final Frontier frontier = new OfRecorder("journaled", 0);

        assertRefused("frontier name must not be empty: lane=a", bus(lane("a", "h").after(new OfRecorder("", 0))));
        assertRefused("an inline lane must not wait for a frontier: lane=a frontier=journaled",
            bus(lane("a", "h").inline().after(frontier)));
        assertRefused("a frontier is waited for on the bus of its recorder: lane=a frontier=journaled",
            bus(lane("a", "h").after(frontier)));
        assertRefused("a lane must not wait for a frontier that its own recorder moves: lane=a frontier=journaled",
            bus(lane("a", "h").rangeHandler("r", RANGE_HANDLER).after(frontier)));
        assertRefused("a lane runs after the frontier of a recorder that gates and halts: lane=a frontier=journaled " +
            "recorderLane=tape faultPolicy=DETACH overflowPolicy=GATE",
            bus(lane("a", "h").after(frontier),
                BusFixture.lane("tape").rangeHandler("r", RANGE_HANDLER).onFault(FaultPolicy.DETACH)));
        assertRefused("a lane runs after the frontier of a recorder that gates and halts: lane=a frontier=journaled " +
            "recorderLane=tape faultPolicy=HALT overflowPolicy=SHED",
            bus(lane("a", "h").after(frontier),
                BusFixture.lane("tape").rangeHandler("r", RANGE_HANDLER).overflow(OverflowPolicy.SHED)));
        assertRefused("lanes run after each other: cycle=a -> tape -> a",
            bus(lane("a", "h").after(frontier),
                BusFixture.lane("tape").rangeHandler("r", RANGE_HANDLER).after("a")));
    }

    @Test
    void shouldListALaneBehindTheRecorderOfItsFrontier()
    {
        final EventBus bus = bus(lane("a", "h").after(new OfRecorder("journaled", 0)),
            BusFixture.lane("tape").rangeHandler("r", RANGE_HANDLER)).build();

        assertEquals(List.of("tape", "a"), bus.lanes().stream().map(LaneStatus::name).toList());
    }

    @Test
    void shouldRefuseRingThatIsSmallerThanWhatComesInTwoIntervals()
    {
        final EventBusBuilder builder = bus(lane("a", "h").after(new OfRecorder("durable", 1_000_001)),
            BusFixture.lane("tape").rangeHandler("r", RANGE_HANDLER));

        assertEquals(BusState.NEW, builder.build().state());
        assertEquals(BusState.NEW, builder.declaredRate(7_999).build().state());
        assertRefused("capacity must be at least the declared rate x the frontier's interval x 2: lane=a " +
            "frontier=durable capacity=16 declaredRate=8000 intervalNs=1000001 needed=17", builder.declaredRate(8_000));
        assertRefused("capacity must be at least the declared rate x the frontier's interval x 2: lane=b " +
            "frontier=never capacity=16 declaredRate=1000000000 intervalNs=9223372036854775807 " +
            "needed=18446744073709551614",
            bus(lane("b", "h").after(new OfRecorder("never", Long.MAX_VALUE)),
                BusFixture.lane("tape").rangeHandler("r", RANGE_HANDLER)).declaredRate(1_000_000_000L));
    }

    @Test
    void shouldRefuseAStallLimitThatALaneBehindAFrontierPassesByDesign()
    {
        final EventBusBuilder builder = bus(lane("a", "h").after(new OfRecorder("durable", 5_000_000)),
            BusFixture.lane("tape").rangeHandler("r", RANGE_HANDLER));
        final StallListener listener = (stall) ->
        {
        };

        assertRefused("the stall limit must be longer than the frontier's interval: lane=a frontier=durable " +
            "stallLimitNs=5000000 intervalNs=5000000", builder.stallLimit(5_000_000, listener));
        assertEquals(BusState.NEW, builder.stallLimit(5_000_001, listener).build().state());
    }

    @Test
    void shouldRefuseToSkipWhereStateIsKept()
    {
        assertRefused("a lane that skips has stateless handlers only: lane=a handler=h1",
            bus(lane("a", "h1").onFault(FaultPolicy.SKIP)));
        assertRefused("a lane that skips has no range handlers: lane=a handler=r",
            bus(BusFixture.lane("a").rangeHandler("r", RANGE_HANDLER).onFault(FaultPolicy.SKIP)));
    }

    @Test
    void shouldRefuseMoreSpinningThreadsThanProcessors()
    {
        final Lane spinning = lane("a", "h1").idle(BusySpinIdleStrategy.INSTANCE).build();
        final EventBusBuilder builder = EventBus.builder().lane(spinning).processors(1);

        assertRefused("more spinning threads than processors, the writer's included: spinning=2 processors=1", builder);
        assertRefused("more spinning threads than processors, the writer's included: spinning=2 processors=1",
            EventBus.builder().lane(lane("a", "h1").idle(NoOpIdleStrategy.INSTANCE).build()).processors(1));
        assertEquals(BusState.NEW, builder.processors(2).build().state());
        assertEquals(BusState.NEW, builder.processors(1).idle(new BackoffIdleStrategy()).build().state());
    }

    @Test
    void shouldNotCountInlineLanesAsSpinning()
    {
        final Lane inline = Lane.named("a").inline().handler("h", HANDLER).build();

        assertEquals(BusState.NEW, EventBus.builder().lane(inline).processors(1).build().state());
    }

    @Test
    void shouldListLanesBehindThoseThatTheyRunAfter()
    {
        final EventBus bus = bus(lane("c", "h3").after("b"), lane("b", "h2").after("a"), lane("a", "h1")).build();

        assertEquals(List.of("a", "b", "c"), bus.lanes().stream().map(LaneStatus::name).toList());
    }

    @Test
    void shouldRefuseUnknownNamesAfterwards()
    {
        final EventBus bus = bus(lane("a", "h")).build();

        assertEquals("no such lane: lane=x",
            assertThrows(IllegalArgumentException.class, () -> bus.lane("x")).getMessage());
        assertEquals("no such inbox: inbox=x",
            assertThrows(IllegalArgumentException.class, () -> bus.inbox("x")).getMessage());
    }

    @Test
    void shouldRefuseManyProducersWithWhatNeedsTheOneWriter()
    {
        assertRefused("a bus with many producers has no writer thread", shared().ownWriterThread());
        assertRefused("a bus with many producers has no inbox: inbox=in", shared().inbox("in", 16));
        assertRefused("a bus with many producers has no input: input=feed", shared().input("feed", (writer) -> 0));
        assertRefused("a bus with many producers has no history",
            shared(BusFixture.lane("tape").rangeHandler("r", RANGE_HANDLER)).history(new ArrayHistory(0, 16), "tape"));
        assertRefused("a bus with many producers has no timers and no heartbeat", shared().timers(1));
        assertRefused("a bus with many producers has no timers and no heartbeat", shared().heartbeat(() -> 0L, 1));
        assertRefused("a bus with many producers has no stall limit: stallLimitNs=1000000",
            shared().stallLimit(1_000_000, (stall) ->
            {
            }));
        assertRefused("a bus with many producers has no inline lane: lane=a", shared(lane("a", "h").inline()));
        assertRefused("a bus with many producers has no order lane: lane=a", shared(lane("a", "h").orderLane()));
        assertRefused("a bus with many producers has lanes that gate only: lane=a overflowPolicy=SHED",
            shared(lane("a", "h").overflow(OverflowPolicy.SHED)));
    }

    private static EventBusBuilder shared(final Lane.Builder... lanes)
    {
        return bus(lanes).multiProducer(BackPressure.FAIL);
    }

    private static Lane.Builder lane(final String name, final String handler)
    {
        return BusFixture.lane(name).handler(handler, HANDLER);
    }

    private static Lane.Builder conflating(final String name, final String handler)
    {
        return lane(name, handler).conflate(new LastPrice(), OverflowPolicy.GATE);
    }

    private static void assertMixed(final String policies, final Lane.Builder lane, final OverflowPolicy second)
    {
        assertEquals("a lane has one overflow policy, chosen once: lane=a overflowPolicy=" + policies,
            assertThrows(IllegalArgumentException.class, () -> lane.overflow(second)).getMessage());
    }

    private static EventBusBuilder bus(final Lane.Builder... lanes)
    {
        final EventBusBuilder builder = BusFixture.bus(16);
        for (final Lane.Builder lane : lanes)
        {
            builder.lane(lane.build());
        }
        return builder;
    }

    private static void assertRefused(final String message, final EventBusBuilder builder)
    {
        assertEquals(message, assertThrows(IllegalArgumentException.class, builder::build).getMessage());
    }

    /** A history that says who records it. */
    private record RecordedBy(ArrayHistory past, RangeHandler handler) implements History
    {
        @Override
        public Cursor open(final JoinFrom from)
        {
            return past.open(from);
        }

        @Override
        public Optional<RangeHandler> recorder()
        {
            return Optional.of(handler);
        }
    }

    /** A frontier that the range handler of these tests moves. */
    private record OfRecorder(String name, long intervalNs) implements Frontier
    {
        @Override
        public long sequence()
        {
            return -1;
        }

        @Override
        public Optional<RangeHandler> recorder()
        {
            return Optional.of(RANGE_HANDLER);
        }
    }

    private static final class Gate implements OrderLaneHandler
    {
        @Override
        public void onEvent(final OrderBookEvent event)
        {
            // Only where it stands counts.
        }

        @Override
        public boolean isGate()
        {
            return true;
        }
    }
}
