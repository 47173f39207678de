package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.await;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static io.ringtape.bus.OverflowFixture.publish;
import static io.ringtape.bus.OverflowFixture.publishBehind;
import static io.ringtape.bus.SpillFixture.none;
import static io.ringtape.bus.SpillFixture.spilling;
import static io.ringtape.bus.SpillFixture.started;
import static io.ringtape.bus.SpillFixture.tape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bus.OverflowFixture.Account;
import io.ringtape.bus.OverflowFixture.Hold;
import io.ringtape.bus.OverflowFixture.RangeAccount;
import io.ringtape.event.EventType;
import io.ringtape.event.Interest;
import io.ringtape.event.RangeHandler;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A lane that falls behind the ring goes on from the history and comes back. */
@Timeout(20)
final class SpillLaneTest
{
    private final ArrayHistory history = new ArrayHistory(0, 4_096);
    private final Hold hold = new Hold();
    private final Account account = new Account(hold);

    @Test
    void shouldReadTheRingAloneWhileItKeepsUp()
    {
        hold.release();
        final EventBus bus = started(history, spilling("slow", account));

        for (int i = 0; i < 100; i++)
        {
            publish(bus, 3);
            bus.writer().awaitLane("slow");
        }

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertWhole(300);
        assertEquals(0, bus.lane("slow").spillCount());
        assertEquals(0, bus.lane("slow").evictionCount());
    }

    @Test
    void shouldGoOnWithoutALaneThatHangsInACallbackAndMissNothing()
    {
        final EventBus bus = started(history, spilling("slow", account));
        publish(bus, 1);
        hold.awaitHeld();

        for (int i = 0; i < 40; i++)
        {
            publish(bus, 1);
        }
        assertEquals(1, bus.lane("slow").evictionCount());
        assertEquals(41, bus.lane("slow").lag());
        hold.release();
        bus.writer().awaitLane("slow");
        await(() -> !bus.lane("slow").isOnTape());
        publish(bus, 2);

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertWhole(43);
        assertEquals(1, bus.lane("slow").spillCount());
        assertEquals(1, bus.lane("slow").evictionCount());
        assertEquals(0, history.openCount());
    }

    @Test
    void shouldSpillAgainAndAgain()
    {
        final Hold[] holds = new Hold[10];
        for (int i = 0; i < holds.length; i++)
        {
            holds[i] = new Hold();
        }
        final Account all = new Account((event) ->
        {
            if (event.sequence() % 100 == 0)
            {
                holds[(int)(event.sequence() / 100)].onEvent(event);
            }
        });
        final EventBus bus = started(history, spilling("slow", all));

        for (int i = 0; i < holds.length; i++)
        {
            publish(bus, 1);
            holds[i].awaitHeld();
            for (int k = 0; k < 99; k++)
            {
                publish(bus, 1);
            }
            holds[i].release();
            bus.writer().awaitLane("slow");
            await(() -> !bus.lane("slow").isOnTape());
            assertEquals(i + 1, bus.lane("slow").spillCount());
        }

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals("", all.wrong());
        assertEquals(1_000, all.delivered());
        assertEquals(0, history.openCount());
    }

    @Test
    void shouldHoldNobodyWhileItIsOnTheHistory()
    {
        final Hold onTape = new Hold();
        final Account all = new Account((event) ->
        {
            if (event.sequence() == 0)
            {
                hold.onEvent(event);
            }
            if (event.sequence() == 9)
            {
                onTape.onEvent(event);
            }
        });
        final EventBus bus = started(history, tape(history).inline(), spilling("slow", all));
        publishBehind(bus, hold, 8, 8);
        hold.release();
        onTape.awaitHeld();

        assertTrue(bus.lane("slow").isOnTape());
        for (int i = 0; i < 100; i++)
        {
            assertEquals(Writer.ACCEPTED, bus.writer().tryPublish(OverflowFixture.batch(bus.cursor() + 1, 1)));
        }
        assertEquals(1, bus.lane("slow").spillCount());
        onTape.release();

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals("", all.wrong());
        assertEquals(117, all.delivered());
        assertFalse(bus.lane("slow").isOnTape());
    }

