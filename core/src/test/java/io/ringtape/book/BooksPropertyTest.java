package io.ringtape.book;

import static io.ringtape.event.Side.ASK;
import static io.ringtape.event.Side.BID;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.event.BookKind;
import io.ringtape.event.EventType;
import io.ringtape.event.Hash64;
import io.ringtape.event.OrderBookEvent;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Both kinds of book against a naive twin, event by event, and against each other. */
final class BooksPropertyTest
{
    private static final int MBO = 0;
    private static final int MBP = 1;
    private static final int TOP = 2;

    record Action(int type, int instrumentId, NaiveBook.Order order)
    {
    }

    @Property(tries = 400)
    void shouldDoWhatTheNaiveTwinDoes(@ForAll("actions") final List<Action> actions)
    {
        final BookFeed feed = new BookFeed(BookKind.MBO, BookKind.MBP).define(BookKind.MBP, 1);
        final NaiveBook[] twins =
            {new NaiveBook(true, false), new NaiveBook(false, false), new NaiveBook(false, true)};

        for (final Action action : actions)
        {
            final NaiveBook.Order order = action.order();
            feed.on(action.instrumentId())
                .send(action.type(), order.side(), order.id(), order.price(), order.quantity());
            twins[action.instrumentId()].apply(action.type(), order);

            requireEqual(twins[action.instrumentId()], feed);
        }

        requireEqualCounters(twins, feed.books());
    }

    @Property(tries = 300)
    void shouldHaveTheLevelsOfABookByPriceFedWithTheSameChanges(@ForAll("orderActions") final List<Action> actions)
    {
        final BookFeed feed = new BookFeed(BookKind.MBO, BookKind.MBP);
        final NaiveBook twin = new NaiveBook(true, false);

        for (final Action action : actions)
        {
            final NaiveBook.Order order = action.order();
            final NaiveBook.Order before = twin.order(order.id());
            feed.on(MBO).send(action.type(), order.side(), order.id(), order.price(), order.quantity());
            twin.apply(action.type(), order);
            final NaiveBook.Order after = twin.order(order.id());
            feed.on(MBP);
            if (action.type() == EventType.BOOK_CLEAR)
            {
                feed.clear(order.side());
            }
            else
            {
                changeLevels(feed, before, after);
            }

            assertEquals(levelsOf(feed.on(MBO).book(), BID), levelsOf(feed.on(MBP).book(), BID));
            assertEquals(levelsOf(feed.on(MBO).book(), ASK), levelsOf(feed.on(MBP).book(), ASK));
            assertEquals(feed.on(MBO).book().bestBid(), feed.on(MBP).book().bestBid());
            assertEquals(feed.on(MBO).book().bestAsk(), feed.on(MBP).book().bestAsk());
            assertEquals(feed.on(MBO).book().isCrossed(), feed.on(MBP).book().isCrossed());
        }
    }

    @Provide
    Arbitrary<List<Action>> actions()
    {
        final Arbitrary<Integer> types = Arbitraries.frequency(
            Tuple.of(10, EventType.ORDER_ADD), Tuple.of(5, EventType.ORDER_MODIFY), Tuple.of(4, EventType.ORDER_REDUCE),
            Tuple.of(3, EventType.ORDER_DELETE), Tuple.of(4, EventType.ORDER_EXECUTE), Tuple.of(2, EventType.QUOTE),
            Tuple.of(4, EventType.LEVEL_SET), Tuple.of(1, EventType.BOOK_CLEAR));
        return actions(types, Arbitraries.of(MBO, MBP, TOP), Arbitraries.frequency(
            Tuple.of(20, BID), Tuple.of(20, ASK), Tuple.of(1, 0), Tuple.of(1, 3))).list().ofMaxSize(150);
    }

    @Provide
    Arbitrary<List<Action>> orderActions()
    {
        final Arbitrary<Integer> types = Arbitraries.frequency(
            Tuple.of(20, EventType.ORDER_ADD), Tuple.of(10, EventType.ORDER_MODIFY),
            Tuple.of(6, EventType.ORDER_REDUCE), Tuple.of(4, EventType.ORDER_DELETE),
            Tuple.of(6, EventType.ORDER_EXECUTE), Tuple.of(1, EventType.BOOK_CLEAR));
        return actions(types, Arbitraries.just(MBO), Arbitraries.of(BID, ASK)).list().ofMaxSize(200);
    }

