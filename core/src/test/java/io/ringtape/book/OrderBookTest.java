package io.ringtape.book;

import static io.ringtape.book.BookFeed.NO_PRICE;
import static io.ringtape.event.Side.ASK;
import static io.ringtape.event.Side.BID;
import static io.ringtape.event.Side.NONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.BookKind;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for a book of either kind. */
@Timeout(10)
final class OrderBookTest
{
    @ParameterizedTest
    @EnumSource(BookKind.class)
    void shouldStartEmpty(final BookKind kind)
    {
        final OrderBook book = new BookFeed(kind).book();

        assertEquals(0, book.instrumentId());
        assertEquals(kind, book.kind());
        assertEquals(NO_PRICE, book.bestBid());
        assertEquals(NO_PRICE, book.bestAsk());
        assertEquals(0, book.levelCount(BID));
        assertEquals(0, book.levelCount(ASK));
        assertEquals(0, book.quantityAt(BID, 100));
        assertEquals(0, book.liveOrders());
        assertFalse(book.isCrossed());
        assertFalse(book.isSuspect());
    }

    @ParameterizedTest
    @EnumSource(BookKind.class)
    void shouldOrderLevelsFromTheBest(final BookKind kind)
    {
        final BookFeed feed = new BookFeed(kind);

        feed.add(1, BID, 100, 5).add(2, BID, 102, 6).add(3, BID, 101, 7).add(4, BID, -5, 8)
            .add(5, ASK, 105, 1).add(6, ASK, 103, 2).add(7, ASK, 104, 3).add(8, ASK, 1_000, 4);

        final int orders = kind == BookKind.MBO ? 1 : 0;
        assertEquals("102x6(n) 101x7(n) 100x5(n) -5x8(n)".replace("n", "" + orders), feed.side(BID));
        assertEquals("103x2(n) 104x3(n) 105x1(n) 1000x4(n)".replace("n", "" + orders), feed.side(ASK));
        assertEquals(102, feed.book().bestBid());
        assertEquals(103, feed.book().bestAsk());
        assertEquals(7, feed.book().quantityAt(BID, 101));
        assertEquals(0, feed.book().quantityAt(ASK, 101));
    }

    @ParameterizedTest
    @EnumSource(BookKind.class)
    void shouldTakeTheExtremesOfPrice(final BookKind kind)
    {
        final BookFeed feed = new BookFeed(kind);

        feed.add(1, BID, Long.MAX_VALUE, 1).add(2, BID, Long.MIN_VALUE + 1, 1)
            .add(3, ASK, Long.MAX_VALUE, 1).add(4, ASK, Long.MIN_VALUE + 1, 1);

        assertEquals(Long.MAX_VALUE, feed.book().bestBid());
        assertEquals(Long.MIN_VALUE + 1, feed.book().bestAsk());
        assertEquals(Long.MIN_VALUE + 1, feed.book().price(BID, 1));
        assertEquals(Long.MAX_VALUE, feed.book().price(ASK, 1));
    }

    @ParameterizedTest
    @EnumSource(BookKind.class)
    void shouldTakeOrdersAwayInParts(final BookKind kind)
    {
        final BookFeed feed = new BookFeed(kind).add(1, BID, 100, 10).add(2, BID, 100, 20).add(3, ASK, 101, 5);

        feed.reduce(1, BID, 100, 4).execute(2, BID, 100, 5);
        assertEquals(21, feed.book().quantityAt(BID, 100));

        feed.execute(1, BID, 100, 6);
        assertEquals(15, feed.book().quantityAt(BID, 100));

        feed.delete(2, BID, 100, 15).delete(3, ASK, 101, 5);
        assertEquals("", feed.side(BID));
        assertEquals("", feed.side(ASK));
        assertEquals(0, feed.books().overReduces());
        assertEquals(0, feed.books().unknownOrders());
        assertEquals(0, feed.books().refusedEvents());
    }

    @ParameterizedTest
    @EnumSource(BookKind.class)
    void shouldCountAnOverReduceAndDropTheLevel(final BookKind kind)
    {
        final BookFeed feed = new BookFeed(kind).add(1, BID, 100, 10).add(2, ASK, 101, 10).add(3, ASK, 102, 10);

        feed.reduce(1, BID, 100, 11).execute(2, ASK, 101, 20).delete(3, ASK, 102, 30);

        assertEquals(3, feed.books().overReduces());
        assertEquals("", feed.side(BID));
        assertEquals("", feed.side(ASK));
    }

