package io.ringtape.book;

import static io.ringtape.book.BookFeed.ALL;
import static io.ringtape.book.BookFeed.NO_PRICE;
import static io.ringtape.event.Side.ASK;
import static io.ringtape.event.Side.BID;
import static io.ringtape.event.Side.NONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtape.event.BookKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class MbpBookTest
{
    private final BookFeed feed = new BookFeed(BookKind.MBP);

    @Test
    void shouldSetLevels()
    {
        feed.level(BID, 100, 10).level(BID, 99, 5).level(BID, 100, 7).level(ASK, 101, 1);
        assertEquals("100x7(0) 99x5(0)", feed.side(BID));

        feed.level(BID, 100, 0).level(BID, 50, 0);
        assertEquals("99x5(0)", feed.side(BID));
        assertEquals("101x1(0)", feed.side(ASK));
        assertEquals(0, feed.books().overReduces());
    }

    @Test
    void shouldMixLevelSetsAndOrderEvents()
    {
        feed.level(ASK, 101, 10).add(5, ASK, 101, 3).execute(9, ASK, 101, 4).delete(9, ASK, 101, 2);

        assertEquals("101x7(0)", feed.side(ASK));
    }

    @Test
    void shouldCountAnOverReduceOfALevelThatIsNotThere()
    {
        feed.reduce(1, BID, 100, 1).delete(1, BID, 100, 0);

        assertEquals(1, feed.books().overReduces());
        assertEquals("", feed.side(BID));
    }

    @Test
    void shouldReplaceTheTopOfADeepBook()
    {
        feed.level(BID, 100, 10).level(BID, 99, 5).level(BID, 98, 2).level(ASK, 101, 1);

        feed.quote(BID, 101, 3);
        assertEquals("101x3(0) 100x10(0) 99x5(0) 98x2(0)", feed.side(BID));

        feed.quote(BID, 99, 6);
        assertEquals("99x6(0) 98x2(0)", feed.side(BID));

        feed.quote(BID, 98, 0);
        assertEquals("", feed.side(BID));

        feed.level(BID, 97, 1).quote(BID, NO_PRICE, ALL);
        assertEquals("", feed.side(BID));
        assertEquals("101x1(0)", feed.side(ASK));
        assertEquals(0, feed.books().refusedEvents());
    }

    @Test
    void shouldHoldOnlyTheQuoteWhereTheSourceShowsOneLevel()
    {
        final BookFeed top = new BookFeed().define(BookKind.MBP, 1);

        top.quote(ASK, 100, 10).quote(ASK, 99, 4).quote(ASK, 102, 5);
        assertEquals("102x5(0)", top.side(ASK));

        top.quote(ASK, 102, 0);
        assertEquals("", top.side(ASK));
    }

    @Test
    void shouldRefuseEventsWithoutPriceQuantityOrSide()
    {
        feed.level(BID, 100, 10);

        feed.level(BID, NO_PRICE, 1).level(BID, 100, ALL).level(NONE, 100, 1).level(BID, 100, -1)
            .reduce(1, BID, NO_PRICE, 1).reduce(1, BID, 100, ALL).delete(1, BID, 100, ALL).delete(1, NONE, 100, 1)
            .execute(1, BID, 100, ALL).execute(1, BID, 100, -1).quote(NONE, NO_PRICE, ALL).quote(BID, 100, ALL);

        assertEquals(12, feed.books().refusedEvents());
        assertEquals("event has no price: sequence=1 type=level-set instrumentId=0",
            feed.books().firstRefusal().orElseThrow());
        assertEquals("100x10(0)", feed.side(BID));
        assertEquals(0, feed.books().overReduces());
    }

    @Test
    void shouldSayWhyAQuantityWasRefused()
    {
        final BookFeed none = new BookFeed(BookKind.MBP).level(BID, 100, ALL);
        final BookFeed negative = new BookFeed(BookKind.MBP).level(BID, 100, -5);

        assertEquals("event has no quantity: sequence=0 type=level-set instrumentId=0",
            none.books().firstRefusal().orElseThrow());
        assertEquals("quantity is out of range: sequence=0 type=level-set instrumentId=0",
            negative.books().firstRefusal().orElseThrow());
    }

    @Test
    void shouldRefuseAModify()
    {
        feed.level(BID, 100, 10);

        feed.modify(1, BID, 100, 5);

        assertEquals("book by price does not know the order: sequence=1 type=order-modify instrumentId=0",
            feed.books().firstRefusal().orElseThrow());
        assertEquals("100x10(0)", feed.side(BID));
    }

    @Test
    void shouldHaveNoOrders()
    {
        final OrderBook book = feed.add(1, BID, 100, 10).book();

        assertEquals(0, book.liveOrders());
        assertEquals(OrderBook.NO_ORDER, book.findOrder(1));
        assertEquals(OrderBook.NO_ORDER, book.firstOrder(BID, 0));
        assertEquals("book by price has no orders: order=0",
            assertThrows(IndexOutOfBoundsException.class, () -> book.orderId(0)).getMessage());
        assertThrows(IndexOutOfBoundsException.class, () -> book.nextOrder(0));
        assertThrows(IndexOutOfBoundsException.class, () -> book.orderPrice(0));
        assertThrows(IndexOutOfBoundsException.class, () -> book.orderQuantity(0));
        assertThrows(IndexOutOfBoundsException.class, () -> book.orderSide(0));
    }
}
