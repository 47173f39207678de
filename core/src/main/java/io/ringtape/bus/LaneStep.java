package io.ringtape.bus;

/**
 * What a lane does with the events that it may read.
 */
interface LaneStep
{
    /**
     * Takes events and moves the lane's sequence, as far as it got.
     *
     * @param first sequence, one behind the lane's.
     * @param last  sequence that may be read, not below the first.
     * @return false if a fault ended the lane.
     */
    boolean deliver(long first, long last);

    /**
     * Whether nothing more comes for the lane but by its barrier.
     *
     * @return false if it still waits for another lane.
     */
    default boolean isQuiet()
    {
        return true;
    }

    /**
     * Gives back what is held beside the ring, on the thread of the lane when it ends.
     */
    default void end()
    {
    }
}
