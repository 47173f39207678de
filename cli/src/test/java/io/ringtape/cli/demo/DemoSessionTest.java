package io.ringtape.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.ringtape.book.Books;
import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventHashes;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class DemoSessionTest
{
    private static final int EVENTS = 300_000;

    private final EventBatch batch = new EventBatch(1_024);

    @Test
    void shouldMakeTheSameEventsFromTheSameSeed()
    {
        assertEquals(hash(EVENTS, 1), hash(EVENTS, 1));
        assertNotEquals(hash(EVENTS, 1), hash(EVENTS, 2));
    }

    @Test
    void shouldMakeTheSameEventsOnEveryJdk()
    {
        assertEquals("80bcc6aaed9b3e9f", EventHashes.hex(hash(EVENTS, 1)));
        assertEquals("fb6c012210ee2dad", EventHashes.hex(hash(1_000, -7)));
    }

    @Test
    void shouldMakeExactlyAsManyEventsAsAsked()
    {
        for (long events = 1; events < 300; events++)
        {
            assertEquals(events, count(events, events));
        }
        for (long events = 20_000; events < 20_100; events++)
        {
            assertEquals(events, count(events, 5));
        }
    }

    @Test
    void shouldStartALongSessionAsAShortOne()
    {
        final long shorter = 50_000;
        final EventHashes first = new EventHashes();
        final EventHashes second = new EventHashes();
        readUntil(shorter - DemoMarket.MAX_STEP, shorter, first);

        readUntil(shorter - DemoMarket.MAX_STEP, 10 * shorter, second);

        assertEquals(first.eventHash(), second.eventHash());
        assertEquals(first.inputCount(), second.inputCount());
    }

    @Test
    void shouldKeepTheBooksWhole()
    {
        final Definitions definitions = new Definitions();
        final Books books = new Books(definitions);
        long venueEvents = 0;
        try (DemoSession session = DemoSession.open(EVENTS, 3, definitions))
        {
            while (session.next(batch))
            {
                venueEvents++;
                for (int i = 0; i < batch.count(); i++)
                {
                    final OrderBookEvent event = batch.event(i);
                    assertEquals(i == batch.count() - 1, event.has(EventFlags.LAST));
                    books.onEvent(event);
                }
            }
        }

        assertEquals(0, books.unknownOrders());
        assertEquals(0, books.overReduces());
        assertEquals(0, books.duplicateAdds());
        assertEquals(0, books.refusedEvents());
        assertEquals(0, books.crossedEventEnds());
        assertEquals(venueEvents, books.eventEnds());
        for (int i = 0; i < 4; i++)
        {
            assertTrue(books.book(i).liveOrders() >= 800 && books.book(i).liveOrders() <= 1_500);
        }
    }

    @Test
    void shouldMakeEveryKindOfEvent()
    {
        final Definitions definitions = new Definitions();
        final long[] counts = new long[EventType.LIMIT];
        final long[] instruments = new long[5];
        long replaces = 0;
        long lastTimeNs = DemoSession.START_TIME_NS;
        long bursts = 0;
        try (DemoSession session = DemoSession.open(EVENTS, 3, definitions))
        {
            while (session.next(batch))
            {
                final long timeNs = batch.event(0).eventTimeNs();
                assertTrue(timeNs >= lastTimeNs && batch.event(0).receiveTimeNs() > timeNs);
                bursts += timeNs - lastTimeNs < 2_048 ? 1 : 0;
                lastTimeNs = timeNs;
                for (int i = 0; i < batch.count(); i++)
                {
                    counts[batch.event(i).type()]++;
                    instruments[batch.event(i).instrumentId()]++;
                }
                replaces += isReplace() ? 1 : 0;
            }
        }

        for (final int type : new int[] {EventType.ORDER_ADD, EventType.ORDER_MODIFY, EventType.ORDER_REDUCE,
            EventType.ORDER_DELETE, EventType.ORDER_EXECUTE, EventType.TRADE, EventType.LEVEL_SET, EventType.DETAIL})
        {
            assertTrue(counts[type] > 1_000, EventType.name(type) + "=" + counts[type]);
        }
        for (final long count : instruments)
        {
            assertTrue(count > EVENTS / 10);
        }
        assertTrue(replaces > 1_000);
        assertTrue(bursts > EVENTS / 2);
    }

    @Test
    void shouldSayThatItIsGenerated()
    {
        final Definitions definitions = new Definitions();
        try (DemoSession session = DemoSession.open(1, 1, definitions))
        {
            assertEquals("demo", session.format());
            assertEquals(0, session.bytesRead());
            assertEquals(64, session.totalBytes());
            assertTrue(session.next(batch));
            assertEquals(64, session.bytesRead());
            assertFalse(session.next(batch));
            assertEquals(0, batch.count());
        }

        assertEquals("demo (generated)", definitions.source(0).name());
        assertEquals(5, definitions.instrumentCount());
        for (int i = 0; i < 5; i++)
        {
            assertTrue(definitions.instrument(i).symbol().startsWith("DEMO-"));
            assertEquals(i < 4 ? BookKind.MBO : BookKind.MBP, definitions.instrument(i).bookKind());
        }
    }

    @Test
    void shouldRefuseACountThatIsOutOfRange()
    {
        for (final long count : new long[] {0, -1, DemoSession.MAX_EVENTS + 1})
        {
            final IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> DemoSession.open(count, 1, new Definitions()));
            assertEquals("eventCount must be 1 to 1000000000000: eventCount=" + count, refusal.getMessage());
        }
    }

    @Test
    void shouldAllocateNothingOnceOpen()
    {
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        long best = Long.MAX_VALUE;
        try (DemoSession session = DemoSession.open(EVENTS, 1, new Definitions()))
        {
            for (int round = 0; round < 20; round++)
            {
                final long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
                for (int i = 0; i < 10_000; i++)
                {
                    session.next(batch);
                }
                best = Math.min(best, threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
            }
        }

        assertEquals(0, best);
    }

    private boolean isReplace()
    {
        return batch.count() == 2 && batch.event(0).type() == EventType.ORDER_DELETE &&
            batch.event(1).type() == EventType.ORDER_ADD && batch.event(1).has(EventFlags.LAST);
    }

    private long hash(final long events, final long seed)
    {
        final EventHashes hashes = new EventHashes();
        readUntil(events, events, seed, hashes);
        return hashes.eventHash();
    }

    private void readUntil(final long until, final long events, final EventHashes hashes)
    {
        readUntil(until, events, 9, hashes);
    }

    private void readUntil(final long until, final long events, final long seed, final EventHashes hashes)
    {
        try (DemoSession session = DemoSession.open(events, seed, new Definitions()))
        {
            while (hashes.inputCount() < until && session.next(batch))
            {
                for (int i = 0; i < batch.count(); i++)
                {
                    hashes.onEvent(batch.event(i));
                }
            }
        }
    }

    private long count(final long events, final long seed)
    {
        long count = 0;
        try (DemoSession session = DemoSession.open(events, seed, new Definitions()))
        {
            while (session.next(batch))
            {
                assertTrue(batch.count() > 0 && batch.count() <= DemoMarket.MAX_STEP);
                assertTrue(batch.event(batch.count() - 1).has(EventFlags.LAST));
                count += batch.count();
            }
        }
        return count;
    }
}