    @ParameterizedTest
    @EnumSource(BookKind.class)
    void shouldLeaveTheBookAloneOnTradesAndOwnEvents(final BookKind kind)
    {
        final BookFeed feed = new BookFeed(kind).add(1, BID, 100, 10);
        final long hash = feed.books().bookHash();

        feed.send(EventType.TRADE, BID, 1, 100, 10).send(EventType.FILL_REPORT, BID, 1, 100, 10)
            .send(EventType.TRADING_STATUS, NONE, 0, 3, 0).send(EventType.DETAIL, NONE, 7, 7, 7)
            .send(EventType.ORDER_ADD, BID | EventFlags.OWN, 9, 101, 1)
            .send(EventType.OWN_NEW, BID | EventFlags.OWN | EventFlags.LAST, 9, 101, 1)
            .send(EventType.BOOK_CLEAR, EventFlags.OWN, 0, NO_PRICE, 0)
            .send(EventType.HEARTBEAT, NONE, 0, 0, 0).send(EventType.GAP, NONE, 0, 0, 3)
            .send(EventType.VOID, EventFlags.LAST, 0, 0, 0);

        assertEquals(hash, feed.books().bookHash());
        assertEquals(0, feed.books().refusedEvents());
        assertEquals(0, feed.books().eventEnds());
    }

    @ParameterizedTest
    @EnumSource(BookKind.class)
    void shouldClearOneSideOrBoth(final BookKind kind)
    {
        final BookFeed feed = new BookFeed(kind).add(1, BID, 100, 10).add(2, BID, 99, 5).add(3, ASK, 101, 1);

        feed.clear(BID);
        assertEquals(0, feed.book().levelCount(BID));
        assertEquals(1, feed.book().levelCount(ASK));

        feed.add(1, BID, 98, 3).clear(ASK);
        assertEquals(98, feed.book().bestBid());
        assertEquals(0, feed.book().levelCount(ASK));

        feed.add(3, ASK, 101, 1).clear(NONE);
        assertEquals(0, feed.book().levelCount(BID));
        assertEquals(0, feed.book().levelCount(ASK));
        assertEquals(0, feed.book().liveOrders());

        feed.add(1, BID, 97, 2);
        assertEquals(97, feed.book().bestBid());
        assertEquals(0, feed.books().duplicateAdds());
    }

    @ParameterizedTest
    @EnumSource(BookKind.class)
    void shouldCountEventEndsAndCrossedOnes(final BookKind kind)
    {
        final BookFeed feed = new BookFeed(kind);

        feed.add(1, BID, 100, 1).add(2, ASK, 101, 1).end().add(3, BID, 101, 1);
        assertTrue(feed.book().isCrossed());
        assertEquals(1, feed.books().eventEnds());
        assertEquals(0, feed.books().crossedEventEnds());

        feed.end().send(EventType.DETAIL, EventFlags.LAST, 0, 0, 0).reduce(3, BID | EventFlags.LAST, 101, 1).end();
        assertFalse(feed.book().isCrossed());
        assertEquals(5, feed.books().eventEnds());
        assertEquals(2, feed.books().crossedEventEnds());
    }

    @ParameterizedTest
    @EnumSource(BookKind.class)
    void shouldBeSuspectUntilACleanClearOfBothSides(final BookKind kind)
    {
        final BookFeed feed = new BookFeed(kind).add(1, BID | EventFlags.SUSPECT_BOOK, 100, 1);
        assertTrue(feed.book().isSuspect());

        feed.add(2, BID, 100, 1).clear(BID).clear(EventFlags.SUSPECT_BOOK | EventFlags.SNAPSHOT);
        assertTrue(feed.book().isSuspect());

        feed.clear(EventFlags.SNAPSHOT).add(1, BID | EventFlags.BAD_TIME, 100, 1);
        assertFalse(feed.book().isSuspect());
    }

    @ParameterizedTest
    @EnumSource(BookKind.class)
    void shouldTakeTheFlagsOfAVenuesHeartbeat(final BookKind kind)
    {
        final BookFeed feed = new BookFeed(kind).add(1, BID, 101, 1).add(2, ASK, 101, 1);

        feed.send(EventType.HEARTBEAT, EventFlags.LAST | EventFlags.SUSPECT_BOOK, 0, NO_PRICE, 0);

        assertTrue(feed.book().isSuspect());
        assertEquals(1, feed.books().eventEnds());
        assertEquals(1, feed.books().crossedEventEnds());

        feed.on(7).send(EventType.HEARTBEAT, EventFlags.LAST, 0, NO_PRICE, 0);

        assertEquals(2, feed.books().eventEnds());
        assertEquals(0, feed.books().refusedEvents());
    }

