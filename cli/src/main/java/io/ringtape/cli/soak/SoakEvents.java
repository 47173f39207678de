package io.ringtape.cli.soak;

import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventLayout;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.SourceDefinition;

/**
 * The events of a soak: each word is a function of the source and of the event's number there, so that an event of
 * which a part is another's is seen. The writer's own number is the sequence; a publisher counts its events from 0.
 */
final class SoakEvents
{
    /** The source that writes into the ring itself. */
    static final int WRITER = 0;
    /** The writer and the publishers. */
    static final int SOURCES = 4;
    static final int INSTRUMENTS = 16;

    private static final long START_NS = 1_700_000_000_000_000_000L;
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;
    private static final long PATTERN = 0x5555_AAAA_3333_CCCCL;
    private static final int TRADE_SHARE = 3;
    private static final int INSTRUMENT_SHIFT = 8;

    private SoakEvents()
    {
    }

    static void fill(final OrderBookEvent event, final int source, final long number)
    {
        final long mixed = mix(number * SOURCES + source);
        event.set(START_NS + number, START_NS + number, mixed, Long.rotateLeft(mixed, 13), mixed ^ PATTERN, number,
            tail(mixed, source));
    }

    /**
     * Whether all words of an event belong together, the sequence too where the writer chose it.
     */
    static boolean isRight(final OrderBookEvent event)
    {
        final int source = event.sourceId();
        final long number = event.sourceSequence();
        final long mixed = mix(number * SOURCES + source);
        return event.eventTimeNs() == START_NS + number && event.receiveTimeNs() == START_NS + number &&
            event.orderId() == mixed && event.price() == Long.rotateLeft(mixed, 13) &&
            event.quantity() == (mixed ^ PATTERN) && event.word(7) == tail(mixed, source) &&
            (source != WRITER || event.sequence() == number);
    }

    static Definitions definitions()
    {
        final Definitions definitions = new Definitions();
        for (int id = 0; id < INSTRUMENTS; id++)
        {
            definitions.add(new InstrumentDefinition(id, "SOAK" + id, id + 1, -9, 0, BookKind.MBP, 0, 1, 1, 1));
        }
        for (int id = 0; id < SOURCES; id++)
        {
            definitions.add(
                new SourceDefinition(id, SourceDefinition.Kind.FEED, id == WRITER ? "writer" : "inbox" + id, id, 0, 0));
        }
        return definitions;
    }

    // One in four is a trade, which no lane merges; the others are quotes.
    private static long tail(final long mixed, final int source)
    {
        final int type = (mixed & TRADE_SHARE) == 0 ? EventType.TRADE : EventType.QUOTE;
        return EventLayout.tail((int)(mixed >>> INSTRUMENT_SHIFT) & INSTRUMENTS - 1, type, source, 0);
    }

    private static long mix(final long value)
    {
        final long mixed = value * MULTIPLIER;
        return mixed ^ (mixed >>> 32);
    }
}
