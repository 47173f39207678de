package io.ringtape.bus;

import io.ringtape.event.EventHandler;
import java.util.Arrays;

/**
 * The handlers that join and leave a lane while it runs. Whatever changes, changes between two batches, on the thread
 * of the lane, which waits for nobody.
 * <p>
 * Hot path: {@link #atBoundary()}, which looks at an empty array where there are none.
 * Thread safety: any thread adds and removes; the thread of the lane does the rest.
 * Allocation: where a handler joins or leaves.
 */
final class LaneGuests
{
    private static final LateLane[] NONE = {};

    private final LaneRunner lane;
    private volatile LateLane[] all = NONE;
    private volatile boolean open;

    LaneGuests(final LaneRunner lane)
    {
        this.lane = lane;
    }

    /** The lane looks at its guests between two batches. */
    void open()
    {
        open = true;
    }

    boolean isOpen()
    {
        return open;
    }

    LateLane[] all()
    {
        return all;
    }

    synchronized void add(final LateLane guest)
    {
        final LateLane[] more = Arrays.copyOf(all, all.length + 1);
        more[all.length] = guest;
        all = more;
    }

    synchronized void remove(final LateLane guest)
    {
        all = Arrays.stream(all).filter((other) -> other != guest).toArray(LateLane[]::new);
    }

    /**
     * Takes in who is there, and lets go who asked for it.
     *
     * @return false if a fault ended the lane.
     */
    boolean atBoundary()
    {
        final LateLane[] now = all;
        return now.length == 0 || visit(now);
    }

    private boolean visit(final LateLane[] now)
    {
        final long at = lane.sequence();
        for (final LateLane guest : now)
        {
            if (guest.isJoined())
            {
                if (guest.isAsked() && !letGo(guest, at))
                {
                    return false;
                }
            }
            else if (guest.isTakenAt(at))
            {
                takeIn(guest, at);
            }
        }
        return true;
    }

    private void takeIn(final LateLane guest, final long at)
    {
        // What goes wrong up to here is the guest's own affair; from here on it is one of the lane's handlers.
        if (guest.board(at))
        {
            lane.append(guest.ownRunner());
            guest.join();
        }
        else
        {
            guest.giveBack();
        }
    }

    private boolean letGo(final LateLane guest, final long at)
    {
        final NamedHandler<EventHandler> named = guest.handler();
        boolean goesOn = tellLeft(named, at, LeaveReason.ASKED);
        try
        {
            named.handler().onStop(at);
        }
        catch (final Throwable t)
        {
            goesOn = lane.onFault(named.name(), FaultPhase.STOP, at, t);
        }
        lane.drop(named);
        remove(guest);
        guest.left(LeaveReason.ASKED);
        return goesOn;
    }

    /** Tells those that are the lane's that it ends, ahead of their stop. */
    void tellEnd(final LeaveReason reason)
    {
        for (final LateLane guest : all)
        {
            if (guest.isJoined())
            {
                tellLeft(guest.handler(), lane.delivered(guest.handler()), reason);
            }
        }
    }

    /** All were stopped with the lane. */
    void end(final LeaveReason reason)
    {
        for (final LateLane guest : all)
        {
            if (guest.isJoined())
            {
                remove(guest);
                guest.left(reason);
            }
        }
    }

    private boolean tellLeft(final NamedHandler<EventHandler> named, final long last, final LeaveReason reason)
    {
        lane.calls(named);
        if (named.handler() instanceof JoinListener listener)
        {
            try
            {
                listener.onLeft(last, reason);
            }
            catch (final Throwable t)
            {
                return lane.onFault(named.name(), FaultPhase.JOIN, last, t);
            }
        }
        return true;
    }
}
