package io.ringtape.bus;

import org.jspecify.annotations.Nullable;

/**
 * What the watchdog knows of one lane: where it stood at the look before, and since when.
 * <pre>{@code
 *  MOVING --no move with work waiting, look after look, up to the limit: told--> STALLED
 *    ^                                                                              |
 *    +---------------- move, end, or nothing left to do: told ----------------------+
 * }</pre>
 */
final class LaneWatch
{
    private final LaneRunner lane;
    private final LaneRunner[] predecessors;
    private final long limitNs;
    private final StallListener listener;
    private long sequence = Long.MIN_VALUE;
    private long inHand;
    private int call;
    private long waitedNs;
    private @Nullable Stall stall;
    private boolean isOver;

    LaneWatch(
        final LaneRunner lane, final LaneRunner[] predecessors, final long limitNs, final StallListener listener)
    {
        this.lane = lane;
        this.predecessors = predecessors;
        this.limitNs = limitNs;
        this.listener = listener;
    }

    /** Whether the lane had ended before the latest look, which has told the end of a stall. */
    boolean isOver()
    {
        return isOver;
    }

    /**
     * Looks at the lane.
     *
     * @param passedNs time since the look before that may be counted.
     */
    void look(final long passedNs)
    {
        isOver = lane.hasEnded();
        final long at = lane.sequence();
        final long event = lane.inHand(at);
        final int handler = lane.call().index();
        final boolean moved = at != sequence || event != inHand || handler != call;
        sequence = at;
        inHand = event;
        call = handler;
        if (moved || !hasWork(at))
        {
            end();
            return;
        }
        waitedNs += passedNs;
        if (stall == null && waitedNs >= limitNs)
        {
            final Stall found = stall();
            stall = found;
            lane.countStall();
            listener.onStall(found);
        }
    }

    private void end()
    {
        final Stall ended = stall;
        if (ended != null)
        {
            stall = null;
            listener.onStallEnd(new Stall(
                ended.lane(), ended.handler(), ended.frontier(), ended.sequence(), ended.lag(), waitedNs));
        }
        waitedNs = 0L;
    }

    // What a lane that it runs after has not delivered yet is no work of this one.
    private boolean hasWork(final long at)
    {
        long reached = lane.published();
        for (final LaneRunner predecessor : predecessors)
        {
            // One that was detached stands still for ever and holds nobody.
            if (!predecessor.isGone())
            {
                reached = Math.min(reached, predecessor.sequence());
            }
        }
        return reached > at && lane.isAttached() && !lane.hasEnded();
    }

    private Stall stall()
    {
        return new Stall(lane.name(), call == LaneCall.NONE ? "" : lane.handlerName(call), frontier(),
            isInEvents() ? inHand : sequence + 1, lane.lag(), waitedNs);
    }

    private boolean isInEvents()
    {
        return lane.isEventHandler(call);
    }

    private String frontier()
    {
        if (call == LaneCall.NONE)
        {
            for (final Frontier frontier : lane.lane().frontiers())
            {
                if (frontier.sequence() <= sequence)
                {
                    return frontier.name();
                }
            }
        }
        return "";
    }
}
