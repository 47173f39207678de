package io.ringtape.risk;

import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;

/**
 * What one account has of one instrument, as the gate counts it. Amounts are in 10^-9 of the instrument's currency.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param account        of the strategies.
 * @param instrument     that it has an order, a fill or an opening position of.
 * @param quantity       above 0 long, below 0 short, in quantity units of the instrument.
 * @param averagePrice   of what is open, rounded down to the instrument's price unit;
 *                       {@link OrderBookEvent#NULL_PRICE} if nothing is.
 * @param mark           that it is valued at; {@link OrderBookEvent#NULL_PRICE} if there is none.
 * @param realisedNano   of this run, without fees.
 * @param feesNano       of this run.
 * @param unrealisedNano at the mark.
 * @param dayNano        won since the UTC day began, with fees, as the daily loss counts it; below 0 for a loss.
 * @param isKnown        false behind a fill that cannot be valued: then quantity and mark alone count.
 */
public record Holding(
    int account, InstrumentDefinition instrument, long quantity, long averagePrice, long mark, long realisedNano,
    long feesNano, long unrealisedNano, long dayNano, boolean isKnown)
{
}
