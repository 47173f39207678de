package io.ringtape.bus;

import java.util.Optional;

/**
 * A lane that was attached to a running bus; see {@link EventBus#attach}.
 * <p>
 * Thread safety: any thread.
 * Allocation: none, but for the {@link Optional}s.
 */
public final class Attachment
{
    private final LateLane lane;

    Attachment(final LateLane lane)
    {
        this.lane = lane;
    }

    /**
     * Asks the lane to leave: it does so behind the batch or slice that it is in, tells its handlers, and ends its
     * thread. The other lanes are not touched. To ask again, or a lane that has ended, changes nothing.
     */
    public void leave()
    {
        lane.leave();
    }

    /**
     * How the lane stands; its lag counts from the first event that it is to get, also while it reads the history.
     *
     * @return its status, which goes on changing.
     */
    public LaneStatus status()
    {
        return lane.runner();
    }

    /**
     * The first sequence that the lane gets.
     *
     * @return 0 or more.
     */
    public long firstSequence()
    {
        return lane.firstSequence();
    }

    /**
     * Whether the lane has everything up to the ring, and goes on there.
     *
     * @return false while it still reads the history; true also after it has ended, if it ever was live.
     */
    public boolean isLive()
    {
        return lane.isLive();
    }

    /**
     * Whether the lane has ended: its handlers were told, its name is free again.
     *
     * @return false while it still delivers.
     */
    public boolean hasEnded()
    {
        return lane.hasEnded();
    }

    /**
     * Why the lane has ended, or is about to.
     *
     * @return empty while it goes on.
     */
    public Optional<LeaveReason> reason()
    {
        return Optional.ofNullable(lane.reason());
    }

    /**
     * What the history threw, where that ended the lane; what a handler threw is in the {@link #status()}.
     *
     * @return empty if it threw nothing.
     */
    public Optional<Throwable> cause()
    {
        return Optional.ofNullable(lane.cause());
    }
}
