package io.ringtape.bus;

import org.agrona.concurrent.YieldingIdleStrategy;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/**
 * A handler that joins a lane which runs: the thread that catches it up and the lane pass it to each other
 * ({@link Handover}), over events that are published already. Neither has it while the other calls it.
 */
@JCStressTest
@Outcome(id = "true, 0", expect = Expect.ACCEPTABLE, desc = "joined ahead of the first event, and got them all")
@Outcome(id = "true, 1", expect = Expect.ACCEPTABLE, desc = "joined in between: each event once, from one or the other")
@Outcome(id = "true, 2", expect = Expect.ACCEPTABLE, desc = "joined behind the last")
@Outcome(expect = Expect.FORBIDDEN, desc = "an event is missing, torn, repeated or out of order, or it never joined")
@State
public class HandoverStress
{
    private static final String WORK = "work";
    private static final int EVENTS = 8;
    private static final int STEPS = 64;
    private static final int MOST_STEPS = 1_000;

    private final StressBus bus = new StressBus(EVENTS);
    private final StressSeen seen = new StressSeen();
    private final LaneRunner work = bus.add(Lane.named(WORK).idle(new YieldingIdleStrategy()).handler("old", (event) ->
    {
    }).build());
    private final LateLane late = bus.attach(WORK, seen);

    /** Publishes all events. */
    public HandoverStress()
    {
        bus.publish(EVENTS);
    }

    /** The lane delivers, and looks who is there between two batches. */
    @Actor
    public void lane()
    {
        work.start();
        for (long at = 0; at < EVENTS; at++)
        {
            work.atBoundary();
            work.deliver(at, at);
        }
        work.atBoundary();
    }

    /** The thread of the handler that joins. */
    @Actor
    public void follower()
    {
        late.begin();
        for (int i = 0; i < STEPS; i++)
        {
            late.step();
        }
    }

    /**
     * Both go on until it has joined.
     *
     * @param result whether it got each event once, whole and in order, and where it joined.
     */
    @Arbiter
    public void end(final ZI_Result result)
    {
        for (int i = 0; i < MOST_STEPS && !late.isJoined(); i++)
        {
            late.step();
            work.atBoundary();
        }
        result.r1 = late.isJoined() && seen.hasAllTo(EVENTS - 1);
        if (seen.liveAt() > 0)
        {
            result.r2 = seen.liveAt() < EVENTS ? 1 : 2;
        }
    }
}
