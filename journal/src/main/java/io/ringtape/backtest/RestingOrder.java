package io.ringtape.backtest;

import org.jspecify.annotations.Nullable;

/**
 * An own order at the venue. One object is used for many orders, one after the other.
 */
final class RestingOrder
{
    /** What stands ahead of an order at a price that the book does not show. */
    static final long UNKNOWN = Long.MAX_VALUE;

    long clientOrderId;
    long venueOrderId;
    /** The sequence of its {@code OWN_NEW}, which all answers name as their cause. */
    long cause;
    long price;
    long open;
    int side;
    /** Its place among the own orders that were ever at its level, from 1. */
    int tag;
    /** Recorded quantity ahead of it, or {@link #UNKNOWN}. */
    long ahead;
    /** The same when the venue event in hand began. */
    long aheadAtStart;
    @Nullable VenueBook book;
    @Nullable OwnLevel level;

    boolean isUnseen()
    {
        return ahead == UNKNOWN;
    }

    /** What stood ahead of it before anything of the venue event in hand. */
    long aheadOf(final boolean exact)
    {
        return exact ? aheadAtStart : ahead;
    }

    void release()
    {
        book = null;
        level = null;
    }
}
