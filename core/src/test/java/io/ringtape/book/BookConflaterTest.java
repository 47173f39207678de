package io.ringtape.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.ringtape.event.BookKind;
import io.ringtape.event.Conflater;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class BookConflaterTest
{
    private static final long NO_PRICE = OrderBookEvent.NULL_PRICE;
    private static final int MBO = 0;
    private static final int MBP = 1;

    private final Definitions definitions = new Definitions();
    private final BookConflater conflater = new BookConflater(definitions);
    private final OrderBookEvent event = blank();
    private final OrderBookEvent taken = blank();
    private long sequence;

    BookConflaterTest()
    {
        define(BookKind.MBO);
        define(BookKind.MBP);
    }

    @Test
    void shouldMakeOneQuoteOfManyChangesOfASide()
    {
        send(EventType.ORDER_ADD, Side.BID, 1, 100, 5, MBO);
        send(EventType.ORDER_ADD, Side.BID, 2, 101, 3, MBO);
        send(EventType.ORDER_ADD, Side.BID, 3, 101, 4, MBO);

        assertEquals(1, conflater.pendingCount());
        assertEquals("2 i=0 bid 101x7/2", take());
        assertEquals(0, conflater.pendingCount());
        assertEquals(Conflater.NONE, conflater.nextSequence());
    }

    @Test
    void shouldMergeAChangeBehindTheTopWithoutAQuote()
    {
        send(EventType.ORDER_ADD, Side.BID, 1, 100, 5, MBO);
        take();

        assertTrue(send(EventType.ORDER_ADD, Side.BID, 2, 99, 3, MBO));

        assertEquals(0, conflater.pendingCount());
        assertEquals(2, conflater.books().book(MBO).levelCount(Side.BID));
    }

    @Test
    void shouldOrderQuotesByTheirLastChange()
    {
        send(EventType.ORDER_ADD, Side.BID, 1, 100, 5, MBO);
        send(EventType.ORDER_ADD, Side.ASK, 2, 105, 5, MBO);
        send(EventType.QUOTE, Side.ASK, 0, 7, 9, MBP);
        send(EventType.ORDER_ADD, Side.BID, 3, 101, 6, MBO);

        assertEquals(1, conflater.nextSequence());
        assertEquals("1 i=0 ask 105x5/1", take());
        assertEquals("2 i=1 ask 7x9/0", take());
        assertEquals("3 i=0 bid 101x6/1", take());
    }

    @Test
    void shouldTellASideThatBecameEmptyAndNoneThatAlwaysWas()
    {
        send(EventType.LEVEL_SET, Side.BID, 0, 50, 2, MBP);
        take();

        send(EventType.LEVEL_SET, Side.BID, 0, 50, 0, MBP);

        assertEquals(1, conflater.pendingCount());
        assertEquals("1 i=1 bid nonex0/0", take());
    }

    @Test
    void shouldMakeTwoQuotesOfAClearOfBothSidesTheBidsFirst()
    {
        send(EventType.ORDER_ADD, Side.ASK, 2, 105, 5, MBO);
        send(EventType.ORDER_ADD, Side.BID, 1, 100, 5, MBO);
        take();
        take();

        send(EventType.BOOK_CLEAR, 0, 0, NO_PRICE, 0, MBO);

        assertEquals("2 i=0 bid nonex0/0", take());
        assertEquals("2 i=0 ask nonex0/0", take());
    }

    @Test
    void shouldKeepTimesAndSourceOfTheLastEventThatChangedTheTop()
    {
        event.reset().sequence(7).type(EventType.ORDER_ADD).flags(Side.BID | EventFlags.BAD_TIME | EventFlags.SNAPSHOT)
            .orderId(1).price(100).quantity(5).eventTimeNs(11).receiveTimeNs(12).sourceSequence(13).sourceId(14);
        conflater.merge(event);

        take();

        assertEquals(11, taken.eventTimeNs());
        assertEquals(12, taken.receiveTimeNs());
        assertEquals(13, taken.sourceSequence());
        assertEquals(14, taken.sourceId());
        assertEquals(Side.BID | EventFlags.BAD_TIME, taken.flags());
    }

    @Test
    void shouldSayWhetherTheBookIsWhole()
    {
        send(EventType.ORDER_ADD, Side.BID, 1, 100, 5, MBO);
        send(EventType.ORDER_ADD, Side.BID | EventFlags.LAST, 2, 90, 5, MBO);
        take();
        assertTrue(taken.has(EventFlags.LAST));

        send(EventType.ORDER_ADD, Side.BID | EventFlags.LAST, 3, 101, 5, MBO);
        send(EventType.ORDER_DELETE, Side.BID, 3, 101, 5, MBO);
        take();
        assertFalse(taken.has(EventFlags.LAST));
    }

    @Test
    void shouldStayWholeOverADetailAndBecomeSoByOneThatEndsTheVenueEvent()
    {
        send(EventType.ORDER_ADD, Side.BID | EventFlags.LAST, 1, 100, 5, MBO);
        send(EventType.DETAIL, 0, 0, 0, 0, MBO);
        take();
        assertTrue(taken.has(EventFlags.LAST));

        send(EventType.ORDER_ADD, Side.BID, 2, 101, 5, MBO);
        send(EventType.DETAIL, 0, 0, 0, 0, MBO);
        take();
        assertFalse(taken.has(EventFlags.LAST));

        send(EventType.ORDER_ADD, Side.BID, 3, 102, 5, MBO);
        send(EventType.DETAIL, EventFlags.LAST, 0, 0, 0, MBO);
        take();
        assertTrue(taken.has(EventFlags.LAST));
    }

    @Test
    void shouldLeaveWhatChangesNoBook()
    {
        for (int type = 1; type < EventType.LIMIT; type++)
        {
            final boolean changes = type <= EventType.ORDER_EXECUTE ||
                (type >= EventType.QUOTE && type <= EventType.BOOK_CLEAR);
            if (EventType.isKnown(type))
            {
                assertEquals(changes, send(type, Side.BID, 1, 100, 5, MBO), "type=" + type);
                assertFalse(send(type, Side.BID | EventFlags.OWN, 1, 100, 5, MBO), "own type=" + type);
                assertFalse(send(type, Side.BID, 1, 100, 5, 9), "undefined type=" + type);
            }
        }
        // A quote and a level set do not fit a book by order.
        assertEquals(2, conflater.books().refusedEvents());
    }

    @Test
    void shouldTakeInstrumentsThatAreDefinedLater()
    {
        send(EventType.ORDER_ADD, Side.BID, 1, 100, 5, MBO);
        define(BookKind.MBO);

        send(EventType.ORDER_ADD, Side.ASK, 1, 200, 6, 2);

        assertEquals("0 i=0 bid 100x5/1", take());
        assertEquals("1 i=2 ask 200x6/1", take());
    }

    @Test
    void shouldFlagEveryBookAfterALossUntilItIsCleared()
    {
        send(EventType.ORDER_ADD, Side.BID, 1, 100, 5, MBO);
        take();
        assertFalse(taken.has(EventFlags.SUSPECT_BOOK));

        conflater.onShed(1, 5);
        send(EventType.ORDER_ADD, Side.BID, 2, 101, 5, MBO);
        send(EventType.QUOTE, Side.ASK, 0, 7, 9, MBP);

        // Both sides of the book that had events, and of the one that had none before the loss.
        assertEquals(4, conflater.pendingCount());
        for (int i = 0; i < 4; i++)
        {
            take();
            assertTrue(taken.has(EventFlags.SUSPECT_BOOK));
        }
        assertTrue(conflater.books().book(MBO).isSuspect());

        send(EventType.BOOK_CLEAR, 0, 0, NO_PRICE, 0, MBO);
        assertEquals(2, conflater.pendingCount());
        take();
        assertFalse(taken.has(EventFlags.SUSPECT_BOOK));
        assertFalse(conflater.books().book(MBO).isSuspect());
    }

    @Test
    void shouldTakeABookForWholeBehindAHeartbeatThatEndsTheEvent()
    {
        send(EventType.ORDER_ADD, Side.BID, 1, 100, 5, MBO);

        assertFalse(send(EventType.HEARTBEAT, EventFlags.LAST | EventFlags.SUSPECT_BOOK, 0, NO_PRICE, 0, MBO));

        assertEquals("0 i=0 bid 100x5/1", take());
        assertTrue(taken.has(EventFlags.LAST));
        assertTrue(taken.has(EventFlags.SUSPECT_BOOK));
    }

    @Test
    void shouldEndAtTheTopsOfBooksThatGotEachEvent()
    {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        final Books twin = new Books(definitions);
        final long[][] quotes = {{NO_PRICE, NO_PRICE}, {NO_PRICE, NO_PRICE}};
        final long[][] totals = new long[2][2];
        long merged = 0;
        long left = 0;
        final int events = 20_000;
        for (int i = 0; i < events; i++)
        {
            random(random);
            twin.onEvent(event);
            if (conflater.merge(event))
            {
                merged++;
            }
            else
            {
                left++;
            }
            if (random.nextInt(50) == 0)
            {
                long last = -1;
                while (conflater.pendingCount() > 0)
                {
                    assertEquals(conflater.nextSequence(), next(), "seed=" + seed);
                    assertTrue(taken.sequence() >= last, "seed=" + seed);
                    last = taken.sequence();
                    quotes[taken.instrumentId()][taken.side() - 1] = taken.price();
                    totals[taken.instrumentId()][taken.side() - 1] = taken.quantity();
                }
                assertTops(twin, quotes, totals, "seed=" + seed + " event=" + i);
            }
        }
        assertEquals(events, merged + left);
        assertEquals(twin.bookHash(), conflater.books().bookHash());
    }

    @Test
    void shouldAllocateNothingOnceWarm()
    {
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        final UnsafeBuffer events = new UnsafeBuffer(new byte[10_000 * OrderBookEvent.SIZE_BYTES]);
        final Random random = new Random(5);
        final OrderBookEvent at = new OrderBookEvent();
        for (int i = 0; i < 10_000; i++)
        {
            random(random);
            at.wrap(events, i * OrderBookEvent.SIZE_BYTES).copyFrom(event);
        }
        long least = Long.MAX_VALUE;

        for (int round = 0; round < 12; round++)
        {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++)
            {
                conflater.merge(at.moveTo(events, i * OrderBookEvent.SIZE_BYTES));
                while (i % 16 == 0 && conflater.pendingCount() > 0)
                {
                    conflater.take(taken);
                }
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }

        assertEquals(0, least);
    }

    private static void assertTops(
        final Books twin, final long[][] quotes, final long[][] totals, final String where)
    {
        for (int id = 0; id < 2; id++)
        {
            final OrderBook book = twin.book(id);
            assertEquals(book.bestBid(), quotes[id][0], where);
            assertEquals(book.bestAsk(), quotes[id][1], where);
            assertEquals(book.levelCount(Side.BID) == 0 ? 0 : book.quantity(Side.BID, 0), totals[id][0], where);
            assertEquals(book.levelCount(Side.ASK) == 0 ? 0 : book.quantity(Side.ASK, 0), totals[id][1], where);
        }
    }

    private void random(final Random random)
    {
        final int kind = random.nextInt(200);
        final int type = kind == 0 ? EventType.BOOK_CLEAR : 1 + kind % EventType.LEVEL_SET;
        event.reset().sequence(sequence++).type(type).instrumentId(random.nextInt(2))
            .flags(kind == 0 ? random.nextInt(3) : 1 + random.nextInt(2)).orderId(random.nextInt(500))
            .price(1_000 + random.nextInt(30)).quantity(1 + random.nextInt(100));
    }

    private boolean send(
        final int type, final int flags, final long id, final long price, final long quantity, final int instrumentId)
    {
        event.reset().sequence(sequence++).type(type).flags(flags).orderId(id).price(price).quantity(quantity)
            .instrumentId(instrumentId);
        return conflater.merge(event);
    }

    private long next()
    {
        conflater.take(taken);
        return taken.sequence();
    }

    private String take()
    {
        next();
        assertEquals(EventType.QUOTE, taken.type());
        return taken.sequence() + " i=" + taken.instrumentId() + " " + Side.name(taken.side()) + " " +
            (taken.price() == NO_PRICE ? "none" : taken.price()) + "x" + taken.quantity() + "/" + taken.orderId();
    }

    private void define(final BookKind kind)
    {
        final int id = definitions.instrumentCount();
        definitions.add(new InstrumentDefinition(id, "S" + id, 0, -9, 0, kind, 0, 0, 0, 1));
    }

    private static OrderBookEvent blank()
    {
        return new OrderBookEvent().wrap(new UnsafeBuffer(new byte[OrderBookEvent.SIZE_BYTES]), 0);
    }
}
