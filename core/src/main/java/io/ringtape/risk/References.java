package io.ringtape.risk;

import io.ringtape.book.OrderBook;
import io.ringtape.event.OrderBookEvent;

/**
 * Reference prices, and how old they are. Hot path.
 * <p>
 * Thread safety: stateless.
 * Allocation: none.
 */
final class References
{
    private static final int BASIS_POINTS = 10_000;

    private References()
    {
    }

    /** The middle of a two-sided book, rounded down, without the sum, which may not fit. */
    static long middle(final OrderBook book)
    {
        final long bid = book.bestBid();
        final long ask = book.bestAsk();
        return (bid & ask) + ((bid ^ ask) >> 1);
    }

    /**
     * The reference price now.
     *
     * @param risk     of the instrument.
     * @param book     of the instrument.
     * @param nowNs    running maximum of receive times.
     * @param maxAgeNs how old it may be.
     * @return in price units; {@link OrderBookEvent#NULL_PRICE} if none is fresh.
     */
    static long fresh(final InstrumentRisk risk, final OrderBook book, final long nowNs, final long maxAgeNs)
    {
        if (isFresh(ageNs(risk.bookTimeNs, nowNs), maxAgeNs) && book.isTwoSided())
        {
            return middle(book);
        }
        return isFresh(ageNs(risk.tradeTimeNs, nowNs), maxAgeNs) ? risk.tradePrice : OrderBookEvent.NULL_PRICE;
    }

    /** How old the youngest reference is; -1 if there was none. */
    static long youngestAgeNs(final InstrumentRisk risk, final OrderBook book, final long nowNs)
    {
        final long tradeAgeNs = ageNs(risk.tradeTimeNs, nowNs);
        final long bookAgeNs = book.isTwoSided() ? ageNs(risk.bookTimeNs, nowNs) : InstrumentRisk.NEVER;
        return bookAgeNs == InstrumentRisk.NEVER || tradeAgeNs == InstrumentRisk.NEVER ?
            Math.max(bookAgeNs, tradeAgeNs) : Math.min(bookAgeNs, tradeAgeNs);
    }

    /** How far a price may lie from a reference. */
    static long collar(final long reference, final int basisPoints)
    {
        final long value = Math.abs(reference);
        return value / BASIS_POINTS * basisPoints + value % BASIS_POINTS * basisPoints / BASIS_POINTS;
    }

    static long distance(final long a, final long b)
    {
        final long difference = Math.max(a, b) - Math.min(a, b);
        return difference < 0 ? Long.MAX_VALUE : difference;
    }

    /** How old something is; {@link InstrumentRisk#NEVER} if it never was. */
    static long ageNs(final long timeNs, final long nowNs)
    {
        return timeNs == InstrumentRisk.NEVER ? InstrumentRisk.NEVER : nowNs - timeNs;
    }

    private static boolean isFresh(final long ageNs, final long maxAgeNs)
    {
        return ageNs != InstrumentRisk.NEVER && ageNs <= maxAgeNs;
    }
}
