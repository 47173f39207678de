package io.ringtape.bus;

/**
 * What becomes of the events that a lane missed because it was evicted.
 */
interface OverflowAction
{
    /**
     * Deals with missed events and moves the lane's sequence behind them. The lane's gate stands at the last of them
     * already, unless it was evicted again.
     *
     * @param first sequence that was missed.
     * @param last  sequence that was missed, not below the first.
     * @return false if a fault ended the lane.
     */
    boolean missed(long first, long last);
}
