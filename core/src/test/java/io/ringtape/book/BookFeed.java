package io.ringtape.book;

import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import org.agrona.concurrent.UnsafeBuffer;

/** Feeds books with events in the words of a test; its instruments are numbered from 0 and sequences from 0. */
final class BookFeed
{
    static final long ALL = OrderBookEvent.NULL_QUANTITY;
    static final long NO_PRICE = OrderBookEvent.NULL_PRICE;

    private final Definitions definitions = new Definitions();
    private final Books books = new Books(definitions);
    private final OrderBookEvent event =
        new OrderBookEvent().wrap(new UnsafeBuffer(new byte[OrderBookEvent.SIZE_BYTES]), 0);
    private long sequence;
    private int instrumentId;

    BookFeed(final BookKind... kinds)
    {
        for (final BookKind kind : kinds)
        {
            define(kind, 0);
        }
    }

    BookFeed define(final BookKind kind, final int depth)
    {
        final int id = definitions.instrumentCount();
        definitions.add(new InstrumentDefinition(id, "S" + id, 0, -9, 0, kind, depth, 0, 0, 1));
        return this;
    }

    /** The instrument of the events that follow. */
    BookFeed on(final int id)
    {
        instrumentId = id;
        return this;
    }

    BookFeed add(final long id, final int side, final long price, final long quantity)
    {
        return send(EventType.ORDER_ADD, side, id, price, quantity);
    }

    BookFeed modify(final long id, final int side, final long price, final long quantity)
    {
        return send(EventType.ORDER_MODIFY, side, id, price, quantity);
    }

    BookFeed reduce(final long id, final int side, final long price, final long quantity)
    {
        return send(EventType.ORDER_REDUCE, side, id, price, quantity);
    }

    BookFeed delete(final long id, final int side, final long price, final long quantity)
    {
        return send(EventType.ORDER_DELETE, side, id, price, quantity);
    }

    BookFeed execute(final long id, final int side, final long price, final long quantity)
    {
        return send(EventType.ORDER_EXECUTE, side, id, price, quantity);
    }

    BookFeed quote(final int side, final long price, final long quantity)
    {
        return send(EventType.QUOTE, side, 0, price, quantity);
    }

    BookFeed level(final int side, final long price, final long quantity)
    {
        return send(EventType.LEVEL_SET, side, 0, price, quantity);
    }

    BookFeed clear(final int flags)
    {
        return send(EventType.BOOK_CLEAR, flags, 0, NO_PRICE, ALL);
    }

    /** Ends a venue event without a change of the book. */
    BookFeed end()
    {
        return send(EventType.TRADE, EventFlags.LAST, 0, 1, 1);
    }

    BookFeed send(final int type, final int flags, final long id, final long price, final long quantity)
    {
        event.reset().sequence(sequence++).type(type).flags(flags).orderId(id).price(price).quantity(quantity)
            .instrumentId(instrumentId);
        books.onEvent(event);
        return this;
    }

    Books books()
    {
        return books;
    }

    OrderBook book()
    {
        return books.book(instrumentId);
    }

    /** One side as text, best first: price x quantity (orders). */
    String side(final int side)
    {
        final OrderBook book = book();
        final StringBuilder text = new StringBuilder();
        for (int level = 0; level < book.levelCount(side); level++)
        {
            text.append(level == 0 ? "" : " ").append(book.price(side, level)).append('x')
                .append(book.quantity(side, level)).append('(').append(book.orderCount(side, level)).append(')');
        }
        return text.toString();
    }

    /** The orders of a level as text, first in the queue first: id x quantity. */
    String queue(final int side, final int level)
    {
        final OrderBook book = book();
        final StringBuilder text = new StringBuilder();
        for (int order = book.firstOrder(side, level); order != OrderBook.NO_ORDER; order = book.nextOrder(order))
        {
            text.append(text.isEmpty() ? "" : " ").append(book.orderId(order)).append('x')
                .append(book.orderQuantity(order));
        }
        return text.toString();
    }
}
