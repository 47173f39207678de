package io.ringtape.bus;

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

    void idle()
    {
        if (this == SPIN)
        {
            Thread.onSpinWait();
        }
        else
        {
            Thread.yield();
        }
    }
}
