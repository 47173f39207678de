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
final class MboBookTest
{
    private final BookFeed feed = new BookFeed(BookKind.MBO);

    @Test
    void shouldCountOrdersOfALevel()
    {
        feed.add(1, BID, 100, 10).add(2, BID, 100, 20).add(3, BID, 99, 5);

        assertEquals("100x30(2) 99x5(1)", feed.side(BID));
        assertEquals(3, feed.book().liveOrders());
        assertEquals(3, feed.books().liveOrders());
    }

    @Test
    void shouldKeepOrdersInTimePriority()
    {
        feed.add(1, BID, 100, 10).add(2, BID, 100, 20).add(3, BID, 100, 30).add(4, BID, 100, 40);

        feed.reduce(1, BID, 100, 3);
        assertEquals("1x7 2x20 3x30 4x40", feed.queue(BID, 0));

        feed.delete(3, BID, 100, ALL);
        assertEquals("1x7 2x20 4x40", feed.queue(BID, 0));

        feed.execute(1, BID, 100, 7);
        assertEquals("2x20 4x40", feed.queue(BID, 0));

        feed.delete(4, BID, 100, ALL).add(5, BID, 100, 1);
        assertEquals("2x20 5x1", feed.queue(BID, 0));
    }

    @Test
    void shouldKeepThePlaceOfAnOrderThatOnlyShrinks()
    {
        feed.add(1, BID, 100, 10).add(2, BID, 100, 20);

        feed.modify(1, BID, 100, 6);

        assertEquals("1x6 2x20", feed.queue(BID, 0));
        assertEquals("100x26(2)", feed.side(BID));
    }

    @Test
    void shouldKeepThePlaceOfAnOrderThatIsModifiedToWhatItWas()
    {
        feed.add(1, BID, 100, 10).add(2, BID, 100, 20);

        feed.modify(1, BID, 100, 10);

        assertEquals("1x10 2x20", feed.queue(BID, 0));
    }

    @Test
    void shouldSendAnOrderThatGrowsToTheEndOfTheQueue()
    {
        feed.add(1, BID, 100, 10).add(2, BID, 100, 20);

        feed.modify(1, BID, 100, 11);

        assertEquals("2x20 1x11", feed.queue(BID, 0));
        assertEquals("100x31(2)", feed.side(BID));
    }

    @Test
    void shouldMoveAnOrderToAnotherPriceOrSide()
    {
        feed.add(1, BID, 100, 10).add(2, BID, 100, 20).add(3, BID, 99, 5).add(4, ASK, 105, 1);

        feed.modify(1, BID, 99, 4);
        assertEquals("100x20(1) 99x9(2)", feed.side(BID));
        assertEquals("3x5 1x4", feed.queue(BID, 1));

        feed.modify(2, BID, 98, 20);
        assertEquals("99x9(2) 98x20(1)", feed.side(BID));

        feed.modify(3, ASK, 105, 5);
        assertEquals("99x4(1) 98x20(1)", feed.side(BID));
        assertEquals("4x1 3x5", feed.queue(ASK, 0));

        feed.modify(3, NONE, 106, 5);
        assertEquals("105x1(1) 106x5(1)", feed.side(ASK));
        assertEquals(4, feed.books().liveOrders());
        assertEquals(0, feed.books().unknownOrders());
    }

    @Test
    void shouldDropAnOrderThatIsModifiedToNothing()
    {
        feed.add(1, BID, 100, 10);

        feed.modify(1, BID, 100, 0);

        assertEquals("", feed.side(BID));
        assertEquals(0, feed.books().liveOrders());
        assertEquals(0, feed.books().overReduces());
    }

    @Test
    void shouldCountAndAddAnUnknownOrderThatIsModified()
    {
        feed.modify(7, ASK, 100, 10).modify(8, NONE, 100, 10);

        assertEquals(2, feed.books().unknownOrders());
        assertEquals(1, feed.books().refusedEvents());
        assertEquals("100x10(1)", feed.side(ASK));
    }

    @Test
    void shouldCountUnknownOrders()
    {
        feed.reduce(1, BID, 100, 1).delete(2, BID, 100, ALL).execute(3, BID, 100, 1);

        assertEquals(3, feed.books().unknownOrders());
        assertEquals(0, feed.books().refusedEvents());
        assertEquals(0, feed.books().liveOrders());
    }

