package io.ringtape.bus;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/**
 * An attach against publishes: the gate that {@link Attachments#attach} adds against {@link RingRoom#has}, on a ring of
 * two slots, which the writer goes round many times meanwhile. A gate that it found too late stands below a slot that
 * was written over.
 */
@JCStressTest
@Outcome(id = "true, 0", expect = Expect.ACCEPTABLE, desc = "joined ahead of the first event, and got them all")
@Outcome(id = "true, 1", expect = Expect.ACCEPTABLE, desc = "joined in between, and got all from its first one")
@Outcome(id = "true, 2", expect = Expect.ACCEPTABLE, desc = "joined behind the last")
@Outcome(expect = Expect.FORBIDDEN, desc = "an event is missing, torn, repeated or out of order")
@State
public class AttachStress
{
    /** As many as take about as long as an attach. */
    private static final int TRIES = 64;
    private static final int STEPS = 4;

    private final StressBus bus = new StressBus(2);
    private final StressSeen seen = new StressSeen();
    private final Lane lane = seen.lane();
    private @Nullable LateLane late;

    /** The writer publishes as long as there is room. */
    @Actor
    public void writer()
    {
        bus.publish(TRIES);
    }

    /** A lane joins and reads. */
    @Actor
    public void lane()
    {
        final LateLane attached = bus.attach(lane);
        late = attached;
        attached.begin();
        for (int i = 0; i < STEPS; i++)
        {
            attached.step();
        }
    }

    /**
     * The lane reads the rest.
     *
     * @param result whether it got each event once, whole and in order, and where it joined.
     */
    @Arbiter
    public void end(final ZI_Result result)
    {
        final LateLane attached = Objects.requireNonNull(late);
        final long first = attached.firstSequence();
        while (attached.step() == LateLane.Step.MOVED)
        {
            Thread.onSpinWait();
        }
        result.r1 = seen.hasAllTo(bus.cursor());
        if (first > 0)
        {
            result.r2 = first <= bus.cursor() ? 1 : 2;
        }
    }
}
