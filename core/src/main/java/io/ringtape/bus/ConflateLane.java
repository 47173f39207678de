package io.ringtape.bus;

import io.ringtape.event.Conflater;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;

/**
 * The step of a lane that conflates: takes over all that may be read, merges what can be merged, and delivers the rest
 * and what was merged in the order of the sequences.
 * <pre>{@code
 *  ring --copy--> buffer --merge--> conflater --+
 *                        \--other--> queue -----+--by sequence--> out --> handlers
 * }</pre>
 * An event may add two to what waits. When two more might not fit, what waits is delivered before the next event is
 * looked at; so neither the queue nor the batch is ever too small, and nothing is lost here.
 * <p>
 * Hot path.
 * Thread safety: none; the thread of the lane.
 * Allocation: on construction only, beside what conflater and handlers do.
 */
final class ConflateLane implements LaneStep
{
    private final LaneRunner runner;
    private final LaneBuffer buffer;
    private final Conflater conflater;
    private final Slots queue;
    private final Slots out;
    private final OverflowAction action;
    private final int limit;
    private final OrderBookEvent event = new OrderBookEvent();
    private final OrderBookEvent target = new OrderBookEvent();
    private int queued;
    private int merged;

    /**
     * The step of a lane.
     *
     * @param runner    delivers from {@code out}.
     * @param buffer    to copy into.
     * @param conflater of the lane.
     * @param out       the batch, as many as the buffer holds.
     * @param action    what becomes of events that were missed.
     */
    ConflateLane(
        final LaneRunner runner, final LaneBuffer buffer, final Conflater conflater, final Slots out,
        final OverflowAction action)
    {
        this.runner = runner;
        this.buffer = buffer;
        this.conflater = conflater;
        this.out = out;
        this.action = action;
        limit = out.capacity();
        queue = new Slots(limit);
    }

    @Override
    public boolean deliver(final long first, final long last)
    {
        long next = first;
        while (next <= last)
        {
            final long end = Math.min(last, next + limit - 1);
            if (!buffer.take(next, end))
            {
                return flush(next - 1) && missed(next);
            }
            if (!merge(next, end))
            {
                return false;
            }
            next = end + 1;
        }
        return flush(last);
    }

    private boolean merge(final long first, final long last)
    {
        final Slots slots = buffer.slots();
        for (long at = first; at <= last; at++)
        {
            if (event.moveTo(slots.buffer(), slots.offset(at)).type() != EventType.VOID)
            {
                final int waiting;
                try
                {
                    offer(slots.offset(at));
                    waiting = queued + conflater.pendingCount();
                }
                catch (final Throwable t)
                {
                    return runner.onFault(Fault.CONFLATER, FaultPhase.CONFLATE, at, t);
                }
                if (waiting + OverflowRules.MIN_CONFLATED > limit && !flush(at))
                {
                    return false;
                }
            }
        }
        return true;
    }

    private void offer(final int offset)
    {
        if (conflater.merge(event))
        {
            merged++;
        }
        else
        {
            // Moved again: the conflater may have wrapped the flyweight elsewhere.
            target.moveTo(queue.buffer(), queue.offset(queued)).copyFrom(
                event.moveTo(buffer.slots().buffer(), offset));
            queued++;
        }
    }

    // Delivers all that waits; the lane then stands at the end, whatever there was to deliver.
    private boolean flush(final long end)
    {
        final int count;
        try
        {
            count = fill();
        }
        catch (final Throwable t)
        {
            return runner.onFault(Fault.CONFLATER, FaultPhase.CONFLATE, end, t);
        }
        runner.counts().addConflated(merged);
        merged = 0;
        queued = 0;
        if (count == 0)
        {
            runner.moveTo(end);
            return true;
        }
        return runner.deliver(0, count - 1, end);
    }

    private int fill()
    {
        int count = 0;
        int taken = 0;
        long pending = conflater.nextSequence();
        while (taken < queued || pending != Conflater.NONE)
        {
            if (count == limit)
            {
                throw new IllegalStateException("conflater has more pending than two for an event: limit=" + limit);
            }
            target.moveTo(out.buffer(), out.offset(count));
            if (taken < queued && queue.sequenceAt(taken) <= pending)
            {
                target.copyFrom(event.moveTo(queue.buffer(), queue.offset(taken)));
                taken++;
            }
            else
            {
                conflater.take(target);
                pending = conflater.nextSequence();
            }
            count++;
        }
        return count;
    }

    private boolean missed(final long first)
    {
        final long last = buffer.gate().rejoin();
        try
        {
            conflater.onShed(first, last);
        }
        catch (final Throwable t)
        {
            return runner.onFault(Fault.CONFLATER, FaultPhase.SHED, first, t);
        }
        return action.missed(first, last);
    }
}
