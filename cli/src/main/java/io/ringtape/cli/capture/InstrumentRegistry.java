package io.ringtape.cli.capture;

import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.InstrumentDefinition;
import java.util.HashMap;
import java.util.Map;

/**
 * Defines the instruments of captures, each once: files of the same venue that mean the same one share it.
 */
final class InstrumentRegistry
{
    private final Definitions definitions;
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

    InstrumentRegistry(final Definitions definitions)
    {
        this.definitions = definitions;
    }

    int instrumentId(final Key key, final int priceExponent, final int quantityExponent)
    {
        final Integer id = known.get(key);
        if (id != null)
        {
            return id;
        }
        final int next = definitions.instrumentCount();
        definitions.add(new InstrumentDefinition(next, key.symbol(), key.venueInstrumentId(), priceExponent,
            quantityExponent, key.kind(), key.depth(), 0, 0, 1));
        known.put(key, next);
        return next;
    }
}
