package io.ringtape.bus;

/**
 * Is told of lanes that stand still, see {@link EventBusBuilder#stallLimit(long, StallListener)}. A stall is told and
 * not acted upon: what is done about it, up to a halt of the bus, is the listener's.
 * <p>
 * A listener that throws ends the watch; what it threw goes to the uncaught-exception handler of the watchdog's thread.
 * <p>
 * Thread safety: called on the watchdog's thread only.
 * Allocation: told by the implementation; never on the hot path.
 */
@FunctionalInterface
public interface StallListener
{
    /**
     * A lane stands still; told once per stall.
     *
     * @param stall as it was seen.
     */
    void onStall(Stall stall);

    /**
     * The stall is over: the lane moved, or ended. Not told of a stall that lasts until the bus is closed.
     *
     * @param stall the stall as it was told, but with all the time that it took.
     */
    default void onStallEnd(final Stall stall)
    {
    }
}
