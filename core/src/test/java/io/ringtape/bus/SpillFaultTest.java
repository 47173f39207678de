package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.CLOSE_LIMIT_NS;
import static io.ringtape.bus.BusFixture.await;
import static io.ringtape.bus.BusFixture.bus;
import static io.ringtape.bus.BusFixture.lane;
import static io.ringtape.bus.OverflowFixture.publish;
import static io.ringtape.bus.OverflowFixture.publishBehind;
import static io.ringtape.bus.SpillFixture.spilling;
import static io.ringtape.bus.SpillFixture.started;
import static io.ringtape.bus.SpillFixture.tape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bus.OverflowFixture.Account;
import io.ringtape.bus.OverflowFixture.Hold;
import io.ringtape.bus.SpillException.Reason;
import io.ringtape.event.RangeHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A lane that cannot go on from the history ends ahead of the gap, by a fault that says why. */
@Timeout(20)
final class SpillFaultTest
{
    private final ArrayHistory history = new ArrayHistory(0, 4_096);
    private final Hold hold = new Hold();
    private final Account account = new Account(hold);

    @Test
    void shouldEndByAFaultAheadOfTheGapWhereTheRecorderDied()
    {
        final RangeHandler recorder = (buffer, offset, first, count) ->
        {
            if (first + count > 12)
            {
                throw new IllegalStateException("disk is full");
            }
            history.onRange(buffer, offset, first, count);
        };
        final EventBus bus = started(history,
            tape(recorder).batchLimit(1).onFault(FaultPolicy.DETACH),
            spilling("slow", account).onFault(FaultPolicy.DETACH));
        publish(bus, 1);
        hold.awaitHeld();
        for (int i = 0; i < 29; i++)
        {
            publish(bus, 1);
        }
        await(() -> bus.lane("tape").state() == LaneState.DETACHED);

        hold.release();

        await(() -> bus.lane("slow").state() == LaneState.DETACHED);
        publish(bus, 8);
        publish(bus, 8);
        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals("", account.wrong());
        assertEquals(12, account.delivered());
        assertEquals(11, account.stoppedAt());
        assertFault(bus, FaultPolicy.DETACH, 12, Reason.RECORDER_ENDED);
        assertFalse(bus.lane("slow").isOnTape());
        assertEquals(0, history.openCount());
    }

    @Test
    void shouldEndByTheFaultOfTheRecorderWhereThatHaltedTheBus()
    {
        final RangeHandler recorder = (buffer, offset, first, count) ->
        {
            if (first + count > 12)
            {
                throw new IllegalStateException("disk is full");
            }
            history.onRange(buffer, offset, first, count);
        };
        final EventBus bus = started(history, tape(recorder).batchLimit(1), spilling("slow", account).finishOnHalt());
        publishBehind(bus, hold, 8, 4);
        await(() -> bus.state() == BusState.HALTED);

        hold.release();

        await(() -> bus.lane("slow").state() == LaneState.STOPPED);
        assertEquals("", account.wrong());
        assertEquals(11, account.stoppedAt());
        assertTrue(bus.lane("slow").fault().isEmpty());
        assertEquals("tape", bus.fault().orElseThrow().lane());
        assertFalse(bus.close(CLOSE_LIMIT_NS));
        assertEquals(0, history.openCount());
    }

    @Test
    void shouldHaltWhereTheRangeWasRemoved()
    {
        final History removed = new SpillFixture.FailingHistory(history, 1, new JoinRefusedException(
            JoinRefusedException.Reason.NOT_ON_TAPE, "sequence was removed", 5, null));

        final EventBus bus = endsAt(removed, FaultPolicy.HALT);

        assertFault(bus, FaultPolicy.HALT, 1, Reason.NOT_ON_TAPE);
        assertEquals(0, account.stoppedAt());
        assertEquals(0, bus.lane("slow").spillCount());
    }

    @Test
    void shouldHaltWhereTheHistoryCannotBeReadAndNeverSkip()
    {
        final RuntimeException failure = new IllegalStateException("block is damaged");

        final EventBus bus =
            endsAt(new SpillFixture.FailingHistory(history, 5, failure), FaultPolicy.SKIP);

        assertFault(bus, FaultPolicy.HALT, 5, Reason.UNREADABLE);
        assertEquals(failure, bus.fault().orElseThrow().cause().getCause());
        assertEquals(4, account.stoppedAt());
        assertEquals(0, bus.lane("slow").skippedCount());
        assertEquals(1, bus.lane("slow").spillCount());
    }

    @Test
    void shouldHaltWhereTheRecorderPassedWhatTheHistoryDoesNotHave()
    {
        final RangeHandler forgets = (buffer, offset, first, count) ->
        {
            if (first < 3)
            {
                history.onRange(buffer, offset, first, count);
            }
        };
        final EventBus bus = started(history, tape(forgets).batchLimit(1), spilling("slow", account));
        publishBehind(bus, hold, 8, 8);
        hold.release();

        await(() -> bus.lane("slow").state() == LaneState.FAULTED);

        assertFault(bus, FaultPolicy.HALT, 3, Reason.NOT_ON_TAPE);
        assertFalse(bus.close(CLOSE_LIMIT_NS));
        assertEquals("", account.wrong());
        assertEquals(2, account.stoppedAt());
    }

    @Test
    void shouldApplyThePolicyToAHandlerThatFailsOnTheHistory()
    {
        final Account failing = new Account((event) ->
        {
            hold.onEvent(event);
            if (event.sequence() == 10)
            {
                throw new IllegalStateException("drill");
            }
        });
        final EventBus bus = started(history, spilling("slow", failing).onFault(FaultPolicy.DETACH));
        publishBehind(bus, hold, 8, 8);
        hold.release();

        await(() -> bus.lane("slow").state() == LaneState.DETACHED);
        publish(bus, 8);
        publish(bus, 8);

        assertTrue(bus.close(CLOSE_LIMIT_NS));
        assertEquals("lane=slow handler=slow phase=EVENT sequence=10 applied=DETACH " +
            "cause=java.lang.IllegalStateException: drill", bus.lane("slow").fault().orElseThrow().describe());
        assertEquals(0, history.openCount());
    }

    private EventBus endsAt(final History past, final FaultPolicy policy)
    {
        final EventBus bus = bus(8).history(past, "tape").lane(tape(history).build())
            .lane(lane("slow").overflow(OverflowPolicy.SPILL).onFault(policy)
                .statelessHandler("slow", account).build()).build();
        bus.start();
        publishBehind(bus, hold, 8, 8);
        hold.release();

        await(() -> bus.lane("slow").state() == LaneState.FAULTED);
        assertFalse(bus.close(CLOSE_LIMIT_NS));
        assertEquals("", account.wrong());
        assertEquals(0, history.openCount());
        return bus;
    }

    private static void assertFault(
        final EventBus bus, final FaultPolicy applied, final long sequence, final Reason reason)
    {
        final Fault fault = bus.lane("slow").fault().orElseThrow();
        final SpillException cause = (SpillException)fault.cause();
        assertEquals("lane=slow handler=history phase=SPILL sequence=" + sequence + " applied=" + applied +
            " cause=io.ringtape.bus.SpillException: history does not go on: lane=slow sequence=" + sequence +
            " reason=" + reason, fault.describe());
        assertEquals(reason, cause.reason());
        assertEquals(sequence, cause.sequence());
    }
}
