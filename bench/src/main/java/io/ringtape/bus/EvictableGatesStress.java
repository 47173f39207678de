package io.ringtape.bus;

import com.lmax.disruptor.Sequence;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/**
 * A lane that comes back against the writer that goes on: {@link PrivateGate#rejoin} against
 * {@link EvictableGates#makeRoom}, on a ring of one slot. Sequence 0 is published and the lane is away; the writer
 * publishes 1 and 2. A lane that came back at 0 and still stands there takes 2, which is in the slot now, for 1.
 */
@JCStressTest
@Outcome(id = "2, 2", expect = Expect.ACCEPTABLE, desc = "back behind the writer")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "back ahead of 2, which is in its slot")
@Outcome(id = "0, 9223372036854775807", expect = Expect.ACCEPTABLE, desc = "back ahead of 1, and evicted for 2")
@Outcome(expect = Expect.FORBIDDEN, desc = "a lane that is back was overwritten")
@State
public class EvictableGatesStress
{
    private final Sequence cursor = new Sequence(-1);
    private final PrivateGate gate = new PrivateGate(cursor::get, true);
    private final EvictableGates gates = new EvictableGates(new PrivateGate[]{gate}, 1, -1);

    /** Publishes 0, for which the lane is evicted once it is out. */
    public EvictableGatesStress()
    {
        cursor.set(0);
        gate.leave();
    }

    /**
     * The lane comes back.
     *
     * @param result where.
     */
    @Actor
    public void lane(final JJ_Result result)
    {
        result.r1 = gate.rejoin();
    }

    /** The writer makes room and publishes, twice, as {@link RingRoom#has} and the sequencer do. */
    @Actor
    public void writer()
    {
        gates.makeRoom(0, 1);
        cursor.set(1);
        gates.makeRoom(1, 1);
        cursor.set(2);
    }

    /**
     * Looks where the lane stands in the end.
     *
     * @param result its position.
     */
    @Arbiter
    public void end(final JJ_Result result)
    {
        result.r2 = gate.position();
    }
}
