package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static io.ringtape.bus.TimerFixture.at;
import static io.ringtape.bus.TimerFixture.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventHandler;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.TimerQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class WriterTimersTest
{
    private static final EventFiller AT_SEVEN = (event, index) -> event.type(EventType.TRADE).receiveTimeNs(7);

    private final TimerFixture.Notes notes = new TimerFixture.Notes();
    private EventBus bus = timed(8).build();
    private long nowNs;
    private int feedWork;

    @AfterEach
    void close()
    {
        bus.close(CLOSE_LIMIT_NS);
    }

    @Test
    void shouldPublishDueTimersInOrderBeforeTheEvent()
    {
        start();
        final Writer writer = bus.writer();
        writer.publish(request(2, 1, 50));
        writer.publish(request(1, 2, 50));
        writer.publish(request(1, 1, 50));
        writer.publish(request(9, 9, 40));
        writer.publish(request(1, 3, 51));

        writer.publish(at(39));
        writer.publish(at(50));
        writer.publish(at(60));

        assertEquals("39 t9.9@40 t1.1@50 t1.2@50 t2.1@50 50 t1.3@51 60", notes.toString());
    }

    @Test
    void shouldPutTimersBeforeTheWholeBatchThatPassesThem()
    {
        start();
        bus.writer().publish(request(1, 1, 50));

        bus.writer().publish(at(48, 49, 50, 51));

        assertEquals("t1.1@50 48 49 50 51", notes.toString());
    }

    @Test
    void shouldNeverLetTimeGoBack()
    {
        start();
        final Writer writer = bus.writer();
        writer.publish(at(100));
        writer.publish(request(1, 1, 110));
        writer.publish(at(90));
        writer.publish(at(105));

        writer.publish(at(130, 120));
        writer.publish(request(1, 2, 125));
        writer.publish(at(110));

        assertEquals("100 90 105 t1.1@110 130 120 t1.2@130 110", notes.toString());
    }

    @Test
    void shouldNotTakeABadTimeNorThatOfAnOwnEventForTheTime()
    {
        start();
        final Writer writer = bus.writer();
        writer.publish(at(10));
        writer.publish(request(1, 1, 50));

        writer.publish(flagged(EventFlags.BAD_TIME, 90));
        bus.inbox("in").offer(flagged(EventFlags.OWN, 90));
        bus.inbox("in").drain();
        writer.publish(at(49));
        writer.publish(request(1, 2, 60));
        writer.publish(at(50));

        assertEquals("10 90 90 49 t1.1@50 50", notes.toString());
    }

    @Test
    void shouldNotHandOnABadTimeInAHeartbeat()
    {
        bus = timed(8).heartbeat(() -> nowNs, 10).build();
        start();
        final Writer writer = bus.writer();
        writer.publish(at(500));
        writer.publish(flagged(EventFlags.BAD_TIME, 90_000));
        writer.poll();
        writer.poll();
        nowNs = 10;

        assertEquals(1, writer.poll());

        assertEquals("500 90000 h500", notes.toString());
    }

    @Test
    void shouldPublishATimerWhoseDeadlineHasPassedWithThePollOrTheNextEvent()
    {
        start();
        final Writer writer = bus.writer();
        writer.publish(at(100));
        writer.publish(request(1, 1, 10));

        assertEquals(1, writer.poll());
        assertEquals(0, writer.poll());
        writer.publish(request(1, 2, -10));
        writer.publish(at(0));

        assertEquals("100 t1.1@100 t1.2@100 0", notes.toString());
    }

    @Test
    void shouldPutTimersBeforeAMessageOfAnInbox()
    {
        start();
        bus.writer().publish(at(1));
        bus.inbox("in").offer(request(1, 1, 50));
        bus.inbox("in").offer(at(49));
        bus.inbox("in").offer(at(50));

        assertEquals(3, bus.inbox("in").drain());

        assertEquals("1 49 t1.1@50 50", notes.toString());
    }

    @Test
    void shouldKeepTimersThatWereCancelledOrSetAnewFromComing()
    {
        start();
        final Writer writer = bus.writer();
        writer.publish(request(1, 1, 50));
        writer.publish(request(1, 2, 50));
        writer.publish(request(1, 1, OrderBookEvent.NULL_PRICE));
        writer.publish(request(1, 2, 60));

        writer.publish(at(59));
        writer.publish(at(60));

        assertEquals("59 t1.2@60 60", notes.toString());
    }

    @Test
    void shouldRefuseAClaimInPlaceThatPassesATimerUnlessItWasPublishedBefore()
    {
        start();
        final Writer writer = bus.writer();
        writer.publish(request(1, 1, 7));
        final long sequence = writer.claim(1);
        writer.slot(sequence).reset().type(EventType.TRADE).receiveTimeNs(7);

        assertEquals("a timer is due before the claim, publish timers first: first=1 receiveTimeNs=7",
            assertThrows(IllegalStateException.class, writer::publish).getMessage());
        writer.abandon();
        assertThrows(IllegalStateException.class, () -> writer.publish(1, AT_SEVEN));
        assertEquals(2, bus.voidCount());
        assertEquals(1, writer.publishTimers(7));
        writer.publish(1, AT_SEVEN);
        final long next = writer.claim(1);
        writer.slot(next).reset().type(EventType.TRADE).receiveTimeNs(8);
        writer.publish();

        assertEquals("t1.1@7 7 8", notes.toString());
        assertEquals(0, writer.publishTimers(Long.MAX_VALUE));
    }

    @Test
    void shouldTakeRequestsAndTimesOfClaimsInPlace()
    {
        start();
        final Writer writer = bus.writer();
        writer.publish(1, (event, index) -> event.type(EventType.TIMER_REQUEST).flags(0x40).orderId(1).price(5));
        writer.publish(1, (event, index) -> event.type(EventType.TRADE).receiveTimeNs(4));

        assertEquals(0, writer.poll());
        writer.publish(at(6));

        assertEquals("4 t0.1@5 6", notes.toString());
    }

    @Test
    void shouldAnswerFullIfThereIsNoRoomForTheTimer()
    {
        final BusFixture.Hold hold = new BusFixture.Hold();
        bus = bus(2).timers(4).lane(lane("l").handler("hold", hold).handler("notes", notes).build()).build();
        start();
        bus.writer().publish(request(1, 1, 5));
        bus.writer().publish(at(1));

        assertEquals(Writer.FULL, bus.writer().tryPublish(at(6)));
        hold.release();
        bus.writer().publish(at(6));
        bus.writer().awaitLane("l");

        assertEquals("1 t1.1@5 6", notes.toString());
    }

    @Test
    void shouldHaltIfThereIsNoRoomForARequest()
    {
        bus = timed(1).build();
        start();
        bus.writer().publish(request(1, 1, 5));

        assertThrows(BusHaltedException.class, () -> bus.writer().publish(request(1, 2, 5)));

        assertEquals("lane=writer handler=timers phase=INPUT sequence=1 applied=HALT cause=" +
            "java.lang.IllegalStateException: no room for a timer: timers=1 owner=1 timerId=2",
            bus.fault().orElseThrow().describe());
        assertFalse(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldGoInStepThroughWhatATimerBringsAbout()
    {
        final EventHandler chain = (event) ->
        {
            if (event.type() == EventType.TIMER && event.orderId() < 3)
            {
                bus.inbox("in").offer(request(1, event.orderId() + 1, event.receiveTimeNs() + 2));
            }
        };
        bus = timed(8, chain).build();
        start();
        bus.writer().publishInStep(request(1, 1, 10));
        bus.writer().publishInStep(request(1, 9, 13));

        bus.writer().publishInStep(at(20));
        bus.writer().publishInStep(request(1, 8, 2));

        assertEquals("t1.1@10 t1.2@12 t1.9@13 t1.3@14 20 t1.8@20", notes.toString());
    }

    @Test
    void shouldSendAHeartbeatWhenTheMarketIsQuiet()
    {
        bus = timed(8).heartbeat(() -> nowNs, 10).input("feed", (writer) -> feedWork).build();
        start();
        final Writer writer = bus.writer();
        writer.publish(at(1_000));
        writer.publish(request(1, 1, 1_015));
        nowNs = 1_001;
        writer.poll();
        assertEquals(0, writer.poll());
        nowNs = 1_010;
        assertEquals(0, writer.poll());
        nowNs = 1_011;
        assertEquals(1, writer.poll());
        nowNs = 1_020;
        assertEquals(0, writer.poll());
        nowNs = 1_021;

        assertEquals(2, writer.poll());

        assertEquals("1000 h1011 t1.1@1015 h1021", notes.toString());
    }

    @Test
    void shouldSendNoHeartbeatWhileInputComesNorForATimeThatIsPast()
    {
        bus = timed(8).heartbeat(() -> nowNs, 10).build();
        start();
        final Writer writer = bus.writer();
        for (int i = 0; i < 10; i++)
        {
            nowNs += 9;
            writer.publish(at(500));
            writer.poll();
            writer.poll();
        }
        nowNs = 20;
        assertEquals(0, writer.poll());
        nowNs = 29;
        assertEquals(0, writer.poll());
        nowNs = 30;

        assertEquals(1, writer.poll());

        assertEquals("500 500 500 500 500 500 500 500 500 500 h500", notes.toString());
    }

    @Test
    void shouldHaveNoTimersUnlessAskedFor()
    {
        bus = bus(64).lane(lane("l").inline().handler("notes", notes).build()).build();
        start();
        bus.writer().publish(request(1, 1, 5));

        bus.writer().publishInStep(at(6));
        assertEquals(0, bus.writer().publishTimers(7));
        assertEquals(0, bus.writer().poll());

        assertEquals("6", notes.toString());
    }

    @Test
    void shouldHaveHeartbeatsWithoutTimers()
    {
        bus = bus(64).heartbeat(() -> nowNs, 10).lane(lane("l").inline().handler("notes", notes).build()).build();
        start();
        final Writer writer = bus.writer();
        writer.publish(request(1, 1, 5));
        writer.publish(at(6));
        writer.poll();
        nowNs = 100;
        assertEquals(0, writer.poll());
        nowNs = 110;

        assertEquals(1, writer.poll());

        assertEquals("6 h110", notes.toString());
    }

    @Test
    void shouldRefuseWrongChoices()
    {
        assertEquals("timers must be 0 to 4096: timers=4097", assertThrows(IllegalArgumentException.class,
            () -> EventBus.builder().timers(TimerQueue.MAX_CAPACITY + 1)).getMessage());
        assertEquals("heartbeatNs must be 0 or more: heartbeatNs=-1", assertThrows(IllegalArgumentException.class,
            () -> EventBus.builder().heartbeat(() -> 0, -1)).getMessage());
    }

    private static EventBatch flagged(final int flags, final long timeNs)
    {
        final EventBatch batch = at(timeNs);
        batch.event(0).flags(flags | EventFlags.LAST);
        return batch;
    }

    private void start()
    {
        bus.start();
        assertTrue(bus.state() == BusState.RUNNING);
    }

    private EventBusBuilder timed(final int timers)
    {
        return timed(timers, (event) ->
        {
        });
    }

    private EventBusBuilder timed(final int timers, final EventHandler handler)
    {
        return bus(64).timers(timers).inbox("in", 64).lane(lane("l").orderLane().inline().batchLimit(64)
            .handler("notes", notes).handler("handler", handler).build());
    }
}
