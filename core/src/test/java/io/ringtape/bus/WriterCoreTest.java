package io.ringtape.bus;

import static io.ringtape.bus.BusFixture.batch;
import static io.ringtape.bus.BusFixture.lane;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.lmax.disruptor.SingleProducerSequencer;
import io.ringtape.event.EventHandler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Moments of the writer that only a race, or a lack of memory, brings about on a whole bus. */
@Timeout(10)
final class WriterCoreTest
{
    private final BusControl control = new BusControl((fault) ->
    {
    }, System::nanoTime);
    private final WriterRole role = new WriterRole(control);
    private final SingleProducerSequencer sequencer = new SingleProducerSequencer(8, new PollingWaitStrategy());
    private final Slots slots = new Slots(8);
    private final WriterCore core = new WriterCore(
        control, sequencer, slots, BusFixture.yielding(), role,
        new WriterTimers(TimerConfig.OFF, control, sequencer));

    @Test
    void shouldAnswerClosedToWriterThatStillSeesItselfAsTheOwner()
    {
        control.change(BusControl.NEW, BusControl.RUNNING);
        assertEquals(0, core.claim(1));
        // As the old writer finds it: the role is another's, and the claim in sight is that one's.
        control.change(BusControl.RUNNING, BusControl.CLOSING);
        role.takeOver(new Thread());

        assertEquals(Writer.CLOSED, core.tryClaim(1));
        assertEquals(Writer.CLOSED, core.claim(1));
        control.halt(null);
        assertEquals(Writer.HALTED, core.tryClaim(1));
    }

    @Test
    void shouldTellWriterOfTheClaimThatItLeftOpen()
    {
        control.change(BusControl.NEW, BusControl.RUNNING);
        core.claim(2);

        assertEquals("a claim is open: first=0 count=2",
            assertThrows(IllegalStateException.class, () -> core.tryClaim(1)).getMessage());
    }

    @Test
    void shouldHaltAndLeaveWhereInlineDeliveryItselfFails()
    {
        final LaneRunner[] inline = {runner("first"), runner("second")};
        core.inline(new InlineLanes(inline, new LaneRunner[2][0], 8));
        control.change(BusControl.NEW, BusControl.RUNNING);
        assertEquals(Writer.ACCEPTED, core.put(core.claim(1), 1, batch(0, 1)));
        // Not a handler that fails but what calls it, as for want of memory: here, of the lane itself.
        Arrays.fill(inline, 1, 2, null);

        assertThrows(NullPointerException.class, () -> core.put(core.claim(1), 1, batch(0, 1)));

        assertTrue(control.isHalted());
        assertFalse(control.isInFlight());
        assertEquals(Writer.HALTED, core.tryClaim(1));
    }

    @Test
    void shouldHaltWhereInlineLanesThemselvesFailToStart()
    {
        final LaneRunner[] inline = {runner("first")};
        core.inline(new InlineLanes(inline, new LaneRunner[1][0], 8));
        control.change(BusControl.NEW, BusControl.RUNNING);
        Arrays.fill(inline, null);

        assertThrows(NullPointerException.class, () -> core.tryClaim(1));

        assertTrue(control.isHalted());
        assertFalse(control.isInFlight());
        assertEquals(Writer.HALTED, core.tryClaim(1));
    }

    @Test
    void shouldBeInFlightUntilItsEndIsDoneWhateverTheWriterBeforeDoesToItsMark()
    {
        final List<Boolean> inFlight = new ArrayList<>();
        final LaneRunner[] inline = {runner("probe", (event) ->
        {
            // As the old writer does that still sees itself as the owner, and finds the bus closing.
            control.enter();
            control.leave();
            inFlight.add(control.isInFlight());
        })};
        core.inline(new InlineLanes(inline, new LaneRunner[1][0], 8));
        final Inbox inbox = new Inbox(
            new EventBusBuilder.InboxSpec(InputStage.INBOUND, "in", 16, BackPressure.FAIL), control, core, role,
            new WriterTimers(TimerConfig.OFF, control, sequencer));
        final WriterDuty duty = new WriterDuty(control, List.of(), List.of(inbox), new LaneSet());
        control.change(BusControl.NEW, BusControl.RUNNING);
        inbox.offer(batch(0, 1));
        inbox.offer(batch(1, 2));
        control.closeDeadline(System.nanoTime() + BusFixture.CLOSE_LIMIT_NS);
        control.change(BusControl.RUNNING, BusControl.CLOSING);

        duty.finish(core, BusFixture.yielding());

        assertEquals(List.of(true, true, true), inFlight);
        assertFalse(control.isInFlight());
        assertEquals(2, core.cursor());
    }

    private LaneRunner runner(final String name)
    {
        return runner(name, new BusFixture.Recorder());
    }

    private LaneRunner runner(final String name, final EventHandler handler)
    {
        return new LaneRunner(lane(name).handler(name, handler).build(), control, sequencer, slots);
    }
}
