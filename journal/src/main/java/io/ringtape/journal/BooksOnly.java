package io.ringtape.journal;

import io.ringtape.book.Books;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Stateful;
import java.util.List;

/**
 * The books of a run, for snapshots that hold nothing else.
 *
 * @param books of the run.
 */
record BooksOnly(Books books) implements SnapshotHandlers
{
    @Override
    public void onEvent(final OrderBookEvent event)
    {
        books.onEvent(event);
    }

    @Override
    public List<Stateful> states()
    {
        return List.of();
    }

    @Override
    public boolean isKept()
    {
        return true;
    }

    @Override
    public void restore(final BookSnapshot snapshot)
    {
        snapshot.restore(books);
    }
}
