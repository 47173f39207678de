package io.ringtape.bench.peer;

import io.ringtape.book.Books;
import io.ringtape.book.OrderBook;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Our books.
 * <p>
 * Thread safety: one thread owns it. Allocation: none in a run once the books are warm.
 */
final class RingtapeBook extends BookBlocks
{
    private final OrderBookEvent event = new OrderBookEvent();
    private final BookStream.Source source;
    private Definitions definitions = new Definitions();
    private Books books = new Books(definitions);

    RingtapeBook(final BookStream.Source source)
    {
        super(source);
        this.source = source;
    }

    @Override
    void reset(final BookStream from)
    {
        if (definitions != from.definitions())
        {
            definitions = from.definitions();
            books = new Books(definitions);
        }
        final EventBatch clear = new EventBatch(1);
        clear.append().type(EventType.BOOK_CLEAR);
        for (int id = 0; id < definitions.instrumentCount(); id++)
        {
            books.onEvent(clear.event(0).instrumentId(id));
        }
        for (int i = 0; i < from.start().count(); i++)
        {
            books.onEvent(from.start().event(i));
        }
    }

    @Override
    long apply(final UnsafeBuffer events, final int from, final int to)
    {
        final OrderBookEvent current = event;
        final Books all = books;
        long added = 0;
        for (int i = from; i < to; i++)
        {
            current.wrap(events, i * Work.EVENT_BYTES);
            all.onEvent(current);
            final OrderBook book = all.book(current.instrumentId());
            added += BookStream.top(book.bestBid(), book.bestAsk(), i);
        }
        return added;
    }

    @Override
    long levels()
    {
        if (books.refusedEvents() != 0)
        {
            throw new IllegalStateException("book refused an event: " + books.firstRefusal().orElse(""));
        }
        long added = 0;
        for (int id = 0; id < definitions.instrumentCount(); id++)
        {
            added += side(books.book(id), Side.BID) + side(books.book(id), Side.ASK);
        }
        return added;
    }

    private static long side(final OrderBook book, final int side)
    {
        long added = 0;
        for (int i = 0; i < book.levelCount(side); i++)
        {
            final int order = book.firstOrder(side, i);
            final long first = order == OrderBook.NO_ORDER ? BookStream.NO_ORDER : book.orderId(order);
            added += BookStream.level(
                side, i, book.price(side, i), book.quantity(side, i), book.orderCount(side, i), first);
        }
        return added;
    }

    @Override
    BookBlocks other()
    {
        return new NaiveBook(source);
    }
}
