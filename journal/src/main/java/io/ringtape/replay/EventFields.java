package io.ringtape.replay;

import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;

/**
 * Names and prints the fields of two events that differ.
 */
final class EventFields
{
    private static final String[] WORDS = {
        "sequence", "eventTimeNs", "receiveTimeNs", "orderId", "price", "quantity", "sourceSequence"};

    private EventFields()
    {
    }

    /**
     * Finds the first field behind the sequence that differs; the type first, because it gives the others their
     * meaning.
     *
     * @param recorded on tape.
     * @param replayed made now; differs from the recorded one.
     * @param handler  that made it.
     * @return the difference.
     */
    static Difference firstDifference(
        final OrderBookEvent recorded, final OrderBookEvent replayed, final String handler)
    {
        final long sequence = recorded.sequence();
        if (recorded.type() != replayed.type())
        {
            return new Difference(
                sequence, handler, "type", EventType.name(recorded.type()), EventType.name(replayed.type()));
        }
        for (int i = 1; i < WORDS.length; i++)
        {
            if (recorded.word(i) != replayed.word(i))
            {
                final String field = recorded.type() == EventType.DETAIL ? "detail" + (i - 1) : WORDS[i];
                return difference(sequence, handler, field, recorded.word(i), replayed.word(i));
            }
        }
        if (recorded.instrumentId() != replayed.instrumentId())
        {
            return difference(
                sequence, handler, "instrumentId", recorded.instrumentId(), replayed.instrumentId());
        }
        if (recorded.sourceId() != replayed.sourceId())
        {
            return difference(sequence, handler, "sourceId", recorded.sourceId(), replayed.sourceId());
        }
        return difference(sequence, handler, "flags", recorded.flags(), replayed.flags());
    }

    private static Difference difference(
        final long sequence, final String handler, final String field, final long recorded, final long replayed)
    {
        return new Difference(sequence, handler, field, Long.toString(recorded), Long.toString(replayed));
    }
}
