package io.ringtape.bus;

import java.util.Optional;

/**
 * How a lane stands.
 * <p>
 * Thread safety: any thread; each value is a moment of its own.
 * Allocation: none, but for {@link #fault()}.
 */
public interface LaneStatus
{
    /**
     * The name of the lane.
     *
     * @return not empty.
     */
    String name();

    /**
     * Where it is in its life.
     *
     * @return the state.
     */
    LaneState state();

    /**
     * The last sequence that all handlers of the lane have seen, as an event, merged into one, or told as shed.
     *
     * @return one below the first sequence if there was none.
     */
    long sequence();

    /**
     * How far the lane is behind: cursor less {@link #sequence()}, 0 where it is ahead of a cursor on its way.
     *
     * @return events, 0 or more.
     */
    long lag();

    /**
     * Calls that {@link FaultPolicy#SKIP} skipped.
     *
     * @return 0 or more.
     */
    long skippedCount();

    /**
     * Events that the lane missed and its handlers were told of, see {@link OverflowPolicy#SHED}.
     *
     * @return 0 or more.
     */
    long shedCount();

    /**
     * Events that a conflater merged, so that they were not delivered themselves, see {@link OverflowPolicy#CONFLATE}.
     *
     * @return 0 or more.
     */
    long conflatedCount();

    /**
     * How often the writer went on without the lane, see {@link OverflowPolicy#SHED} and {@link OverflowPolicy#SPILL};
     * a lane that hangs in a handler shows it before it knows.
     *
     * @return 0 or more.
     */
    long evictionCount();

    /**
     * How often a handler of the lane threw.
     *
     * @return 0 or more.
     */
    long faultCount();

    /**
     * How often the watchdog found that the lane stood still, see
     * {@link EventBusBuilder#stallLimit(long, StallListener)}.
     *
     * @return 0 or more.
     */
    long stallCount();

    /**
     * How often the lane fell behind the ring and went on from the history, see {@link OverflowPolicy#SPILL}; evictions
     * while it is there are not counted again.
     *
     * @return 0 or more.
     */
    long spillCount();

    /**
     * Whether the lane gets its events from the history at the moment: it spilled, or was attached late, and is not
     * live again or yet.
     *
     * @return false if it reads the ring, or has ended.
     */
    boolean isOnTape();

    /**
     * The latest fault of a handler of the lane.
     *
     * @return empty if none threw.
     */
    Optional<Fault> fault();
}
