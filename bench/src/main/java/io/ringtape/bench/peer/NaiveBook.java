package io.ringtape.bench.peer;

import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Books as one writes them first: a {@link java.util.TreeMap} of levels a side, a {@link java.util.HashMap} of orders.
 * <p>
 * Thread safety: one thread owns it. Allocation: objects for orders, levels and their numbers.
 */
final class NaiveBook extends BookBlocks
{
    private final OrderBookEvent event = new OrderBookEvent();
    private final BookStream.Source source;
    private TreeBook[] books = new TreeBook[0];

    NaiveBook(final BookStream.Source source)
    {
        super(source);
        this.source = source;
    }

    @Override
    void reset(final BookStream from)
    {
        final Definitions definitions = from.definitions();
        books = new TreeBook[definitions.instrumentCount()];
        for (int id = 0; id < books.length; id++)
        {
            books[id] = new TreeBook(definitions.instrument(id).bookKind() == BookKind.MBO);
        }
        apply(from.start().buffer(), 0, from.start().count());
    }

    @Override
    long apply(final UnsafeBuffer events, final int from, final int to)
    {
        final OrderBookEvent current = event;
        final TreeBook[] all = books;
        long added = 0;
        for (int i = from; i < to; i++)
        {
            current.wrap(events, i * Work.EVENT_BYTES);
            final TreeBook book = all[current.instrumentId()];
            book.onEvent(current);
            added += BookStream.top(book.side(Side.BID).best(), book.side(Side.ASK).best(), i);
        }
        return added;
    }

    @Override
    long levels()
    {
        long added = 0;
        for (final TreeBook book : books)
        {
            added += book.side(Side.BID).sum() + book.side(Side.ASK).sum();
        }
        return added;
    }

    @Override
    BookBlocks other()
    {
        return new RingtapeBook(source);
    }
}
