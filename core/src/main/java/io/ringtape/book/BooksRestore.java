package io.ringtape.book;

import io.ringtape.event.BookKind;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads the bytes of a {@link BooksSnapshot} once, into books. No count is believed: each is read on only while there
 * are bytes, so that what is made never takes much more room than the bytes have.
 */
final class BooksRestore
{
    private final ByteBuffer in;
    private final Books books;

    BooksRestore(final ByteBuffer source, final Books books)
    {
        this.in = source.slice().order(ByteOrder.LITTLE_ENDIAN);
        this.books = books;
    }

    /**
     * Reads all.
     *
     * @throws IllegalArgumentException if the bytes make no sense; the books are then of no use.
     */
    void run()
    {
        try
        {
            require(books.counters().read(in), "counters make no sense");
            final short suspect = in.getShort();
            require((suspect & ~1) == 0, "books that are not there make no sense");
            books.startRestore(suspect == 1);
            final int count = in.getInt();
            require(count >= 0 && count <= books.definitions().instrumentCount(), "count of books is out of range");
            int before = -1;
            for (int i = 0; i < count; i++)
            {
                before = book(before);
            }
        }
        catch (final BufferUnderflowException e)
        {
            throw new IllegalArgumentException("snapshot of books ends early: bytes=" + in.limit(), e);
        }
        require(!in.hasRemaining(), "something follows the last book");
    }

    private int book(final int before)
    {
        final int id = in.getInt();
        final byte kind = in.get();
        final byte suspect = in.get();
        final short zero = in.getShort();
        final int bidCount = in.getInt();
        final int askCount = in.getInt();
        require(id > before, "books are not in order");
        final Book book = books.find(id);
        if (book == null)
        {
            throw wrong("instrument is not defined");
        }
        require(kind == (book.kind() == BookKind.MBO ? BooksSnapshot.MBO : BooksSnapshot.MBP),
            "kind of a book is another one");
        require((suspect & ~1) == 0 && zero == 0 && bidCount >= 0 && askCount >= 0, "head of a book makes no sense");
        book.startRestore(suspect == 1);
        side(book, Side.BID, bidCount);
        side(book, Side.ASK, askCount);
        return id;
    }

    private void side(final Book book, final int side, final int count)
    {
        final PriceLadder ladder = book.ladder(side);
        for (int i = 0; i < count; i++)
        {
            final long price = in.getLong();
            require(price != OrderBookEvent.NULL_PRICE && ladder.find(price) == ~i, "levels are not in order");
            if (book instanceof MboBook byOrder)
            {
                orders(byOrder, side, price);
            }
            else
            {
                final long quantity = in.getLong();
                require(quantity > 0, "quantity is out of range");
                ladder.insert(i, price, quantity);
            }
        }
    }

    private void orders(final MboBook book, final int side, final long price)
    {
        final long count = in.getLong();
        require(count > 0, "level has no order");
        for (long i = 0; i < count; i++)
        {
            final long id = in.getLong();
            final long quantity = in.getLong();
            require(quantity > 0 && book.restore(side, price, id, quantity), "order does not fit its book");
        }
    }

    private void require(final boolean isRight, final String what)
    {
        if (!isRight)
        {
            throw wrong(what);
        }
    }

    private IllegalArgumentException wrong(final String what)
    {
        return new IllegalArgumentException(
            "snapshot of books makes no sense, " + what + ": position=" + in.position());
    }
}
