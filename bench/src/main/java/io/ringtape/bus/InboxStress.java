package io.ringtape.bus;

import com.lmax.disruptor.Sequencer;
import io.ringtape.event.EventBatch;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * An offer to an inbox against a close: {@link Inbox#offer} against the look of the close at what is claimed, up to
 * which it drains ({@link WriterDuty#finish}).
 */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "accepted, and the close drains up to it")
@Outcome(id = "false, (true|false)", expect = Expect.ACCEPTABLE, desc = "refused, with or without a claim to abort")
@Outcome(expect = Expect.FORBIDDEN, desc = "accepted, and lost by the close")
@State
public class InboxStress
{
    private static final EventBusBuilder.InboxSpec SPEC =
        new EventBusBuilder.InboxSpec(InputStage.FEED, "inbox", Inbox.MIN_CAPACITY, BackPressure.FAIL);
    private static final EventBatch BATCH = new EventBatch(1);
    /** Neither of the two is asked by an offer for more than the capacity. */
    private static final WriterTimers TIMERS;
    private static final WriterCore CORE;

    static
    {
        BATCH.append();
        final BusControl control = StressControl.running();
        final Slots slots = new Slots(Inbox.MIN_CAPACITY);
        final Sequencer sequencer = Sequencers.of(
            new BusConfig(Inbox.MIN_CAPACITY, 0, 1, 0, BusConfig.NO_STALL_LIMIT), false);
        TIMERS = new WriterTimers(TimerConfig.OFF, control, sequencer);
        CORE = new WriterCore(
            control, sequencer, slots, BusySpinIdleStrategy.INSTANCE, new WriterRole(control), TIMERS);
    }

    private final BusControl control = StressControl.running();
    private final Inbox inbox = new Inbox(SPEC, control, CORE, new WriterRole(control), TIMERS);

    /**
     * Offers one event.
     *
     * @param result whether it was accepted.
     */
    @Actor
    public void publisher(final ZZ_Result result)
    {
        result.r1 = inbox.offer(BATCH) == Inbox.ACCEPTED;
    }

    /**
     * Ends the bus, as {@link BusClose} begins to.
     *
     * @param result whether it finds a claim to drain.
     */
    @Actor
    public void close(final ZZ_Result result)
    {
        control.change(BusControl.RUNNING, BusControl.CLOSING);
        result.r2 = inbox.claimed() > 0;
    }
}
