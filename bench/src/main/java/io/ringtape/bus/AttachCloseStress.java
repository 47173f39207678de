package io.ringtape.bus;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/**
 * An attach against a close: the lane is added and then the state looked at ({@link Attachments}), the state is set and
 * then the lanes looked at ({@link BusClose}).
 */
@JCStressTest
@Outcome(id = "true, true, false", expect = Expect.ACCEPTABLE, desc = "joined, and the close waits for it")
@Outcome(id = "false, (true|false), true", expect = Expect.ACCEPTABLE, desc = "refused by its type, nothing is left")
@Outcome(expect = Expect.FORBIDDEN, desc = "joined, and missed by the close; or refused, and still there")
@State
public class AttachCloseStress
{
    private final StressBus bus = new StressBus(2);
    private final Lane lane = new StressSeen().lane();

    /**
     * A lane joins.
     *
     * @param result whether it did.
     */
    @Actor
    public void joiner(final ZZZ_Result result)
    {
        try
        {
            bus.attach(lane);
            result.r1 = true;
        }
        catch (final JoinRefusedException e)
        {
            if (e.reason() != JoinRefusedException.Reason.NOT_RUNNING)
            {
                throw e;
            }
        }
    }

    /**
     * Ends the bus.
     *
     * @param result whether there is a lane to wait for.
     */
    @Actor
    public void close(final ZZZ_Result result)
    {
        result.r2 = bus.closesWith(StressSeen.LANE);
    }

    /**
     * Looks at what is left.
     *
     * @param result whether nothing is.
     */
    @Arbiter
    public void end(final ZZZ_Result result)
    {
        result.r3 = bus.isFree() && !bus.hasLane(StressSeen.LANE);
    }
}
