package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.await;
import static io.ringtape.bus.BusFixture.batch;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bus.BusCounter.Scope;
import io.ringtape.bus.CounterSnapshot.Group;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.OrderBookEvent;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class BusCountersTest
{
    private static final int ROOM = 128;
    private static final EventHandler NOTHING = (event) ->
    {
    };

    private final UnsafeBuffer metadata = direct(BusCounters.metadataBytes(ROOM));
    private final UnsafeBuffer values = direct(BusCounters.valuesBytes(ROOM));
    private final AtomicLong journaled = new AtomicLong(-1);
    private final BusCounters counters = new BusCounters(metadata, values, () -> 77L)
        .interval(BusCounters.MIN_INTERVAL_NS).frontier("journaled", journaled::get);

    @Test
    void shouldSayWhatTheLanesSay()
    {
        final OverflowFixture.Hold hold = new OverflowFixture.Hold();
        final OverflowFixture.Account account = new OverflowFixture.Account(hold);
        final EventBus bus = bus(8).counters(counters).inbox("in", 64)
            .lane(lane("order").inline().handler("h", NOTHING).build())
            .lane(lane("shed").overflow(OverflowPolicy.SHED).handler("account", account).build())
            .lane(lane("conflate").conflate(new LastPrice(), OverflowPolicy.SHED).handler("last", NOTHING).build())
            .lane(lane("detach").onFault(FaultPolicy.DETACH).handler("failing", BusCountersTest::fail).build())
            .build();
        bus.start();
        OverflowFixture.publish(bus, 1);
        hold.awaitHeld();
        for (int i = 0; i < 40; i++)
        {
            OverflowFixture.publish(bus, 1);
        }
        hold.release();
        journaled.set(39);

        assertTrue(bus.close(CLOSE_LIMIT_NS));

        final CounterSnapshot seen = snapshot();
        for (final LaneStatus lane : bus.lanes())
        {
            assertSame(lane, laneOf(seen, lane.name()).orElseThrow());
        }
        assertEquals(List.of("order", "shed", "conflate", "detach"), names(seen.lanes()));
        assertEquals(List.of("GATE", "SHED", "CONFLATE", "GATE"),
            seen.lanes().stream().map(CounterSnapshot::policy).toList());
        assertEquals(List.of("HALT", "HALT", "HALT", "DETACH"),
            seen.lanes().stream().map(CounterSnapshot::faultPolicy).toList());
        assertEquals(40, laneOf(seen, "shed").orElseThrow().get(BusCounter.LANE_SHED));
        assertEquals(1, laneOf(seen, "shed").orElseThrow().get(BusCounter.LANE_EVICTIONS));
        assertEquals(1, laneOf(seen, "detach").orElseThrow().get(BusCounter.LANE_FAULTS));
        assertEquals("CLOSED", seen.busState());
        assertEquals(List.of(0L, 40L, 8L, 41L, 0L, 0L, 77L), values(seen.bus(), BusCounter.FIRST_SEQUENCE,
            BusCounter.CURSOR, BusCounter.CAPACITY, BusCounter.PUBLISHED, BusCounter.VOIDS, BusCounter.REFUSED,
            BusCounter.TIME));
        assertEquals(List.of("journaled"), names(seen.frontiers()));
        assertEquals(39, seen.frontiers().get(0).get(BusCounter.FRONTIER_SEQUENCE));
    }

    @Test
    void shouldCutALongNameTheSameForAllItsCounters()
    {
        bus(8).counters(counters).lane(lane("x".repeat(400)).handler("h", NOTHING).build()).build();

        assertEquals(List.of("x".repeat(300)), names(snapshot().lanes()));
    }

    @Test
    void shouldSayWhileItRunsWhatWaitsInInboxesAndWhatWasRefused()
    {
        final EventBus bus = bus(4).firstSequence(1_000).counters(counters).inbox("in", 4)
            .lane(lane("l").handler("h", NOTHING).build()).build();
        final Inbox inbox = bus.inbox("in");
        inbox.offer(batch(0, 1));
        bus.start();
        assertEquals(EventPublisher.ACCEPTED, inbox.offer(batch(0, 1)));
        await(() -> depth() == 1);
        while (inbox.offer(batch(0, 1)) == EventPublisher.ACCEPTED)
        {
            assertTrue(inbox.depth() <= inbox.mostDepth());
        }

        await(() -> depth() == inbox.mostDepth());
        await(() -> snapshot().inboxes().get(0).get(BusCounter.INBOX_FULL) == 1);
        assertEquals(5, depth());
        assertEquals(5, snapshot().inboxes().get(0).get(BusCounter.INBOX_CAPACITY));
        assertEquals(5, inbox.drain());
        await(() -> depth() == 0);
        await(() -> snapshot().bus().get(BusCounter.CURSOR) == 1_004);
        assertEquals("RUNNING", snapshot().busState());
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(EventPublisher.CLOSED, inbox.offer(batch(0, 1)));

        // Offers ahead of the start and behind the close; the last one came behind the last copy.
        assertEquals(2, inbox.refusedCount());
        assertEquals(1, snapshot().inboxes().get(0).get(BusCounter.INBOX_REFUSED));
        assertEquals(5, snapshot().bus().get(BusCounter.PUBLISHED));
        assertEquals(1_000, snapshot().bus().get(BusCounter.FIRST_SEQUENCE));
    }

    @Test
    void shouldCountWhatTheWriterWasRefused()
    {
        final BusFixture.Hold hold = new BusFixture.Hold();
        final EventBus bus = bus(2).counters(counters).lane(lane("l").handler("hold", hold).build()).build();
        bus.start();
        bus.writer().publish(batch(0, 2));
        hold.awaitHeld();

        assertEquals(Writer.FULL, bus.writer().tryPublish(batch(0, 1)));
        assertEquals(Writer.FULL, bus.writer().tryClaim(2));
        await(() -> snapshot().bus().get(BusCounter.REFUSED) == 2);
        hold.release();
        bus.halt();
        assertThrows(BusHaltedException.class, () -> bus.writer().publish(batch(0, 1)));
        assertEquals(Writer.HALTED, bus.writer().tryPublish(batch(0, 1)));

        assertFalse(bus.close(CLOSE_LIMIT_NS));
        assertEquals(4, snapshot().bus().get(BusCounter.REFUSED));
        assertEquals("HALTED", snapshot().busState());
    }

    @Test
    void shouldCountWhatManyPublishersWereRefused()
    {
        final BusFixture.Hold hold = new BusFixture.Hold();
        final EventBus bus = bus(2).counters(counters).multiProducer(BackPressure.FAIL)
            .lane(lane("l").handler("hold", hold).build()).build();
        final SharedWriter writer = bus.sharedWriter();
        assertEquals(SharedWriter.FULL, writer.offer(batch(0, 1)));
        bus.start();
        assertEquals(SharedWriter.ACCEPTED, writer.offer(batch(0, 2)));
        hold.awaitHeld();

        assertEquals(SharedWriter.FULL, writer.offer(batch(0, 1)));
        assertEquals(SharedWriter.FULL, writer.offer(2, (event, index) -> event.orderId(index)));
        await(() -> snapshot().bus().get(BusCounter.REFUSED) == 3);
        hold.release();
        bus.halt();
        assertEquals(SharedWriter.CLOSED, writer.offer(batch(0, 1)));

        assertFalse(bus.close(CLOSE_LIMIT_NS));
        assertEquals(List.of(4L, 0L, 2L),
            values(snapshot().bus(), BusCounter.REFUSED, BusCounter.WAITS, BusCounter.PUBLISHED));
    }

    @Test
    void shouldCountWhoWaitsForRoomAndIsRefusedNothing() throws InterruptedException
    {
        final BusFixture.Hold hold = new BusFixture.Hold();
        final EventBus bus = bus(2).counters(counters).multiProducer(BackPressure.YIELD)
            .lane(lane("l").handler("hold", hold).build()).build();
        bus.start();
        bus.sharedWriter().offer(batch(0, 2));
        hold.awaitHeld();
        final Thread waiting = new Thread(() -> bus.sharedWriter().offer(batch(0, 1)));
        waiting.start();

        await(() -> snapshot().bus().get(BusCounter.WAITS) == 1);
        assertEquals(0, snapshot().bus().get(BusCounter.REFUSED));
        hold.release();
        waiting.join();

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(List.of(0L, 1L, 3L),
            values(snapshot().bus(), BusCounter.REFUSED, BusCounter.WAITS, BusCounter.PUBLISHED));
    }

    @Test
    void shouldCountWhoWaitsForRoomInAnInbox() throws InterruptedException
    {
        final EventBus bus = bus(4).counters(counters).inbox(InputStage.INBOUND, "in", 4, BackPressure.YIELD)
            .lane(lane("l").handler("h", NOTHING).build()).build();
        bus.start();
        final Thread offering = new Thread(() ->
        {
            for (int i = 0; i < 8; i++)
            {
                bus.inbox("in").offer(batch(0, 1));
            }
        });
        offering.start();

        await(() -> snapshot().inboxes().get(0).get(BusCounter.INBOX_WAITS) == 1);
        assertEquals(5, depth());
        assertEquals(5, bus.inbox("in").drain());
        offering.join();

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(List.of(0L, 0L, 1L), values(snapshot().inboxes().get(0), BusCounter.INBOX_FULL,
            BusCounter.INBOX_REFUSED, BusCounter.INBOX_WAITS));
        assertEquals(8, snapshot().bus().get(BusCounter.PUBLISHED));
    }

    @Test
    void shouldFollowLanesThatComeAndGo()
    {
        final EventBus bus = bus(8).counters(counters).lane(lane("l").handler("h", NOTHING).build()).build();
        bus.start();

        for (int round = 0; round < 20; round++)
        {
            // Far more lanes, one after the other, than there is room for.
            final String name = "late-" + round;
            final Attachment late = bus.attach(lane(name).handler("late", NOTHING).build(), JoinFrom.live());
            bus.writer().publish(batch(0, 3));
            await(() -> laneOf(snapshot(), name).filter((lane) -> lane.get(BusCounter.LANE_LAG) == 0).isPresent());
            late.leave();
            await(() -> laneOf(snapshot(), name).isEmpty());
        }

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(20, snapshot().bus().get(BusCounter.JOINS));
        assertEquals(List.of("l"), names(snapshot().lanes()));
    }

    @Test
    void shouldSayHowManyLanesItHasNoRoomFor()
    {
        final int room = size(Scope.BUS) + size(Scope.LANE) + size(Scope.LANE) - 1;
        final BusCounters few = new BusCounters(new UnsafeBuffer(metadata, 0, BusCounters.metadataBytes(room)),
            new UnsafeBuffer(values, 0, BusCounters.valuesBytes(room)), () -> 1L).interval(1_000_000L);
        final EventBus bus = bus(8).counters(few).lane(lane("l").handler("h", NOTHING).build()).build();
        bus.start();

        final Attachment late = bus.attach(lane("late").handler("late", NOTHING).build(), JoinFrom.live());
        await(() -> snapshot().bus().get(BusCounter.UNCOUNTED) == 1);
        assertEquals(List.of("l"), names(snapshot().lanes()));
        late.leave();
        await(() -> snapshot().bus().get(BusCounter.UNCOUNTED) == 0);

        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldCountStalls()
    {
        final BusFixture.Hold hold = new BusFixture.Hold();
        final EventBus bus = bus(8).counters(counters).stallLimit(1_000_000L, (stall) ->
        {
        }).lane(lane("l").handler("hold", hold).build()).build();
        bus.start();
        bus.writer().publish(batch(0, 1));

        await(() -> laneOf(snapshot(), "l").orElseThrow().get(BusCounter.LANE_STALLS) >= 1);

        // A busy machine may let the lane stand still once more on its way out.
        hold.release();
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertTrue(bus.lane("l").stallCount() >= 1);
    }

    @Test
    void shouldTouchNothingOnceTheBusIsClosed()
    {
        final EventBus bus = bus(8).counters(counters).lane(lane("l").handler("h", NOTHING).build()).build();
        bus.start();
        assertTrue(bus.close(CLOSE_LIMIT_NS));

        values.setMemory(0, values.capacity(), (byte)0);
        assertTrue(bus.close(CLOSE_LIMIT_NS));

        assertEquals(0, new CountersReader(metadata, values).getCounterValue(0));
    }

    @Test
    void shouldEndWithinItsLimitWhereACopyDoesNotEnd()
    {
        final OverflowFixture.Hold hold = new OverflowFixture.Hold();
        counters.frontier("slow", () ->
        {
            // As a store to a file of a device that hangs: on the thread that copies.
            if (Thread.currentThread().getName().equals("ringtape-counters"))
            {
                hold.onEvent(new OrderBookEvent());
            }
            return 5L;
        });
        final EventBus bus = bus(8).counters(counters).lane(lane("l").handler("h", NOTHING).build()).build();
        assertFalse(counters.isCopied());
        bus.start();
        bus.writer().publish(batch(0, 1));
        hold.awaitHeld();

        bus.close(1_000_000L);

        assertEquals(BusState.CLOSED, bus.state());
        assertTrue(counters.isCopied());
        hold.release();
        bus.close(CLOSE_LIMIT_NS);
        assertFalse(counters.isCopied());
        assertEquals("CLOSED", snapshot().busState());
        assertEquals(1, snapshot().bus().get(BusCounter.PUBLISHED));
    }

    @Test
    void shouldKeepTheLooksWhereAReaderExpectsThem()
    {
        final EventBus bus = bus(8).counters(counters).lane(lane("l").handler("h", NOTHING).build()).build();
        final CountersReader reader = new CountersReader(metadata, values);

        assertEquals("looks", BusCounter.LOOKS.field());
        assertEquals(BusCounter.LOOKS.typeId(), reader.getCounterTypeId(0));
        assertEquals("bus.looks bus", reader.getCounterLabel(0));
        assertEquals(2, reader.getCounterValue(0));
        assertEquals("NEW", snapshot().busState());
        assertEquals(BusState.NEW, bus.state());
    }

    @Test
    void shouldRefuseTooLittleRoomAndASecondBus()
    {
        final int room = size(Scope.BUS) + size(Scope.LANE);
        final BusCounters few = new BusCounters(direct(BusCounters.metadataBytes(room)),
            direct(BusCounters.valuesBytes(room)), () -> 1L);
        final EventBusBuilder two = bus(8).lane(lane("a").handler("a", NOTHING).build())
            .lane(lane("b").handler("b", NOTHING).build());

        assertEquals("counters have too little room: needed=" + (room + size(Scope.LANE)) + " available=" + room,
            assertThrows(IllegalArgumentException.class, () -> two.counters(few).build()).getMessage());
        two.counters(counters).build();
        assertEquals("counters are those of another bus",
            assertThrows(IllegalArgumentException.class, two::build).getMessage());
        assertEquals("frontier name is empty or taken: frontier=journaled", assertThrows(
            IllegalArgumentException.class, () -> counters.frontier("journaled", () -> 1L)).getMessage());
        assertEquals("frontier name is empty or taken: frontier=", assertThrows(
            IllegalArgumentException.class, () -> counters.frontier("", () -> 1L)).getMessage());
        assertEquals("counters interval must be at least 1000000 ns: intervalNs=999999", assertThrows(
            IllegalArgumentException.class, () -> counters.interval(999_999L)).getMessage());
    }

    @Test
    void shouldHaveACodeForEachStateAndPolicy()
    {
        for (final BusState state : BusState.values())
        {
            assertEquals(state.name(), CounterCodes.busState(CounterCodes.code(state)));
        }
        for (final LaneState state : LaneState.values())
        {
            assertEquals(state.name(), CounterCodes.laneState(CounterCodes.code(state)));
        }
        for (final OverflowPolicy policy : OverflowPolicy.values())
        {
            assertEquals(policy.name(), CounterCodes.policy(CounterCodes.code(policy)));
        }
        for (final FaultPolicy policy : FaultPolicy.values())
        {
            assertEquals(policy.name(), CounterCodes.faultPolicy(CounterCodes.code(policy)));
        }
        assertEquals("UNKNOWN", CounterCodes.busState(-1));
        assertEquals("UNKNOWN", CounterCodes.laneState(Long.MAX_VALUE));
        assertEquals("UNKNOWN", CounterCodes.policy(99));
        assertEquals("UNKNOWN", CounterCodes.faultPolicy(3));
        // Who wrote the file may be older than the counter.
        assertEquals("UNKNOWN", CounterSnapshot.faultPolicy(new Group("older", Scope.LANE, Map.of())));
    }

    @Test
    void shouldHaveATypeOfItsOwnForEachCounter()
    {
        final Set<Integer> types =
            EnumSet.allOf(BusCounter.class).stream().map(BusCounter::typeId).collect(Collectors.toSet());

        assertEquals(BusCounter.values().length, types.size());
        assertEquals(List.of(12, 12, 5, 1, 12), EnumSet.allOf(Scope.class).stream().map(CounterGroup::size).toList());
    }

    @Test
    void shouldRefuseWhatIsNotTheCountersOfABus()
    {
        bus(8).counters(counters).lane(lane("l").handler("h", NOTHING).build()).build();
        final UnsafeBuffer zeros = new UnsafeBuffer(new byte[metadata.capacity()]);

        assertEquals("counters are not those of one bus: buses=0",
            assertThrows(IllegalArgumentException.class, () -> CounterSnapshot.read(zeros, values)).getMessage());
        final int label = CountersReader.metaDataOffset(0) + CountersReader.LABEL_OFFSET;
        for (final int length : new int[]{-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 381, 3})
        {
            metadata.putInt(label, length);
            assertEquals("label does not fit the type of the counter: id=0 typeId=1",
                assertThrows(IllegalArgumentException.class, this::snapshot).getMessage());
        }
        metadata.putInt(label, "bus.looks bus".length());
        values.putLong(CountersReader.counterOffset(0) + CountersReader.OWNER_ID_OFFSET, 55L);
        assertEquals("counters are not those of one bus: buses=2",
            assertThrows(IllegalArgumentException.class, this::snapshot).getMessage());
        values.putLong(CountersReader.counterOffset(0) + CountersReader.OWNER_ID_OFFSET, 2L);
        assertEquals("counters of one owner must have one name: owner=2",
            assertThrows(IllegalArgumentException.class, this::snapshot).getMessage());
    }

    private static void fail(final OrderBookEvent event)
    {
        throw new IllegalStateException("broken at " + event.sequence());
    }

    private static void assertSame(final LaneStatus lane, final Group seen)
    {
        assertEquals(lane.state().name(), CounterSnapshot.laneState(seen));
        assertEquals(
            List.of(lane.sequence(), lane.lag(), lane.skippedCount(), lane.shedCount(), lane.conflatedCount(),
                lane.evictionCount(), lane.faultCount(), lane.stallCount()),
            values(seen, BusCounter.LANE_SEQUENCE, BusCounter.LANE_LAG, BusCounter.LANE_SKIPPED,
                BusCounter.LANE_SHED, BusCounter.LANE_CONFLATED, BusCounter.LANE_EVICTIONS, BusCounter.LANE_FAULTS,
                BusCounter.LANE_STALLS), lane.name());
    }

    private static List<Long> values(final Group group, final BusCounter... wanted)
    {
        return IntStream.range(0, wanted.length).mapToObj((i) -> group.get(wanted[i])).toList();
    }

    private static List<String> names(final List<Group> groups)
    {
        return groups.stream().map(Group::name).toList();
    }

    private static Optional<Group> laneOf(final CounterSnapshot seen, final String name)
    {
        return seen.lanes().stream().filter((lane) -> lane.name().equals(name)).findFirst();
    }

    private static int size(final Scope scope)
    {
        return CounterGroup.size(scope);
    }

    private long depth()
    {
        return snapshot().inboxes().get(0).get(BusCounter.INBOX_DEPTH);
    }

    /** Of a whole copy: the thread of the bus may be in the middle of the next one. */
    private CounterSnapshot snapshot()
    {
        while (true)
        {
            final long before = values.getLongVolatile(0);
            final UnsafeBuffer metadataCopy = copy(metadata);
            final UnsafeBuffer valuesCopy = copy(values);
            if ((before & 1) == 0 && values.getLongVolatile(0) == before)
            {
                return CounterSnapshot.read(metadataCopy, valuesCopy);
            }
            Thread.onSpinWait();
        }
    }

    private static UnsafeBuffer direct(final int bytes)
    {
        return new UnsafeBuffer(ByteBuffer.allocateDirect(bytes));
    }

    private static UnsafeBuffer copy(final UnsafeBuffer of)
    {
        final byte[] bytes = new byte[of.capacity()];
        of.getBytes(0, bytes);
        return new UnsafeBuffer(bytes);
    }
}
