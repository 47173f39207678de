package io.ringtape.book;

import static io.ringtape.event.Side.ASK;
import static io.ringtape.event.Side.BID;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.agrona.concurrent.UnsafeBuffer;

/** Books that go on from a snapshot are those that never stopped, whatever came before and comes after. */
final class BooksSnapshotPropertyTest
{
    /** Three of them are defined. */
    private static final int INSTRUMENTS = 4;

    record Action(int type, int instrumentId, int flags, long id, long price, long quantity)
    {
    }

    @Property(tries = 500)
    void shouldGoOnAsIfItHadNeverStopped(
        @ForAll("actions") final List<Action> actions, @ForAll @IntRange(min = 0, max = 100) final int percent)
    {
        final int cut = actions.size() * percent / 100;
        final Books whole = new Books(definitions());
        apply(whole, actions, 0, cut);
        final Books restored = new Books(definitions());
        // What it held before must leave no trace, and a book that somebody holds stays the one of its instrument.
        apply(restored, actions, cut / 2, actions.size());
        final OrderBook held = restored.book(0);

        BooksSnapshot.restore(bytes(whole), whole.bookHash(), restored);
        requireEqual(whole, restored);
        apply(whole, actions, cut, actions.size());
        apply(restored, actions, cut, actions.size());

        requireEqual(whole, restored);
        assertEquals(whole.book(0).liveOrders(), held.liveOrders());
        assertEquals(whole.book(0).bestBid(), held.bestBid());
    }

    @Property(tries = 500)
    void shouldTakeNoBytesThatAreNotItsOwn(
        @ForAll("actions") final List<Action> actions, @ForAll @IntRange(min = 0, max = 1_000_000) final int place,
        @ForAll @IntRange(min = 0, max = 7) final int bit)
    {
        final Books books = new Books(definitions());
        apply(books, actions, 0, actions.size());
        final byte[] bytes = bytes(books).array();
        bytes[place % bytes.length] ^= (byte)(1 << bit);
        final Books restored = new Books(definitions());
        apply(restored, actions, 0, actions.size() / 2);
        final byte[] before = bytes(restored).array();

        try
        {
            BooksSnapshot.restore(ByteBuffer.wrap(bytes), books.bookHash(), restored);
        }
        catch (final IllegalArgumentException e)
        {
            // Refused as a whole: nothing has changed.
            assertArrayEquals(before, bytes(restored).array());
            return;
        }
        // What makes sense and has the hash is what the bytes say, to the last one.
        assertArrayEquals(bytes, bytes(restored).array());
        assertEquals(books.bookHash(), restored.bookHash());
    }

    @Property(tries = 200)
    void shouldRefuseBytesThatEndEarlyOrGoOn(
        @ForAll("actions") final List<Action> actions, @ForAll @IntRange(min = 0, max = 1_000_000) final int place)
    {
        final Books books = new Books(definitions());
        apply(books, actions, 0, actions.size());
        final ByteBuffer bytes = bytes(books);
        final ByteBuffer cut = bytes.duplicate().limit(place % bytes.limit());
        final ByteBuffer longer = ByteBuffer.allocate(bytes.limit() + 1 + place % 40).put(bytes.duplicate()).clear();

        assertThrows(IllegalArgumentException.class,
            () -> BooksSnapshot.restore(cut, books.bookHash(), new Books(definitions())));
        assertThrows(IllegalArgumentException.class,
            () -> BooksSnapshot.restore(longer, books.bookHash(), new Books(definitions())));
    }

