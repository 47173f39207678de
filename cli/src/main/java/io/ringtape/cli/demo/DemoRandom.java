package io.ringtape.cli.demo;

/**
 * SplitMix64: the same numbers from the same seed on every JDK. Hot path.
 * <p>
 * Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
 * <p>
 * Thread safety: none.
 * Allocation: none.
 */
final class DemoRandom
{
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    DemoRandom(final long seed)
    {
        state = seed;
    }

    /**
     * The next 64 random bits.
     *
     * @return any value.
     */
    long next()
    {
        state += GAMMA;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /**
     * A number below a bound from the high 32 bits of a random number.
     *
     * @param bits  from {@link #next()}.
     * @param bound above 0.
     * @return 0 to bound - 1.
     */
    static int below(final long bits, final int bound)
    {
        return (int)(((bits >>> 32) * bound) >>> 32);
    }
}
