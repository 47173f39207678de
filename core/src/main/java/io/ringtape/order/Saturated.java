package io.ringtape.order;

/**
 * Sums that stay at the ends of 64 bits. Hot path.
 * <p>
 * Thread safety: stateless.
 * Allocation: none.
 */
public final class Saturated
{
    private Saturated()
    {
    }

    /**
     * Adds.
     *
     * @param a any value.
     * @param b any value.
     * @return the sum, or the end of 64 bits that it went over.
     */
    public static long add(final long a, final long b)
    {
        final long sum = a + b;
        // Both have the sign that the sum has not: it went over the end that their sign points to.
        return ((a ^ sum) & (b ^ sum)) < 0 ? a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE : sum;
    }
}