    @Test
    void shouldServeRangesInterestsAndBatchEndsFromTheHistoryToo()
    {
        final RangeAccount ranges = new RangeAccount();
        final BusFixture.Recorder odd = new BusFixture.Recorder();
        final Interest interest = Interest.all().withTypes(EventType.ORDER_ADD);
        final EventBus bus = started(history, spilling("slow", (event) -> hold.onEvent(event))
            .handler("adds", odd, interest).rangeHandler("ranges", ranges).privateBuffer(2));
        publishMixed(bus, 1);
        hold.awaitHeld();
        publishMixed(bus, 40);
        hold.release();
        bus.writer().awaitLane("slow");
        publishMixed(bus, 3);

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(1, bus.lane("slow").spillCount());
        assertEquals(44, ranges.delivered());
        assertEquals(0, ranges.shed());
        assertEquals(LongStream.range(0, 44).filter((at) -> at % 2 == 1).boxed().toList(),
            LongStream.of(odd.sequences()).boxed().toList());
        assertTrue(odd.batchEnds().endsWith("43"), odd.batchEnds());
    }

    @Test
    void shouldSeeAnEventOnlyAfterTheLaneBeforeAlsoOnTheHistory()
    {
        final Hold first = new Hold();
        final long[] reached = {-1};
        final StringBuilder early = new StringBuilder();
        final Account behind = new Account((event) ->
        {
            hold.onEvent(event);
            if (event.sequence() > reached[0])
            {
                early.append(event.sequence()).append(' ');
            }
        });
        final EventBus bus = started(history,
            spilling("slow", behind).after("first"), lane("first").batchLimit(1).handler("before", (event) ->
            {
                if (event.sequence() == 9)
                {
                    first.onEvent(event);
                }
                reached[0] = event.sequence();
            }));
        publishBehind(bus, hold, 8, 4);
        first.awaitHeld();
        assertEquals(1, bus.lane("slow").evictionCount());
        hold.release();
        await(() -> bus.lane("slow").sequence() == 8);
        assertTrue(bus.lane("slow").isOnTape());
        first.release();
        publish(bus, 8);

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals("", early.toString());
        assertEquals("", behind.wrong());
        assertEquals(21, behind.delivered());
    }

    @Test
    void shouldDrainAtACloseThoughItIsOnTheHistory()
    {
        final EventBus bus = started(history, spilling("slow", account));
        publish(bus, 1);
        hold.awaitHeld();
        for (int i = 0; i < 50; i++)
        {
            publish(bus, 8);
        }

        hold.release();

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertWhole(401);
        assertEquals(LaneState.STOPPED, bus.lane("slow").state());
        assertEquals(400, bus.lane("slow").sequence());
        assertEquals(0, history.openCount());
    }

    @Test
    void shouldEndAtTheLimitOfACloseAndSayHowFarItGot()
    {
        final Hold onTape = new Hold();
        final Account stuck = new Account((event) -> (event.sequence() < 9 ? hold : onTape).onEvent(event));
        final EventBus bus = started(history, spilling("slow", stuck).batchLimit(1));
        publishBehind(bus, hold, 8, 8);
        hold.release();
        onTape.awaitHeld();

        assertFalse(bus.close(1_000_000));
        onTape.release();

        await(() -> bus.lane("slow").state() == LaneState.STOPPED);
        await(() -> history.openCount() == 0);
        assertEquals("", stuck.wrong());
        assertEquals(9, stuck.stoppedAt());
        assertTrue(bus.lane("slow").fault().isEmpty());
    }

    @Test
    void shouldFinishFromTheHistoryOnAHaltOfAnother()
    {
        final EventBus bus = started(history, tape(history).finishOnHalt(), spilling("slow", account).finishOnHalt());
        publishBehind(bus, hold, 8, 8);

        bus.halt();
        hold.release();

        await(() -> bus.lane("slow").state() == LaneState.STOPPED);
        assertWhole(17);
        assertEquals(0, history.openCount());
        assertFalse(bus.close(CLOSE_LIMIT_NS));
        assertTrue(bus.lane("slow").fault().isEmpty());
    }

