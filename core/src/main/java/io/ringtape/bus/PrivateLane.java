package io.ringtape.bus;

/**
 * The step of a lane that copies events before it delivers them, and may be evicted.
 * <p>
 * Hot path.
 * Thread safety: none; the thread of the lane.
 * Allocation: on construction only, beside what handlers do.
 */
final class PrivateLane implements LaneStep
{
    private final LaneRunner runner;
    private final LaneBuffer buffer;
    private final OverflowAction action;

    /**
     * The step of a lane.
     *
     * @param runner delivers from the slots of the buffer.
     * @param buffer of the lane.
     * @param action what becomes of events that were missed.
     */
    PrivateLane(final LaneRunner runner, final LaneBuffer buffer, final OverflowAction action)
    {
        this.runner = runner;
        this.buffer = buffer;
        this.action = action;
    }

    @Override
    public boolean deliver(final long first, final long last)
    {
        return buffer.take(first, last) ?
            runner.deliver(first, last) :
            action.missed(first, buffer.gate().rejoin());
    }
}
