package io.ringtape.bench.peer;

/**
 * Finds a character in the eight bytes of a word at once.
 * <p>
 * Thread safety: stateless. Allocation: none.
 */
final class WordSearch
{
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = 0x8080_8080_8080_8080L;

    private WordSearch()
    {
    }

    /** The high bit of each byte of a word that is a character; exact, as no carry passes from a byte to the next. */
    static long matches(final long word, final char character)
    {
        final long zeroWhereEqual = word ^ (ONES * character);
        return ~(((zeroWhereEqual & ~HIGHS) + ~HIGHS) | zeroWhereEqual) & HIGHS;
    }

    /** All bits below the lowest one, or all bits if there is none. */
    static long before(final long bits)
    {
        return (bits & -bits) - 1;
    }

    /** Which byte the lowest bit belongs to. */
    static int index(final long bits)
    {
        return Long.numberOfTrailingZeros(bits) >>> 3;
    }
}
