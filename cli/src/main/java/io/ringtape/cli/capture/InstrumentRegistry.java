package io.ringtape.cli.capture;

import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.FixedPoint;
import io.ringtape.event.InstrumentDefinition;
import java.util.HashMap;
import java.util.Map;

/**
 * Defines the instruments of captures, each once: files of the same venue that mean the same one share it. Tick, lot
 * and multiplier, which no capture has, are those that the user gives.
 */
final class InstrumentRegistry
{
    private static final int TICK_EXPONENT = -9;

    private final Definitions definitions;
    private final InstrumentTerms terms;
    private final Map<Key, Integer> known = new HashMap<>();

    /** What makes two instruments the same one. */
    record Key(
        String venue,
        int publisher,
        String symbol,
        long venueInstrumentId,
        BookKind kind,
        int depth)
    {
    }

    InstrumentRegistry(final Definitions definitions, final InstrumentTerms terms)
    {
        this.definitions = definitions;
        this.terms = terms;
    }

    int instrumentId(final Key key, final int priceExponent, final int quantityExponent)
    {
        final Integer id = known.get(key);
        if (id != null)
        {
            return id;
        }
        final int next = definitions.instrumentCount();
        final InstrumentTerms.Terms of = terms.of(key.symbol());
        // Exact: captures have prices in 10^-9 and quantities in whole units, as terms have them.
        definitions.add(new InstrumentDefinition(next, key.symbol(), key.venueInstrumentId(), priceExponent,
            quantityExponent, key.kind(), key.depth(), FixedPoint.rescale(of.tickNano(), TICK_EXPONENT, priceExponent),
            FixedPoint.rescale(of.lot(), 0, quantityExponent), of.multiplier()));
        known.put(key, next);
        return next;
    }
}
