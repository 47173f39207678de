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
import org.openjdk.jcstress.infra.results.ZZJ_Result;

/**
 * A publish against a lane that reads: what {@link WriterCore#publish} wrote is in the slot once the cursor shows it.
 * <p>
 * The slots are one ring for all states, each of which takes the next sequence of it.
 */
@JCStressTest
@Outcome(id = "false, false, 0", expect = Expect.ACCEPTABLE, desc = "not yet published")
@Outcome(id = "true, true, 7", expect = Expect.ACCEPTABLE, desc = "published and whole")
@Outcome(expect = Expect.FORBIDDEN, desc = "published, and not what was written")
@State
public class CursorStress
{
    private static final int CAPACITY = 1 << 20;
    private static final long PRICE = 7;
    private static final Slots SLOTS = new Slots(CAPACITY);
    private static final AtomicLong NEXT = new AtomicLong();

    private final long sequence = NEXT.getAndIncrement();
    private final BusControl control = StressControl.running();
    private final Sequencer sequencer =
        Sequencers.of(new BusConfig(CAPACITY, sequence, 1, 0, BusConfig.NO_STALL_LIMIT), false);
    private final WriterCore core = new WriterCore(
        control, sequencer, SLOTS, BusySpinIdleStrategy.INSTANCE, new WriterRole(control),
        new WriterTimers(TimerConfig.OFF, control, sequencer));
    private final OrderBookEvent read = new OrderBookEvent();

    /** Empties the slot of what an earlier state put there. */
    public CursorStress()
    {
        read.wrap(SLOTS.buffer(), SLOTS.offset(sequence)).reset().sequence(-1);
    }

    /** The writer publishes an event. */
    @Actor
    public void writer()
    {
        core.slot(core.tryClaim(1)).price(PRICE);
        core.publish();
    }

    /**
     * A lane looks at the cursor, then at the slot.
     *
     * @param result whether it is published, whether the slot has the sequence, and its price.
     */
    @Actor
    public void lane(final ZZJ_Result result)
    {
        result.r1 = sequencer.getCursor() >= sequence;
        if (result.r1)
        {
            result.r2 = read.sequence() == sequence;
            result.r3 = read.price();
        }
    }
}
