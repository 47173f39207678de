package io.ringtape.bench.rig;

/**
 * Nothing is timed while assertions are on: Disruptor's own then take a global lock for each claim.
 * <p>
 * Thread safety: stateless.
 * Allocation: none.
 */
public final class Assertions
{
    /** What is said where something was to be timed. */
    public static final String REFUSAL = "assertions are on: nothing is timed under -ea";

    private Assertions()
    {
    }

    /**
     * Looks whether they are.
     *
     * @return true if this JVM has them on.
     */
    public static boolean areOn()
    {
        return Assertions.class.desiredAssertionStatus();
    }

    /**
     * Refuses a JVM with assertions.
     *
     * @throws IllegalStateException if they are on.
     */
    public static void refuse()
    {
        if (areOn())
        {
            throw new IllegalStateException(REFUSAL);
        }
    }
}