    @Provide
    Arbitrary<List<Action>> actions()
    {
        final Arbitrary<Integer> types = Arbitraries.frequency(
            Tuple.of(12, EventType.ORDER_ADD), Tuple.of(5, EventType.ORDER_MODIFY), Tuple.of(4, EventType.ORDER_REDUCE),
            Tuple.of(3, EventType.ORDER_DELETE), Tuple.of(4, EventType.ORDER_EXECUTE), Tuple.of(2, EventType.QUOTE),
            Tuple.of(4, EventType.LEVEL_SET), Tuple.of(1, EventType.BOOK_CLEAR), Tuple.of(2, EventType.TRADE));
        final Arbitrary<Integer> flags = Arbitraries.frequency(
            Tuple.of(20, BID), Tuple.of(20, ASK), Tuple.of(20, BID | EventFlags.LAST),
            Tuple.of(20, ASK | EventFlags.LAST), Tuple.of(2, EventFlags.LAST), Tuple.of(1, 3),
            Tuple.of(2, BID | EventFlags.SUSPECT_BOOK));
        final Arbitrary<Long> prices = Arbitraries.frequencyOf(Tuple.of(30, Arbitraries.longs().between(95, 110)),
            Tuple.of(1, Arbitraries.of(OrderBookEvent.NULL_PRICE, Long.MAX_VALUE, Long.MIN_VALUE + 1)));
        final Arbitrary<Long> quantities = Arbitraries.frequencyOf(Tuple.of(30, Arbitraries.longs().between(1, 20)),
            Tuple.of(1, Arbitraries.of(0L, -1L, OrderBookEvent.NULL_QUANTITY, Long.MAX_VALUE)));
        return Combinators.combine(types, Arbitraries.integers().between(0, INSTRUMENTS - 1), flags,
            Arbitraries.longs().between(0, 40), prices, quantities).as(Action::new).list().ofMaxSize(200);
    }

    private static Definitions definitions()
    {
        final Definitions definitions = new Definitions();
        definitions.add(new InstrumentDefinition(0, "MBO", 0, -9, 0, BookKind.MBO, 0, 0, 0, 1));
        definitions.add(new InstrumentDefinition(1, "MBP", 0, -9, 0, BookKind.MBP, 0, 0, 0, 1));
        definitions.add(new InstrumentDefinition(2, "TOP", 0, -9, 0, BookKind.MBP, 1, 0, 0, 1));
        return definitions;
    }

    private static void apply(final Books books, final List<Action> actions, final int from, final int to)
    {
        final OrderBookEvent event =
            new OrderBookEvent().wrap(new UnsafeBuffer(new byte[OrderBookEvent.SIZE_BYTES]), 0);
        for (int i = from; i < to; i++)
        {
            final Action action = actions.get(i);
            books.onEvent(event.reset().sequence(i).type(action.type()).flags(action.flags())
                .instrumentId(action.instrumentId()).orderId(action.id()).price(action.price())
                .quantity(action.quantity()));
        }
    }

    private static ByteBuffer bytes(final Books books)
    {
        final ByteBuffer bytes = ByteBuffer.allocate((int)BooksSnapshot.sizeBytes(books));
        BooksSnapshot.write(books, bytes);
        assertEquals(bytes.limit(), bytes.position());
        return bytes.flip();
    }

    private static void requireEqual(final Books expected, final Books found)
    {
        assertEquals(expected.bookHash(), found.bookHash());
        assertEquals(counters(expected), counters(found));
        assertEquals(expected.firstRefusal(), found.firstRefusal());
        for (int id = 0; id < INSTRUMENTS - 1; id++)
        {
            assertEquals(text(expected.book(id)), text(found.book(id)));
        }
    }

    private static List<Long> counters(final Books books)
    {
        return List.of(books.unknownOrders(), books.overReduces(), books.duplicateAdds(), books.refusedEvents(),
            books.eventEnds(), books.crossedEventEnds(), books.liveOrders());
    }

    /** All that a book shows, each order in the queue of its level too. */
    private static List<String> text(final OrderBook book)
    {
        final List<String> text = new ArrayList<>(List.of("suspect=" + book.isSuspect() + " crossed=" +
            book.isCrossed() + " liveOrders=" + book.liveOrders() + " bid=" + book.bestBid() + " ask=" +
            book.bestAsk()));
        for (final int side : new int[]{BID, ASK})
        {
            for (int level = 0; level < book.levelCount(side); level++)
            {
                text.add(side + " " + book.price(side, level) + "x" + book.quantity(side, level) + " " +
                    book.orderCount(side, level));
                for (int order = book.firstOrder(side, level); order >= 0; order = book.nextOrder(order))
                {
                    assertEquals(order, book.findOrder(book.orderId(order)));
                    text.add(book.orderId(order) + " " + book.orderQuantity(order) + " " + book.orderPrice(order) +
                        " " + book.orderSide(order));
                }
            }
        }
        return text;
    }
}
