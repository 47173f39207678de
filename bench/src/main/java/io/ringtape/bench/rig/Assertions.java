package io.ringtape.bench.rig;

/**
 * Nothing is timed while assertions are on: Disruptor's own then take a global lock for each claim.
 * <p>
 * Thread safety: stateless.
 * Allocation: none.
 */
public final class Assertions
{
    private Assertions()
    {
    }

    /**
     * Refuses a JVM with assertions.
     *
     * @throws IllegalStateException if they are on.
     */
    public static void refuse()
    {
        if (Assertions.class.desiredAssertionStatus())
        {
            throw new IllegalStateException("assertions are on: nothing is timed under -ea");
        }
    }
}
