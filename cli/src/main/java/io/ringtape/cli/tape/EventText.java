package io.ringtape.cli.tape;

import io.ringtape.cli.output.Formats;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.VenueEvents;

/**
 * The fields of an event as text.
 */
final class EventText
{
    private static final String[] FLAG_NAMES = {
        "last", "snapshot", "bad-time", "suspect-book", "own", "window", "not-printable", "maker"};

    private EventText()
    {
    }

    /**
     * The flags by name, the side not among them.
     *
     * @param flags     of an event.
     * @param separator between two names.
     * @return empty without flags.
     */
    static String flags(final int flags, final String separator)
    {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < FLAG_NAMES.length; i++)
        {
            if ((flags & EventFlags.LAST << i) != 0)
            {
                text.append(text.isEmpty() ? "" : separator).append(FLAG_NAMES[i]);
            }
        }
        return text.toString();
    }

    /**
     * The symbol of an event's instrument.
     *
     * @return {@code instrument N} if the tape does not define it; {@link Formats#NONE} for what is about none.
     */
    static String symbol(final OrderBookEvent event, final Definitions definitions)
    {
        return isAboutNone(event) ? Formats.NONE : symbol(event.instrumentId(), definitions);
    }

    static String symbol(final int instrumentId, final Definitions definitions)
    {
        return isDefined(instrumentId, definitions) ? definitions.instrument(instrumentId).symbol() :
            "instrument " + instrumentId;
    }

    /**
     * The name of an event's source.
     *
     * @return {@code source N} if the tape does not define it; {@link Formats#NONE} for a control from outside, and for
     *     a heartbeat of the writer, whose source id 0 is no feed's.
     */
    static String source(final OrderBookEvent event, final Definitions definitions)
    {
        final boolean fromOutside = event.type() == EventType.CONTROL && !event.has(EventFlags.OWN);
        return fromOutside || VenueEvents.isWritersHeartbeat(event) ? Formats.NONE :
            source(event.sourceId(), definitions);
    }

    static String source(final long id, final Definitions definitions)
    {
        return id >= 0 && id < definitions.sourceCount() ? definitions.source((int)id).name() : "source " + id;
    }

    /** The number that an event has of its source; {@link Formats#NONE} for a heartbeat of the writer. */
    static String sourceSequence(final OrderBookEvent event)
    {
        return VenueEvents.isWritersHeartbeat(event) ? Formats.NONE : Long.toString(event.sourceSequence());
    }

    static String price(final OrderBookEvent event, final Definitions definitions)
    {
        if (EventWords.replaceFields(event.type()) || event.type() == EventType.TRADING_STATUS)
        {
            return event.price() == OrderBookEvent.NULL_PRICE ? Formats.NONE : Long.toString(event.price());
        }
        final int id = event.instrumentId();
        final int exponent = isDefined(id, definitions) ? definitions.instrument(id).priceExponent() :
            InstrumentDefinition.DEFAULT_PRICE_EXPONENT;
        return Formats.price(event.price(), exponent);
    }

    static String quantity(final OrderBookEvent event, final Definitions definitions)
    {
        final int id = event.instrumentId();
        final boolean isScaled = !isAboutNone(event) && isDefined(id, definitions);
        return Formats.quantity(event.quantity(), isScaled ? definitions.instrument(id).quantityExponent() : 0);
    }

    private static boolean isAboutNone(final OrderBookEvent event)
    {
        final int type = event.type();
        return EventWords.replaceFields(type) || type == EventType.GAP || type == EventType.RECOVERED ||
            VenueEvents.isWritersHeartbeat(event);
    }

    private static boolean isDefined(final int instrumentId, final Definitions definitions)
    {
        return instrumentId >= 0 && instrumentId < definitions.instrumentCount();
    }
}
