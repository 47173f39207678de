package io.ringtape.bus;

import io.ringtape.bus.SpillException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The history of a bus, and the lane that records it.
 */
final class Recording
{
    private final History history;
    private final LaneSet lanes;
    private final String recorderLane;

    private Recording(final History history, final LaneSet lanes, final String recorderLane)
    {
        this.history = history;
        this.lanes = lanes;
        this.recorderLane = recorderLane;
    }

    /**
     * The recording of a bus.
     *
     * @param builder of the bus.
     * @param lanes   of the bus; the recorder's need not be among them yet.
     * @return null if the bus has no history.
     */
    @Nullable
    static Recording of(final EventBusBuilder builder, final LaneSet lanes)
    {
        final History history = builder.history();
        return history == null ? null : new Recording(history, lanes, builder.recorderLane());
    }

    /**
     * Starts to read at a sequence.
     *
     * @param first    sequence to read.
     * @param slots    to read into.
     * @param limit    events of a slice at most, not more than the slots.
     * @param capacity of the ring.
     * @return the reader, which is to be closed.
     * @throws JoinRefusedException if the history does not have it, or cannot be read.
     */
    CatchUp open(final long first, final Slots slots, final int limit, final int capacity)
    {
        return new CatchUp(history.open(JoinFrom.sequence(first)), recorder(), slots, limit, capacity);
    }

    boolean hasEnded()
    {
        return recorder().hasEnded();
    }

    /**
     * Why the history does not go on.
     *
     * @return what the state of the recorder tells.
     */
    Reason reasonOfEnd()
    {
        return recorder().isAttached() ? Reason.NOT_ON_TAPE : Reason.RECORDER_ENDED;
    }

    private LaneRunner recorder()
    {
        final LaneRunner found = lanes.get(recorderLane);
        if (found == null)
        {
            throw new IllegalStateException("lane of the history is gone: lane=" + recorderLane);
        }
        return found;
    }
}