    @ParameterizedTest
    @EnumSource(BookKind.class)
    void shouldMakeABookByAHeartbeatOnlyIfItMayBeWrong(final BookKind kind)
    {
        final BookFeed feed = new BookFeed(kind, kind);

        feed.on(1).send(EventType.HEARTBEAT, EventFlags.LAST, 0, NO_PRICE, 0);
        assertEquals(0, feed.books().slotCount());

        feed.on(0).send(EventType.HEARTBEAT, EventFlags.SUSPECT_BOOK, 0, NO_PRICE, 0).add(1, BID, 100, 1);
        assertTrue(feed.book().isSuspect());
        assertNull(feed.books().opened(1));
        assertEquals(1, feed.books().eventEnds());
    }

    @ParameterizedTest
    @EnumSource(BookKind.class)
    void shouldRefuseAddsThatLackAField(final BookKind kind)
    {
        final BookFeed feed = new BookFeed(kind);

        feed.add(1, NONE, 100, 1).add(2, BID, NO_PRICE, 1).add(3, BID, 100, BookFeed.ALL).add(4, BID, 100, 0)
            .add(5, ASK, 100, -1).add(6, BID | ASK, 100, 1);

        assertEquals(6, feed.books().refusedEvents());
        assertEquals("", feed.side(BID));
        assertEquals("", feed.side(ASK));
        assertEquals(0, feed.books().liveOrders());
        assertEquals(
            "event has no side: sequence=0 type=order-add instrumentId=0", feed.books().firstRefusal().orElseThrow());
    }

    @ParameterizedTest
    @EnumSource(BookKind.class)
    void shouldRefuseATotalThatDoesNotFit(final BookKind kind)
    {
        final BookFeed feed = new BookFeed(kind).add(1, BID, 100, Long.MAX_VALUE);

        feed.add(2, BID, 100, 1).add(3, BID, 101, 1);

        assertEquals(Long.MAX_VALUE, feed.book().quantityAt(BID, 100));
        assertEquals("total of the level does not fit: sequence=1 type=order-add instrumentId=0",
            feed.books().firstRefusal().orElseThrow());
        assertEquals(1, feed.books().refusedEvents());
        assertEquals(101, feed.book().bestBid());
    }

    @ParameterizedTest
    @EnumSource(BookKind.class)
    void shouldNameAWrongSideOrLevel(final BookKind kind)
    {
        final OrderBook book = new BookFeed(kind).add(1, BID, 100, 1).book();

        assertEquals("side must be bid or ask: side=0",
            assertThrows(IllegalArgumentException.class, () -> book.levelCount(NONE)).getMessage());
        assertEquals("side must be bid or ask: side=4",
            assertThrows(IllegalArgumentException.class, () -> book.quantityAt(4, 1)).getMessage());
        assertEquals("side must be bid or ask: side=-1",
            assertThrows(IllegalArgumentException.class, () -> book.price(-1, 0)).getMessage());
        assertEquals("level=1 levelCount=1",
            assertThrows(IndexOutOfBoundsException.class, () -> book.price(BID, 1)).getMessage());
        assertEquals("level=-1 levelCount=1",
            assertThrows(IndexOutOfBoundsException.class, () -> book.quantity(BID, -1)).getMessage());
        assertEquals("level=0 levelCount=0",
            assertThrows(IndexOutOfBoundsException.class, () -> book.orderCount(ASK, 0)).getMessage());
        assertEquals("level=0 levelCount=0",
            assertThrows(IndexOutOfBoundsException.class, () -> book.firstOrder(ASK, 0)).getMessage());
    }

    @ParameterizedTest
    @EnumSource(BookKind.class)
    void shouldKeepThousandsOfLevelsInOrder(final BookKind kind)
    {
        final BookFeed feed = new BookFeed(kind);
        for (int i = 0; i < 5_000; i++)
        {
            feed.add(i, BID, i * 7_919L % 5_000, 1 + i).add(10_000 + i, ASK, 6_000 + i * 7_919L % 5_000, 1 + i);
        }
        final OrderBook book = feed.book();

        assertSame(book, feed.books().book(0));
        assertEquals(5_000, book.levelCount(BID));
        assertEquals(5_000, book.levelCount(ASK));
        for (int level = 0; level < 5_000; level++)
        {
            assertEquals(4_999 - level, book.price(BID, level));
            assertEquals(6_000 + level, book.price(ASK, level));
        }
    }
}
