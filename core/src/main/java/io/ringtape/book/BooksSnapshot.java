package io.ringtape.book;

import io.ringtape.event.BookKind;
import io.ringtape.event.Side;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * All that {@link Books} know, as bytes: each order in the queue of its level, each level, whether a book is suspect,
 * and the counters. Books that are restored from it go on as those that were written would have: the same levels,
 * queues, counters and hash after the same events. Only the handles of orders are others.
 * <p>
 * The bytes are little-endian, whatever order the buffer has; {@code docs/tape-format.md} says each of them. Equal
 * books have equal bytes.
 * <p>
 * Thread safety: stateless; the books belong to the calling thread.
 * Allocation: on each call.
 */
public final class BooksSnapshot
{
    static final int HEAD_BYTES = 120;
    static final int BOOK_BYTES = 16;
    /** A level, and an order too. */
    static final int ENTRY_BYTES = 16;
    static final byte MBO = 1;
    static final byte MBP = 2;

    private BooksSnapshot()
    {
    }

    /**
     * How many bytes books take.
     *
     * @param books to be written.
     * @return above 0; it may be more than a buffer can have.
     */
    public static long sizeBytes(final Books books)
    {
        long size = HEAD_BYTES;
        for (int id = 0; id < books.slotCount(); id++)
        {
            final Book book = books.opened(id);
            if (book != null)
            {
                final long levels = (long)book.levelCount(Side.BID) + book.levelCount(Side.ASK);
                size += BOOK_BYTES + (levels + book.liveOrders()) * ENTRY_BYTES;
            }
        }
        return size;
    }

    /**
     * Writes books at the position of a buffer, which is moved behind them.
     *
     * @param books  to write.
     * @param target with room for {@link #sizeBytes(Books)}.
     * @throws java.nio.BufferOverflowException if it has not; what was written is of no use.
     */
    public static void write(final Books books, final ByteBuffer target)
    {
        final ByteBuffer out = target.slice().order(ByteOrder.LITTLE_ENDIAN);
        books.counters().write(out);
        out.putShort((short)(books.opensSuspect() ? 1 : 0));
        int count = 0;
        for (int id = 0; id < books.slotCount(); id++)
        {
            count += books.opened(id) == null ? 0 : 1;
        }
        out.putInt(count);
        for (int id = 0; id < books.slotCount(); id++)
        {
            final Book book = books.opened(id);
            if (book != null)
            {
                write(book, out);
            }
        }
        target.position(target.position() + out.position());
    }

    /**
     * Makes books what they were when they were written. Books of instruments that the bytes do not name become empty;
     * an {@link OrderBook} that was got before stays the book of its instrument. The bytes are believed nothing: what
     * is wrong with them is found before the books are touched.
     *
     * @param source   that holds what was written, from its position to its limit, and nothing else; both stay.
     * @param bookHash that the books had.
     * @param into     books whose definitions have all the instruments that the bytes name.
     * @throws IllegalArgumentException if the bytes make no sense, do not fit the definitions, or have another hash;
     *     the books are then as they were.
     */
    public static void restore(final ByteBuffer source, final long bookHash, final Books into)
    {
        final Books trial = new Books(into.definitions());
        new BooksRestore(source, trial).run();
        if (trial.bookHash() != bookHash)
        {
            throw new IllegalArgumentException("snapshot of books has another hash");
        }
        new BooksRestore(source, into).run();
    }

    private static void write(final Book book, final ByteBuffer out)
    {
        out.putInt(book.instrumentId()).put(book.kind() == BookKind.MBO ? MBO : MBP)
            .put((byte)(book.isSuspect() ? 1 : 0)).putShort((short)0)
            .putInt(book.levelCount(Side.BID)).putInt(book.levelCount(Side.ASK));
        write(book, Side.BID, out);
        write(book, Side.ASK, out);
    }

    // The best last, as the ladder has it: each is then added at its end.
    private static void write(final Book book, final int side, final ByteBuffer out)
    {
        for (int level = book.levelCount(side) - 1; level >= 0; level--)
        {
            out.putLong(book.price(side, level));
            if (book.kind() == BookKind.MBP)
            {
                out.putLong(book.quantity(side, level));
                continue;
            }
            out.putLong(book.orderCount(side, level));
            for (int order = book.firstOrder(side, level); order != OrderBook.NO_ORDER; order = book.nextOrder(order))
            {
                out.putLong(book.orderId(order)).putLong(book.orderQuantity(order));
            }
        }
    }
}