    private static Arbitrary<Action> actions(
        final Arbitrary<Integer> types, final Arbitrary<Integer> instruments, final Arbitrary<Integer> sides)
    {
        final Arbitrary<Long> ids = Arbitraries.longs().between(0, 40);
        final Arbitrary<Long> prices = Arbitraries.frequencyOf(
            Tuple.of(30, Arbitraries.longs().between(95, 110)),
            Tuple.of(1, Arbitraries.just(OrderBookEvent.NULL_PRICE)));
        final Arbitrary<Long> quantities = Arbitraries.frequencyOf(
            Tuple.of(30, Arbitraries.longs().between(1, 20)),
            Tuple.of(1, Arbitraries.of(0L, -1L, OrderBookEvent.NULL_QUANTITY)));
        return Combinators.combine(types, instruments, ids, sides, prices, quantities)
            .as((type, instrument, id, side, price, quantity) ->
                new Action(type, instrument, new NaiveBook.Order(id, side, price, quantity)));
    }

    private static void changeLevels(
        final BookFeed feed, final NaiveBook.Order before, final NaiveBook.Order after)
    {
        if (before.side() == after.side() && before.price() == after.price() && before.quantity() > 0)
        {
            final long change = after.quantity() - before.quantity();
            if (change > 0)
            {
                feed.add(1, after.side(), after.price(), change);
            }
            else
            {
                feed.reduce(1, after.side(), after.price(), -change);
            }
            return;
        }
        if (before.quantity() > 0)
        {
            feed.execute(1, before.side(), before.price(), before.quantity());
        }
        if (after.quantity() > 0)
        {
            feed.add(1, after.side(), after.price(), after.quantity());
        }
    }

    private static List<List<Long>> levelsOf(final OrderBook book, final int side)
    {
        final List<List<Long>> levels = new ArrayList<>();
        for (int level = 0; level < book.levelCount(side); level++)
        {
            levels.add(List.of(book.price(side, level), book.quantity(side, level)));
        }
        return levels;
    }

    private static void requireEqual(final NaiveBook twin, final BookFeed feed)
    {
        final OrderBook book = feed.book();
        for (final int side : new int[]{BID, ASK})
        {
            final List<NaiveBook.Level> levels = twin.levels(side);
            final List<NaiveBook.Level> shown = new ArrayList<>();
            for (int level = 0; level < book.levelCount(side); level++)
            {
                final long price = book.price(side, level);
                shown.add(new NaiveBook.Level(price, book.quantity(side, level), book.orderCount(side, level)));
                assertEquals(book.quantity(side, level), book.quantityAt(side, price));
                assertEquals(twin.orders(side, price), queue(book, side, level));
            }
            assertEquals(levels, shown);
        }
        assertEquals(twin.liveOrders(), book.liveOrders());
        assertEquals(best(twin, BID), book.bestBid());
        assertEquals(best(twin, ASK), book.bestAsk());
    }

    private static List<NaiveBook.Order> queue(final OrderBook book, final int side, final int level)
    {
        final List<NaiveBook.Order> orders = new ArrayList<>();
        for (int order = book.firstOrder(side, level); order != OrderBook.NO_ORDER; order = book.nextOrder(order))
        {
            assertEquals(order, book.findOrder(book.orderId(order)));
            orders.add(new NaiveBook.Order(
                book.orderId(order), book.orderSide(order), book.orderPrice(order), book.orderQuantity(order)));
        }
        return orders;
    }

    private static long best(final NaiveBook twin, final int side)
    {
        final List<NaiveBook.Level> levels = twin.levels(side);
        return levels.isEmpty() ? OrderBookEvent.NULL_PRICE : levels.get(0).price();
    }

    private static void requireEqualCounters(final NaiveBook[] twins, final Books books)
    {
        long unknownOrders = 0;
        long overReduces = 0;
        long duplicateAdds = 0;
        long refusedEvents = 0;
        long liveOrders = 0;
        long hash = Hash64.START;
        for (int i = 0; i < twins.length; i++)
        {
            unknownOrders += twins[i].unknownOrders;
            overReduces += twins[i].overReduces;
            duplicateAdds += twins[i].duplicateAdds;
            refusedEvents += twins[i].refusedEvents;
            liveOrders += twins[i].liveOrders();
            hash = twins[i].hash(hash, i);
        }
        assertEquals(unknownOrders, books.unknownOrders());
        assertEquals(overReduces, books.overReduces());
        assertEquals(duplicateAdds, books.duplicateAdds());
        assertEquals(refusedEvents, books.refusedEvents());
        assertEquals(liveOrders, books.liveOrders());
        assertEquals(hash, books.bookHash());
    }
}
