package io.ringtape.feed;

import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Runs a LOBSTER decoder over text, and writes events as short lines. */
final class FeedText
{
    private FeedText()
    {
    }

    static UnsafeBuffer buffer(final String text)
    {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** All venue events of a pair, each as the lines of its events. */
    static List<List<String>> lobster(final int depth, final String messages, final String books) throws FeedException
    {
        final List<List<String>> venueEvents = new ArrayList<>();
        lobster(depth, messages, books, venueEvents);
        return venueEvents;
    }

    /** As above, into a list that keeps what came before an error. */
    static void lobster(
        final int depth, final String messages, final String books, final List<List<String>> venueEvents)
        throws FeedException
    {
        final UnsafeBuffer messageBuffer = buffer(messages);
        final UnsafeBuffer bookBuffer = buffer(books);
        final LobsterDecoder decoder = new LobsterDecoder(3, 2, depth, 0);
        final EventBatch batch = new EventBatch(1);
        int message = 0;
        int book = 0;
        while (message < messageBuffer.capacity())
        {
            batch.clear();
            decoder.decode(
                messageBuffer, message, messageBuffer.capacity(), bookBuffer, book, bookBuffer.capacity(), batch);
            message = decoder.messageEnd();
            book = decoder.bookEnd();
            venueEvents.add(lines(batch));
        }
    }

    static List<String> lines(final EventBatch batch)
    {
        final List<String> lines = new ArrayList<>();
        for (int i = 0; i < batch.count(); i++)
        {
            lines.add(line(batch.event(i)));
        }
        return lines;
    }

    /** For example {@code order-add bid 100x5 id=7 source=1 last}, prices in LOBSTER's units. */
    static String line(final OrderBookEvent event)
    {
        final StringBuilder line = new StringBuilder(EventType.name(event.type()));
        line.append(' ').append(Side.name(event.side())).append(' ');
        line.append(event.price() == OrderBookEvent.NULL_PRICE ? "-" : number(event.price())).append('x');
        line.append(event.quantity() == OrderBookEvent.NULL_QUANTITY ? "-" : Long.toString(event.quantity()));
        line.append(" id=").append(event.orderId()).append(" source=").append(event.sourceSequence());
        flag(line, event, EventFlags.SNAPSHOT, "snapshot");
        flag(line, event, EventFlags.WINDOW, "window");
        flag(line, event, EventFlags.BAD_TIME, "bad-time");
        flag(line, event, EventFlags.SUSPECT_BOOK, "suspect");
        flag(line, event, EventFlags.LAST, "last");
        return line.toString();
    }

    private static String number(final long price)
    {
        final long factor = LobsterDecoder.PRICE_FACTOR;
        return price % factor == 0 ? Long.toString(price / factor) : price + "e-9";
    }

    private static void flag(
        final StringBuilder line, final OrderBookEvent event, final int flag, final String name)
    {
        if (event.has(flag))
        {
            line.append(' ').append(name);
        }
    }
}