    @Test
    void shouldReplaceAnOrderThatIsAddedTwice()
    {
        feed.add(1, BID, 100, 10).add(2, BID, 100, 20).add(1, BID, 100, 3).add(2, ASK, 101, 4);

        assertEquals(2, feed.books().duplicateAdds());
        assertEquals(2, feed.books().liveOrders());
        assertEquals("100x3(1)", feed.side(BID));
        assertEquals("101x4(1)", feed.side(ASK));
    }

    @Test
    void shouldTakeANullQuantityAsAll()
    {
        feed.add(1, BID, 100, 10).add(2, BID, 100, 20);

        feed.reduce(1, BID, 100, ALL);
        assertEquals("100x20(1)", feed.side(BID));

        feed.delete(2, NONE, NO_PRICE, ALL);
        assertEquals("", feed.side(BID));
        assertEquals(0, feed.books().overReduces());
    }

    @Test
    void shouldDeleteTheWholeOrderWhateverAmountIsSaid()
    {
        feed.add(1, BID, 100, 10);

        feed.delete(1, BID, 100, 4);

        assertEquals("", feed.side(BID));
        assertEquals(0, feed.books().overReduces());
    }

    @Test
    void shouldRefuseWhatItCannotApplyToAKnownOrder()
    {
        feed.add(1, BID, 100, 10);

        feed.execute(1, BID, 100, ALL).reduce(1, BID, 100, -1).execute(1, BID, 100, -1)
            .modify(1, BID, NO_PRICE, 1).modify(1, BID, 100, ALL).modify(1, BID, 100, -1);

        assertEquals(6, feed.books().refusedEvents());
        assertEquals("event has no quantity: sequence=1 type=order-execute instrumentId=0",
            feed.books().firstRefusal().orElseThrow());
        assertEquals("100x10(1)", feed.side(BID));
    }

    @Test
    void shouldRefuseAModifyWhoseTotalDoesNotFit()
    {
        feed.add(1, BID, 100, 10).add(2, BID, 100, 10).add(3, BID, 99, Long.MAX_VALUE);

        feed.modify(1, BID, 99, 1).modify(1, BID, 100, Long.MAX_VALUE);

        assertEquals(2, feed.books().refusedEvents());
        assertEquals("100x20(2) 99x9223372036854775807(1)", feed.side(BID));
        assertEquals("1x10 2x10", feed.queue(BID, 0));
    }

    @Test
    void shouldRefuseLevels()
    {
        feed.level(BID, 100, 10).quote(BID, 100, 10);

        assertEquals(2, feed.books().refusedEvents());
        assertEquals("book by order does not take levels: sequence=0 type=level-set instrumentId=0",
            feed.books().firstRefusal().orElseThrow());
        assertEquals("", feed.side(BID));
    }

    @Test
    void shouldFindOrdersOfAnyId()
    {
        feed.add(0, BID, 100, 1).add(-1, ASK, 101, 2).add(Long.MIN_VALUE, BID, 99, 3).add(Long.MAX_VALUE, ASK, 102, 4);
        final OrderBook book = feed.book();

        final int order = book.findOrder(-1);

        assertEquals(-1, book.orderId(order));
        assertEquals(101, book.orderPrice(order));
        assertEquals(2, book.orderQuantity(order));
        assertEquals(ASK, book.orderSide(order));
        assertEquals(1, book.orderQuantity(book.findOrder(0)));
        assertEquals(3, book.orderQuantity(book.findOrder(Long.MIN_VALUE)));
        assertEquals(4, book.orderQuantity(book.findOrder(Long.MAX_VALUE)));
        assertEquals(OrderBook.NO_ORDER, book.findOrder(5));
    }

    @Test
    void shouldNameAHandleThatIsNoOrder()
    {
        feed.add(1, BID, 100, 1).add(2, BID, 100, 1);
        final OrderBook book = feed.book();
        final int gone = book.findOrder(1);
        feed.delete(1, BID, 100, ALL);

        assertEquals("no order has this handle: order=" + gone,
            assertThrows(IndexOutOfBoundsException.class, () -> book.orderId(gone)).getMessage());
        assertThrows(IndexOutOfBoundsException.class, () -> book.nextOrder(OrderBook.NO_ORDER));
        assertThrows(IndexOutOfBoundsException.class, () -> book.orderPrice(1_000));

        final int live = book.findOrder(2);
        feed.clear(NONE);

        assertThrows(IndexOutOfBoundsException.class, () -> book.orderQuantity(live));
        assertThrows(IndexOutOfBoundsException.class, () -> book.orderSide(live));
    }
}
