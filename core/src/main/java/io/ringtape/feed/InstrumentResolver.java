package io.ringtape.feed;

/**
 * Gives the instruments that a decoder comes across their ids, defining those that are new.
 * <p>
 * Thread safety: called on the decoder's thread.
 * Allocation: allowed; a decoder calls once per instrument and symbol.
 */
@FunctionalInterface
public interface InstrumentResolver
{
    /**
     * The id of an instrument; it is defined when this returns.
     *
     * @param symbol            the venue's symbol, not empty.
     * @param venueInstrumentId the venue's own id.
     * @param publisher         the venue's publisher id: the same instrument has one book for each.
     * @return the instrument id of events.
     */
    int instrumentId(String symbol, long venueInstrumentId, int publisher);
}
