package io.ringtape.bus;

import com.lmax.disruptor.Sequencer;
import io.ringtape.event.OrderBookEvent;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;

/**
 * A publish of two events against a lane that goes by the slots: with the sequence in the first slot both are there.
 * <p>
 * The slots are one ring for all states, each of which takes the next two sequences of it.
 */
@JCStressTest
@Outcome(id = "0, 0, 0", expect = Expect.ACCEPTABLE, desc = "not yet published")
@Outcome(id = "2, 7, 8", expect = Expect.ACCEPTABLE, desc = "both published and whole")
@Outcome(expect = Expect.FORBIDDEN, desc = "one of the two, or not what was written")
@State
public class SlotsStress
{
    private static final int CAPACITY = 1 << 20;
    private static final long FIRST_PRICE = 7;
    private static final long SECOND_PRICE = 8;
    private static final Slots SLOTS = new Slots(CAPACITY);
    private static final AtomicLong NEXT = new AtomicLong();

    private final long sequence = NEXT.getAndAdd(2);
    private final BusControl control = StressControl.running();
    private final Sequencer sequencer =
        Sequencers.of(new BusConfig(CAPACITY, sequence, 1, 0, BusConfig.NO_STALL_LIMIT), false);
    private final WriterCore core = new WriterCore(
        control, sequencer, SLOTS, BusySpinIdleStrategy.INSTANCE, new WriterRole(control),
        new WriterTimers(TimerConfig.OFF, control, sequencer));
    private final OrderBookEvent first = new OrderBookEvent();
    private final OrderBookEvent second = new OrderBookEvent();

    /** Empties the slots of what an earlier state put there. */
    public SlotsStress()
    {
        first.wrap(SLOTS.buffer(), SLOTS.offset(sequence)).reset().sequence(-1);
        second.wrap(SLOTS.buffer(), SLOTS.offset(sequence + 1)).reset().sequence(-1);
    }

    /** The writer publishes a claim of two. */
    @Actor
    public void writer()
    {
        final long claimed = core.tryClaim(2);
        core.slot(claimed).price(FIRST_PRICE);
        core.slot(claimed + 1).price(SECOND_PRICE);
        core.publish();
    }

    /**
     * A lane looks how far the slots are published, then at the events.
     *
     * @param result how many are published, and their prices.
     */
    @Actor
    public void lane(final JJJ_Result result)
    {
        result.r1 = SLOTS.published(sequence, 2) - sequence + 1;
        if (result.r1 > 0)
        {
            result.r2 = first.price();
        }
        if (result.r1 > 1)
        {
            result.r3 = second.price();
        }
    }
}
