package io.ringtape.bus;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZZ_Result;

/**
 * A copy out of a ring of one slot against the writer that needs the slot: {@link LaneBuffer#take} against
 * {@link EvictableGates#makeRoom}. One of the two wins, and a copy that is believed is of one event.
 * <p>
 * The slot is two fields, since a buffer for each of millions of states is too much; own buffer and gate are the bus's.
 */
@JCStressTest
@Outcome(id = "true, true, true, false", expect = Expect.ACCEPTABLE, desc = "the lane was first: a whole copy, kept")
@Outcome(id = ".*, .*, false, true", expect = Expect.ACCEPTABLE, desc = "the writer was first: the copy is void")
@Outcome(expect = Expect.FORBIDDEN, desc = "a torn copy was believed, or both won, or none")
@State
public class PrivateGateStress
{
    private static final Slots UNUSED = new Slots(1);

    private long low = 1;
    private long high = 1;
    private long copiedLow;
    private long copiedHigh;
    private final PrivateGate gate = new PrivateGate(() -> -1, true);
    private final EvictableGates gates = new EvictableGates(new PrivateGate[]{gate}, 1, -1);
    private final LaneBuffer buffer = new LaneBuffer(this::copy, UNUSED, gate);

    private void copy(final long first, final int count, final Slots target)
    {
        copiedLow = low;
        copiedHigh = high;
    }

    /**
     * The lane takes sequence 0 over.
     *
     * @param result whether each half is of that sequence, and whether the copy is believed.
     */
    @Actor
    public void lane(final ZZZZ_Result result)
    {
        result.r3 = buffer.take(0, 0);
        result.r1 = copiedLow == 1;
        result.r2 = copiedHigh == 1;
    }

    /**
     * The writer makes room for sequence 1 and writes it.
     *
     * @param result whether the lane was evicted.
     */
    @Actor
    public void writer(final ZZZZ_Result result)
    {
        gates.makeRoom(0, 1);
        low = 2;
        high = 2;
        result.r4 = gate.counts().evictions() == 1;
    }
}
