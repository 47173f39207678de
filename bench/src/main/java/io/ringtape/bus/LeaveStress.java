package io.ringtape.bus;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/**
 * A leave against publishes: the whole life of a lane that was attached, {@link LateLane#run}, and a writer that asks
 * it to leave in between. What it got ends where {@code onLeft} says, and the ring does not wait for it any more.
 */
@JCStressTest
@Outcome(id = "true, true, 0", expect = Expect.ACCEPTABLE, desc = "left ahead of the first event")
@Outcome(id = "true, true, 1", expect = Expect.ACCEPTABLE, desc = "left in between, with all up to the one it named")
@Outcome(id = "true, true, 2", expect = Expect.ACCEPTABLE, desc = "left behind the last event")
@Outcome(expect = Expect.FORBIDDEN, desc = "missing, torn, repeated, behind its end, or the ring is still held")
@State
public class LeaveStress
{
    private static final int TRIES = 32;

    private final StressBus bus = new StressBus(2);
    private final StressSeen seen = new StressSeen();
    private final LateLane late = bus.attach(seen.lane());

    /** The writer publishes as long as there is room, and asks the lane to leave. */
    @Actor
    public void writer()
    {
        bus.publish(TRIES);
        late.leave();
        bus.publish(TRIES);
    }

    /** The thread of the lane. */
    @Actor
    public void lane()
    {
        late.run();
    }

    /**
     * Looks at what it got.
     *
     * @param result whether each event came once, whole and in order, up to the one that the end named; whether the
     *               ring is free; and where the lane left.
     */
    @Arbiter
    public void end(final ZZI_Result result)
    {
        result.r1 = seen.hasAllToItsEnd();
        result.r2 = bus.isFree() && !bus.hasLane(StressSeen.LANE);
        if (seen.last() >= 0)
        {
            result.r3 = seen.last() < bus.cursor() ? 1 : 2;
        }
    }
}