    @Test
    void shouldStopBehindItsBatchOnAHalt()
    {
        final EventBus bus = started(history, spilling("slow", account).batchLimit(1));
        publishBehind(bus, hold, 8, 8);

        bus.halt();
        hold.release();

        await(() -> bus.lane("slow").state() == LaneState.STOPPED);
        assertEquals("", account.wrong());
        assertEquals(0, account.stoppedAt());
        assertFalse(bus.close(CLOSE_LIMIT_NS));
    }

    @Test
    void shouldWaitForARecorderThatLags()
    {
        final AtomicBoolean lags = new AtomicBoolean();
        final RangeHandler recorder = (buffer, offset, first, count) ->
        {
            await(() -> !lags.get());
            history.onRange(buffer, offset, first, count);
        };
        final EventBus bus = started(history, tape(recorder).batchLimit(1), spilling("slow", account));
        publishBehind(bus, hold, 8, 8);
        bus.writer().awaitLane("tape");
        lags.set(true);
        publish(bus, 8);
        hold.release();

        await(() -> bus.lane("slow").sequence() == 16);
        assertTrue(bus.lane("slow").isOnTape());
        assertEquals(Writer.FULL, bus.writer().tryPublish(OverflowFixture.batch(25, 1)));
        lags.set(false);
        bus.writer().awaitLane("slow");
        await(() -> !bus.lane("slow").isOnTape());
        publish(bus, 1);

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertWhole(26);
        assertEquals(1, bus.lane("slow").spillCount());
    }

    @Test
    void shouldBeNamedByTheWatchdogWhereItHangsOnTheHistory()
    {
        final Hold onTape = new Hold();
        final BusFixture.Recorder none = new BusFixture.Recorder();
        final List<String> told = new CopyOnWriteArrayList<>();
        final EventBus bus = bus(8).history(history, "tape").stallLimit(20_000_000L, new StallListener()
            {
                @Override
                public void onStall(final Stall stall)
                {
                    told.add(stall.lane() + " " + stall.handler() + " " + stall.sequence());
                }
            })
            .lane(tape(history).build())
            .lane(spilling("slow", (event) ->
            {
                if (event.sequence() == 0)
                {
                    hold.onEvent(event);
                }
                if (event.sequence() == 12)
                {
                    onTape.onEvent(event);
                }
            }).handler("none", none).build()).build();
        bus.start();
        publishBehind(bus, hold, 8, 8);
        hold.release();
        onTape.awaitHeld();

        await(() -> told.contains("slow slow 12"));
        onTape.release();

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals(17, none.count());
    }

    @Test
    void shouldSayOfALateLaneTooThatItIsOnTheHistory()
    {
        final EventBus bus = started(history, lane("gate").handler("none", none()));
        publish(bus, 8);
        final Hold late = new Hold();
        final Attachment attached = bus.attach(lane("late").handler("late", late).build(), JoinFrom.start());
        late.awaitHeld();

        assertTrue(attached.status().isOnTape());
        late.release();
        await(attached::isLive);

        await(() -> !attached.status().isOnTape());
        assertEquals(0, attached.status().spillCount());
        assertTrue(bus.close(CLOSE_LIMIT_NS));
    }

    private void assertWhole(final long events)
    {
        assertEquals("", account.wrong());
        assertEquals(events, account.delivered());
        assertEquals(events - 1, account.stoppedAt());
    }

    /** Every second event is an order, the others are whole trades. */
    private static void publishMixed(final EventBus bus, final int count)
    {
        for (int i = 0; i < count; i++)
        {
            bus.writer().publish(1, (event, index) ->
            {
                final long at = bus.cursor() + 1;
                OverflowFixture.fill(event, at).type(at % 2 == 1 ? EventType.ORDER_ADD : EventType.TRADE);
            });
        }
    }
}
