package io.ringtape.event;

import java.util.Objects;

/**
 * What an instrument id means.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param instrumentId      dense from 0 in order of definition.
 * @param symbol            the venue's symbol, not empty.
 * @param venueInstrumentId the venue's own id; 0 where it has none.
 * @param priceExponent     prices are in units of 10^priceExponent, -18 to 0.
 * @param quantityExponent  quantities are in units of 10^quantityExponent, -18 to 0.
 * @param bookKind          by order or by price.
 * @param depth             levels that the source shows on a side; 0 = all.
 * @param tickSize          least price step in price units; 0 = unknown.
 * @param lotSize           least quantity step in quantity units; 0 = unknown.
 * @param multiplier        notional = price x quantity x multiplier; at least 1.
 */
public record InstrumentDefinition(
    int instrumentId,
    String symbol,
    long venueInstrumentId,
    int priceExponent,
    int quantityExponent,
    BookKind bookKind,
    int depth,
    long tickSize,
    long lotSize,
    long multiplier)
{
    /** The usual price exponent: units of 1e-9. */
    public static final int DEFAULT_PRICE_EXPONENT = -9;

    /**
     * Checks the fields.
     *
     * @throws IllegalArgumentException if a field is out of its range; the message names it.
     */
    public InstrumentDefinition
    {
        Objects.requireNonNull(bookKind, "bookKind");
        if (symbol.isEmpty())
        {
            throw new IllegalArgumentException("symbol must not be empty: instrumentId=" + instrumentId);
        }
        requireRange("instrumentId", instrumentId, 0, Integer.MAX_VALUE);
        requireRange("priceExponent", priceExponent, -18, 0);
        requireRange("quantityExponent", quantityExponent, -18, 0);
        requireRange("depth", depth, 0, 65_534);
        requireRange("tickSize", tickSize, 0, Long.MAX_VALUE);
        requireRange("lotSize", lotSize, 0, Long.MAX_VALUE);
        requireRange("multiplier", multiplier, 1, Long.MAX_VALUE);
    }

    private static void requireRange(final String field, final long value, final long min, final long max)
    {
        if (value < min || value > max)
        {
            throw new IllegalArgumentException(
                field + " must be " + min + " to " + max + ": " + field + "=" + value);
        }
    }
}
