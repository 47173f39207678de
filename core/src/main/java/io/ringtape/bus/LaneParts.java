package io.ringtape.bus;

import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.Sequencer;
import io.ringtape.event.Conflater;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a lane with a thread of its own is made of, by its overflow policy.
 *
 * @param runner     delivers, from the ring or from the lane's buffer.
 * @param step       what the lane does with what it may read.
 * @param gate       of a lane with a buffer, else null.
 * @param batchLimit events of a step.
 */
record LaneParts(LaneRunner runner, LaneStep step, @Nullable PrivateGate gate, int batchLimit)
{
    static LaneParts of(
        final Lane lane, final BusControl control, final Sequencer sequencer, final Slots ring,
        final @Nullable Recording recording)
    {
        final int capacity = ring.capacity();
        if (lane.overflowPolicy() == OverflowPolicy.GATE)
        {
            final LaneRunner runner = new LaneRunner(lane, control, sequencer, ring);
            return new LaneParts(runner, runner, null, lane.batchLimit(capacity));
        }
        final PrivateGate gate = new PrivateGate(sequencer, lane.isEvictable());
        final int events = lane.privateBuffer(capacity);
        final Sequence at = new Sequence(sequencer.getCursor());
        final LaneBuffer buffer = new LaneBuffer(ring::copyTo, new Slots(events), gate);
        final Conflater conflater = lane.conflater();
        if (conflater == null)
        {
            final LaneRunner runner = new LaneRunner(lane, control, sequencer, buffer.slots(), at, gate);
            final int limit = Math.min(events, lane.batchLimit(capacity));
            final LaneStep step = lane.overflowPolicy() == OverflowPolicy.SPILL ?
                new SpillLane(runner, buffer, control, Objects.requireNonNull(recording), limit, capacity) :
                new PrivateLane(runner, buffer, new Shedding(runner));
            return new LaneParts(runner, step, gate, limit);
        }
        final Slots out = new Slots(events);
        final LaneRunner runner = new LaneRunner(lane, control, sequencer, out, at, gate);
        final LaneStep step = new ConflateLane(runner, buffer, conflater, out, new Shedding(runner));
        return new LaneParts(runner, step, gate, capacity);
    }

    /**
     * The sequence that the ring waits for.
     *
     * @return null if the writer may evict the lane.
     */
    @Nullable
    Sequence gatingSequence()
    {
        if (gate == null)
        {
            return runner.ownSequence();
        }
        return gate.isEvictable() ? null : gate.sequence();
    }
}
