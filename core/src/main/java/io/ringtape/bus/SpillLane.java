package io.ringtape.bus;

import org.jspecify.annotations.Nullable;

/**
 * The step of a lane that spills: it copies from the ring while it keeps up, and reads the history when it was evicted.
 * <pre>{@code
 *  LIVE: copies of the ring --evicted--> BEHIND: slices of the history, no gate <--at G, but evicted again--+
 *   ^                                      |                                                                |
 *   |                                      +--near the recorder: gate at the cursor G--> CLOSING IN: slices up to G
 *   +---------------------------------------------------------------------------------at G-----------------+
 * }</pre>
 * The history has the ring's sequences, and the gate keeps the slots above G, or tells that it did not: so there is
 * neither gap nor repeat. The gate is one that the writer may evict at any moment, so the lane holds nobody.
 * <p>
 * Hot path while live.
 * Thread safety: none; the thread of the lane.
 * Allocation: none while live; else as the history's, beside what handlers do.
 */
final class SpillLane implements LaneStep
{
    private final LaneRunner runner;
    private final LaneBuffer buffer;
    private final BusControl control;
    private final Recording recording;
    private final int limit;
    private final int capacity;
    private @Nullable CatchUp behind;
    // Where the gate was put while the lane is on the history: it is read up to here.
    private long rejoined = PrivateGate.AWAY;

    /**
     * The step of a lane.
     *
     * @param runner    delivers from the slots of the buffer.
     * @param buffer    of the lane, from the ring or from the history.
     * @param control   of the bus.
     * @param recording of the bus.
     * @param limit     events of a slice at most, not more than the buffer holds.
     * @param capacity  of the ring.
     */
    SpillLane(
        final LaneRunner runner, final LaneBuffer buffer, final BusControl control, final Recording recording,
        final int limit, final int capacity)
    {
        this.runner = runner;
        this.buffer = buffer;
        this.control = control;
        this.recording = recording;
        this.limit = limit;
        this.capacity = capacity;
    }

    @Override
    public boolean deliver(final long first, final long last)
    {
        final boolean isTaken = behind == null && buffer.take(first, last);
        return isTaken ? runner.deliver(first, last) : deliverSlice(first, last);
    }

    private boolean deliverSlice(final long first, final long last)
    {
        final int count;
        try
        {
            final CatchUp reading = behind == null ? spill(first) : behind;
            count = reading.read(first - 1, Math.min(last, rejoined) - first + 1);
        }
        catch (final Throwable t)
        {
            return fail(new SpillException(SpillException.reason(t), runner.name(), first, t));
        }
        if (count == CatchUp.ENDED)
        {
            return endHistory(first);
        }
        if (count == 0)
        {
            return true;
        }
        final long end = first + count - 1;
        if (!runner.deliver(first, end))
        {
            return false;
        }
        comeBack(end);
        return true;
    }

    private CatchUp spill(final long first)
    {
        final CatchUp opened = recording.open(first, buffer.slots(), limit, capacity);
        behind = opened;
        runner.counts().addSpill();
        runner.counts().onTape(true);
        return opened;
    }

    private void comeBack(final long position)
    {
        final CatchUp reading = behind;
        final PrivateGate gate = buffer.gate();
        if (position == rejoined && gate.isAway())
        {
            // Evicted again on the way: the slots above are not kept, but the history still is at hand.
            rejoined = PrivateGate.AWAY;
        }
        if (rejoined == PrivateGate.AWAY && reading != null && reading.isNear(position))
        {
            rejoined = gate.rejoin();
        }
        if (position == rejoined)
        {
            end();
        }
    }

    private boolean endHistory(final long first)
    {
        // The recorder may have ended because its bus did: then the barrier ends this lane too.
        return control.isHalted() || control.isStopping() ||
            fail(new SpillException(recording.reasonOfEnd(), runner.name(), first, null));
    }

    private boolean fail(final SpillException cause)
    {
        return runner.onFault(Fault.HISTORY, FaultPhase.SPILL, cause.sequence(), cause);
    }

    @Override
    public boolean isQuiet()
    {
        return behind == null || recording.hasEnded();
    }

    @Override
    public void end()
    {
        final CatchUp reading = behind;
        if (reading != null)
        {
            behind = null;
            rejoined = PrivateGate.AWAY;
            runner.counts().onTape(false);
            reading.close();
        }
    }
}
