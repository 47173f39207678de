package io.ringtape.cli.capture;

import java.util.Map;
import java.util.Optional;

/**
 * What a user says of instruments whose captures do not: tick, lot and multiplier, by symbol.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param named  by symbol, of whatever venue.
 * @param others of all that are not named; empty if nothing is known of those.
 */
public record InstrumentTerms(Map<String, Terms> named, Optional<Terms> others)
{
    /** Nothing is known of any instrument. */
    public static final InstrumentTerms NONE = new InstrumentTerms(Map.of(), Optional.empty());

    /**
     * What is known of one instrument.
     * <p>
     * Thread safety: immutable.
     * Allocation: none.
     *
     * @param tickNano   least price step in 10^-9 of the currency; 0 = unknown.
     * @param lot        least quantity step in whole units; 0 = unknown.
     * @param multiplier notional = price x quantity x multiplier; at least 1.
     */
    public record Terms(long tickNano, long lot, long multiplier)
    {
        static final Terms UNKNOWN = new Terms(0, 0, 1);
    }

    /**
     * Makes the map its own.
     */
    public InstrumentTerms
    {
        named = Map.copyOf(named);
    }

    /**
     * Whether an instrument has an entry, its own or that of all others.
     *
     * @param symbol of the instrument.
     * @return false if nothing is known of it.
     */
    public boolean covers(final String symbol)
    {
        return others.isPresent() || named.containsKey(symbol);
    }

    Terms of(final String symbol)
    {
        return named.getOrDefault(symbol, others.orElse(Terms.UNKNOWN));
    }
}
