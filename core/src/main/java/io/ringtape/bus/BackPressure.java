package io.ringtape.bus;

import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * What an offer does that finds no room. None of them parks.
 * <p>
 * Thread safety: immutable.
 * Allocation: none.
 */
public enum BackPressure
{
    /** Answers full at once: the publisher decides, and a handler may offer. */
    FAIL,
    /** Spins until there is room or the bus ends; for publishers with a processor of their own. */
    SPIN,
    /** Yields the processor until there is room or the bus ends. */
    YIELD;

    boolean waits()
    {
        return this != FAIL;
    }

    // Strategies without a state: publishers share them.
    void idle()
    {
        if (this == SPIN)
        {
            BusySpinIdleStrategy.INSTANCE.idle();
        }
        else
        {
            YieldingIdleStrategy.INSTANCE.idle();
        }
    }
}
