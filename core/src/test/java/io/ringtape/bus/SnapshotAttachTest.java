package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.await;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static io.ringtape.bus.JoinFixture.publish;
import static io.ringtape.bus.JoinFixture.started;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bus.JoinFixture.Tale;
import io.ringtape.bus.JoinRefusedException.Reason;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventType;
import io.ringtape.event.Interest;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Handlers that join from a snapshot: where they start, and when they are refused. */
@Timeout(20)
final class SnapshotAttachTest
{
    private static final EventHandler NOTHING = (event) ->
    {
    };

    private final ArrayHistory history = new ArrayHistory(0, 1 << 12);
    private final Tale tale = new Tale();
    private final Sum sum = new Sum("sum");

    @Test
    void shouldStartBehindTheSnapshotAndSayWhere()
    {
        final EventBus bus = started(history);
        publish(bus, 100);
        history.snapshot(expected(0, 60).stored(60));

        final Attachment late = bus.attach(
            lane("late").handler("sum", sum).handler("tale", tale).build(), JoinFrom.snapshot());
        await(late::isLive);
        publish(bus, 100);

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(60, late.firstSequence());
        tale.requireAll(60, 199);
        assertEquals("start 60, catch up 60, live 100, left 199 CLOSED, stop 199", tale.text());
        assertEquals(expected(0, 200).toString(), sum.toString());
    }

    @Test
    void shouldStartWithTheFirstEventWhereNoSnapshotHasTheStates()
    {
        final EventBus bus = started(history);
        publish(bus, 100);
        history.snapshot(expected(0, 60).stored(60));

        final Attachment late = bus.attach(lane("late").handler("sum", sum).handler("other", new Sum("other"))
            .handler("tale", tale).build(), JoinFrom.snapshot());

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(0, late.firstSequence());
        tale.requireAll(0, 99);
        assertEquals(expected(0, 100).toString(), sum.toString());
    }

    @Test
    void shouldStartWithASnapshotThatHasAllThereIs()
    {
        final EventBus bus = started(history);
        publish(bus, 100);
        history.snapshot(expected(0, 100).stored(100));

        final Attachment late = bus.attach(lane("late").handler("sum", sum).build(), JoinFrom.snapshot());
        await(late::isLive);
        publish(bus, 1);

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(100, late.firstSequence());
        assertEquals(expected(0, 101).toString(), sum.toString());
    }

    @Test
    void shouldRefuseASnapshotOfWhatIsStillToCome()
    {
        final EventBus bus = started(history);
        publish(bus, 10);
        history.snapshot(expected(0, 12).stored(12));

        final JoinRefusedException refused = assertThrows(JoinRefusedException.class,
            () -> bus.attach(lane("late").handler("sum", sum).build(), JoinFrom.snapshot()));

        assertEquals(Reason.NOT_ON_TAPE, refused.reason());
        assertEquals("sequence is above the next one: lane=late sequence=12 cursor=9", refused.getMessage());
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldEndTheLaneThatDoesNotTakeItsStateOver()
    {
        final EventBus bus = started(history);
        publish(bus, 10);
        history.snapshot(new Sum.Stored("sum", 5, ByteBuffer.allocate(16).putLong(3).putLong(-1).flip()));

        final Attachment late = bus.attach(lane("late").onFault(FaultPolicy.DETACH).handler("sum", sum)
            .handler("tale", tale).build(), JoinFrom.snapshot());
        await(late::hasEnded);

        assertEquals(Optional.of(LeaveReason.FAULT), late.reason());
        final Fault fault = late.status().fault().orElseThrow();
        assertEquals(FaultPhase.JOIN, fault.phase());
        assertEquals("sum", fault.handler());
        assertEquals("count makes no sense: count=-1", fault.cause().getMessage());
        assertEquals("start 5, left 4 FAULT, stop 4", tale.text());
        publish(bus, 100);
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldRefuseHandlersThatWouldNotBeWhatTheyWereFromTheStart()
    {
        final EventBus bus = bus(8).history(history, "tape")
            .lane(lane("tape").inline().rangeHandler("recorder", history).build())
            .lane(lane("work").handler("work", NOTHING).build()).build();
        bus.start();

        requireRefused("no handler takes over a state: lane=late",
            () -> bus.attach(lane("late").handler("nothing", NOTHING).build(), JoinFrom.snapshot()));
        requireRefused("a handler that takes over a state gets every event: lane=work+sum handler=sum",
            () -> bus.attach("work", "sum", sum, Interest.all().withTypes(EventType.TRADE), JoinFrom.snapshot()));
        requireRefused("a lane that skips takes over no state: lane=late",
            () -> bus.attach(lane("late").onFault(FaultPolicy.SKIP).statelessHandler("sum", sum).build(),
                JoinFrom.snapshot()));
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldNeedAHistory()
    {
        final EventBus bus = bus(8).lane(lane("work").handler("work", NOTHING).build()).build();
        bus.start();

        final JoinRefusedException refused = assertThrows(JoinRefusedException.class,
            () -> bus.attach(lane("late").handler("sum", sum).build(), JoinFrom.snapshot()));

        assertEquals("bus has no history: lane=late", refused.getMessage());
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    private static void requireRefused(final String message, final Runnable attach)
    {
        assertEquals(message, assertThrows(IllegalArgumentException.class, attach::run).getMessage());
    }

    private static Sum expected(final long first, final long end)
    {
        final Sum sum = new Sum("sum");
        for (long sequence = first; sequence < end; sequence++)
        {
            sum.add(sequence, sequence);
        }
        return sum;
    }
}
