package io.ringtape.event;

/**
 * The side of a book or of an order, as it stands in bits 0 and 1 of the flags.
 * <p>
 * Thread safety: immutable constants.
 * Allocation: none.
 */
public final class Side
{
    /** No side, or both. */
    public static final int NONE = 0;
    /** Buy orders. */
    public static final int BID = 1;
    /** Sell orders. */
    public static final int ASK = 2;

    private Side()
    {
    }

    /**
     * The other side.
     *
     * @param side {@link #BID} or {@link #ASK}.
     * @return the opposite of the side.
     */
    public static int opposite(final int side)
    {
        return 3 - side;
    }

    /**
     * The name of a side, as commands print it.
     *
     * @param side a side.
     * @return {@code bid}, {@code ask} or {@code -}.
     */
    public static String name(final int side)
    {
        return side == BID ? "bid" : side == ASK ? "ask" : "-";
    }
}
