package io.ringtape.book;

import static io.ringtape.event.Side.ASK;
import static io.ringtape.event.Side.BID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.BookKind;
import io.ringtape.event.OrderBookEvent;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class BooksSnapshotTest
{
    private static final int BOOK = BooksSnapshot.HEAD_BYTES;
    private static final int BID_LEVEL = BOOK + BooksSnapshot.BOOK_BYTES;

    private final BookFeed feed = new BookFeed(BookKind.MBO, BookKind.MBP);

    @Test
    void shouldWriteEachByteAsTheFormatSays()
    {
        feed.add(7, BID, 99, 5).add(8, BID, 100, 1).add(9, BID, 100, 2).add(10, ASK, 101, 4).quote(BID, 1, 1).end();
        feed.on(1).level(ASK, 55, 6);

        final ByteBuffer bytes = bytes();

        assertEquals(List.of(0L, 0L, 0L, 1L, 1L, 0L), longs(bytes, 6));
        assertEquals(4, bytes.getLong());
        bytes.position(112);
        assertEquals(List.of(7, 0, 2), List.of((int)bytes.getShort(), (int)bytes.getShort(), bytes.getInt()));
        assertEquals(List.of(0, 1, 2, 1), List.of(bytes.getInt(), bytes.getInt(), bytes.getInt(), bytes.getInt()));
        // Bids from below, asks from above, each order in its queue.
        assertEquals(List.of(99L, 1L, 7L, 5L, 100L, 2L, 8L, 1L, 9L, 2L, 101L, 1L, 10L, 4L), longs(bytes, 14));
        assertEquals(List.of(1, 2, 0, 1), List.of(bytes.getInt(), bytes.getInt(), bytes.getInt(), bytes.getInt()));
        assertEquals(List.of(55L, 6L), longs(bytes, 2));
        assertEquals(0, bytes.remaining());
    }

    @Test
    void shouldSayWhichReasonWasTheFirst()
    {
        final List<Consumer<BookFeed>> refused = List.of(
            (to) -> to.on(9).add(1, BID, 1, 1), (to) -> to.add(1, 0, 1, 1),
            (to) -> to.add(1, BID, BookFeed.NO_PRICE, 1),
            (to) -> to.add(1, BID, 1, BookFeed.ALL), (to) -> to.add(1, BID, 1, -1),
            (to) -> to.add(1, BID, 1, Long.MAX_VALUE).add(2, BID, 1, 1), (to) -> to.level(BID, 1, 1),
            (to) -> to.on(1).modify(1, BID, 1, 1));
        final List<Optional<String>> expected = new ArrayList<>();
        final List<Optional<String>> restored = new ArrayList<>();

        for (final Consumer<BookFeed> one : refused)
        {
            final BookFeed from = new BookFeed(BookKind.MBO, BookKind.MBP);
            final BookFeed to = new BookFeed(BookKind.MBO, BookKind.MBP);
            one.accept(from);
            BooksSnapshot.restore(bytes(from), from.books().bookHash(), to.books());
            expected.add(from.books().firstRefusal());
            restored.add(to.books().firstRefusal());
        }

        assertEquals(8, expected.stream().distinct().filter(Optional::isPresent).count());
        assertEquals(expected, restored);
    }

    @Test
    void shouldKeepBooksSuspectThatAreNotThereYet()
    {
        final BookFeed from = new BookFeed(BookKind.MBO, BookKind.MBP).add(7, BID, 99, 5);
        from.books().markSuspect();
        final BookFeed to = new BookFeed(BookKind.MBO, BookKind.MBP).add(8, BID, 98, 5);
        final OrderBook held = to.book();

        BooksSnapshot.restore(bytes(from), from.books().bookHash(), to.books());

        assertEquals("99x5(1)", to.side(BID));
        assertTrue(held.isSuspect());
        assertTrue(to.on(1).book().isSuspect());
        to.clear(0);
        assertFalse(to.book().isSuspect());
    }

    @Test
    void shouldRefuseWhatMakesNoSense()
    {
        feed.add(7, BID, 99, 5).add(8, BID, 100, 1).add(9, BID, 100, 2);
        final String wrong = "snapshot of books makes no sense, ";

        refuse(wrong + "counters make no sense: position=114", (bytes) -> bytes.putLong(0, -1));
        refuse(wrong + "counters make no sense: position=114", (bytes) -> bytes.putShort(112, (short)1));
        refuse(wrong + "books that are not there make no sense: position=116",
            (bytes) -> bytes.putShort(114, (short)2));
        refuse(wrong + "count of books is out of range: position=120", (bytes) -> bytes.putInt(116, 3));
        refuse(wrong + "count of books is out of range: position=120", (bytes) -> bytes.putInt(116, -1));
        refuse(wrong + "books are not in order: position=136", (bytes) -> bytes.putInt(BOOK, -1));
        refuse(wrong + "instrument is not defined: position=136", (bytes) -> bytes.putInt(BOOK, 2));
        refuse(wrong + "kind of a book is another one: position=136", (bytes) -> bytes.putInt(BOOK, 1));
        refuse(wrong + "head of a book makes no sense: position=136", (bytes) -> bytes.put(BOOK + 5, (byte)2));
        refuse(wrong + "head of a book makes no sense: position=136", (bytes) -> bytes.putShort(BOOK + 6, (short)1));
        refuse(wrong + "head of a book makes no sense: position=136", (bytes) -> bytes.putInt(BOOK + 8, -1));
        refuse(wrong + "levels are not in order: position=144",
            (bytes) -> bytes.putLong(BID_LEVEL, OrderBookEvent.NULL_PRICE));
        refuse(wrong + "levels are not in order: position=176", (bytes) -> bytes.putLong(BID_LEVEL + 32, 98));
        refuse(wrong + "level has no order: position=152", (bytes) -> bytes.putLong(BID_LEVEL + 8, 0));
        refuse(wrong + "order does not fit its book: position=168", (bytes) -> bytes.putLong(BID_LEVEL + 24, 0));
        refuse(wrong + "order does not fit its book: position=200", (bytes) -> bytes.putLong(BID_LEVEL + 48, 7));
        refuse(wrong + "order does not fit its book: position=216",
            (bytes) -> bytes.putLong(BID_LEVEL + 72, Long.MAX_VALUE));
        refuse(wrong + "something follows the last book: position=120", (bytes) -> bytes.putInt(116, 0));
        refuse("snapshot of books ends early: bytes=216",
            (bytes) -> bytes.putLong(BID_LEVEL + 40, Integer.MAX_VALUE));
        refuse("snapshot of books ends early: bytes=216", (bytes) -> bytes.putInt(BOOK + 12, Integer.MAX_VALUE));
        refuse("snapshot of books has another hash", (bytes) -> bytes.putLong(BID_LEVEL + 24, 6));
    }

    @Test
    void shouldRefuseALevelWithoutQuantity()
    {
        feed.on(1).level(BID, 55, 6);

        refuse("snapshot of books makes no sense, quantity is out of range: position=152",
            (bytes) -> bytes.putLong(BID_LEVEL + 8, 0));
    }

    private void refuse(final String message, final Consumer<ByteBuffer> change)
    {
        final ByteBuffer bytes = bytes();
        change.accept(bytes);
        final BookFeed to = new BookFeed(BookKind.MBO, BookKind.MBP).add(1, BID, 5, 5);

        final IllegalArgumentException refused = assertThrows(IllegalArgumentException.class,
            () -> BooksSnapshot.restore(bytes, feed.books().bookHash(), to.books()));

        assertEquals(message, refused.getMessage());
        assertEquals("5x5(1)", to.side(BID));
    }

    private ByteBuffer bytes()
    {
        return bytes(feed);
    }

    private static ByteBuffer bytes(final BookFeed of)
    {
        final ByteBuffer bytes =
            ByteBuffer.allocate((int)BooksSnapshot.sizeBytes(of.books())).order(ByteOrder.LITTLE_ENDIAN);
        BooksSnapshot.write(of.books(), bytes);
        return bytes.flip();
    }

    private static List<Long> longs(final ByteBuffer bytes, final int count)
    {
        final List<Long> values = new ArrayList<>();
        for (int i = 0; i < count; i++)
        {
            values.add(bytes.getLong());
        }
        return values;
    }
}
