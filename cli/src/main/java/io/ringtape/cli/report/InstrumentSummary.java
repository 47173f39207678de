package io.ringtape.cli.report;

import io.ringtape.event.OrderBookEvent;

/**
 * An instrument at the end of a run.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param instrumentId     of the run.
 * @param symbol           of the venue.
 * @param kind             {@code MBO} or {@code MBP}.
 * @param bestBid          in units of 10^priceExponent, or {@link OrderBookEvent#NULL_PRICE}.
 * @param bestAsk          in units of 10^priceExponent, or {@link OrderBookEvent#NULL_PRICE}.
 * @param priceExponent    -18 to 0.
 * @param bidLevels        0 or more.
 * @param askLevels        0 or more.
 * @param liveOrders       0 or more; 0 on a book by price.
 * @param hasTick          whether its tick size is known.
 */
public record InstrumentSummary(
    int instrumentId, String symbol, String kind, long bestBid, long bestAsk, int priceExponent, int bidLevels,
    int askLevels, long liveOrders, boolean hasTick)
{
}
