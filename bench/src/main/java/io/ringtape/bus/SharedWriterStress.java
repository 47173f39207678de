package io.ringtape.bus;

import com.lmax.disruptor.Sequencer;
import io.ringtape.event.EventBatch;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/**
 * An offer to a ring of many producers against a close: {@link SharedWriter#offer} against the look of
 * {@link BusControl#isInFlight}, and so {@link StripedCount#add} against {@link StripedCount#wasZero}.
 */
@JCStressTest
@Outcome(id = "true, false, true", expect = Expect.ACCEPTABLE, desc = "accepted, and the close finds it published")
@Outcome(id = "true, true, (true|false)", expect = Expect.ACCEPTABLE, desc = "accepted, and the close waits for it")
@Outcome(id = "false, (true|false), false", expect = Expect.ACCEPTABLE, desc = "refused, nothing is published")
@Outcome(expect = Expect.FORBIDDEN, desc = "accepted, and lost by the close")
@State
public class SharedWriterStress
{
    private static final BusConfig CONFIG = new BusConfig(1, 0, 1, 0, BusConfig.NO_STALL_LIMIT);
    /** What is in the slot is not looked at, so one does for all states. */
    private static final Slots SLOTS = new Slots(1);
    private static final EventBatch BATCH = new EventBatch(1);

    static
    {
        BATCH.append();
    }

    private final BusControl control = StressControl.running();
    private final Sequencer sequencer = Sequencers.of(CONFIG, true);
    private final SharedWriter writer =
        new SharedWriter(control, sequencer, SLOTS, new WriterRole(control), BackPressure.FAIL);

    /**
     * Offers one event.
     *
     * @param result whether it was accepted.
     */
    @Actor
    public void publisher(final ZZZ_Result result)
    {
        result.r1 = writer.offer(BATCH) == SharedWriter.ACCEPTED;
    }

    /**
     * Ends the bus, as {@link BusClose} begins to.
     *
     * @param result whether an offer was under way, and whether the event is published by then.
     */
    @Actor
    public void close(final ZZZ_Result result)
    {
        control.change(BusControl.RUNNING, BusControl.CLOSING);
        result.r2 = control.isInFlight();
        result.r3 = sequencer.isAvailable(0);
    }
}
