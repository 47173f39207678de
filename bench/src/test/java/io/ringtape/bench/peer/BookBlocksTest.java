package io.ringtape.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class BookBlocksTest
{
    private static final int COUNT = 40 * Work.BLOCK_EVENTS;
    private static final OrderCycle CYCLE = new OrderCycle(100, 3, 5);

    @Test
    void shouldGiveBothBooksTheSameSumOfEveryStream()
    {
        assertSame(CYCLE);
        assertSame(BookStream::demo);
    }

    private static void assertSame(final BookStream.Source source)
    {
        try (BookBlocks ours = new RingtapeBook(source); BookBlocks naive = new NaiveBook(source))
        {
            ours.prepare(COUNT);
            ours.run(COUNT);
            naive.prepare(COUNT);
            naive.run(COUNT);

            assertEquals(naive.checksum(), ours.checksum());
            assertEquals(naive.checksum(), ours.expected(0, COUNT));
            assertEquals(ours.checksum(), naive.expected(0, COUNT));
        }
    }

    @Test
    void shouldSeeAnEventThatIsLost()
    {
        final BookStream stream = CYCLE.load(COUNT);
        try (BookBlocks ours = new RingtapeBook((count) -> stream))
        {
            ours.prepare(COUNT);
            stream.events().event(COUNT - 1).type(EventType.VOID);
            ours.run(COUNT);

            assertNotEquals(ours.expected(0, COUNT), ours.checksum());
        }
    }

    @Test
    void shouldSeeABestPriceThatIsWrongForOneEvent()
    {
        final BookStream stream = new OrderCycle(2, 1, 1).load(COUNT);
        try (BookBlocks ours = new RingtapeBook((count) -> stream))
        {
            ours.prepare(COUNT);
            final OrderBookEvent added = stream.events().event(1);
            added.price(added.price() + 1);
            ours.run(COUNT);

            assertNotEquals(ours.expected(0, COUNT), ours.checksum());
        }
    }

    @Test
    void shouldSayWhichEventABookRefused()
    {
        final BookStream stream = CYCLE.load(COUNT);
        try (BookBlocks ours = new RingtapeBook((count) -> stream))
        {
            ours.prepare(COUNT);
            stream.events().event(1).price(OrderBookEvent.NULL_PRICE);
            ours.run(COUNT);

            final Exception thrown = assertThrows(IllegalStateException.class, ours::checksum);
            assertEquals("book refused an event: event has no price: sequence=0 type=order-add instrumentId=" +
                stream.events().event(1).instrumentId(), thrown.getMessage());
        }
    }

    @Test
    void shouldKeepAsManyOrdersAsAreAskedFor()
    {
        final BookStream stream = CYCLE.load(COUNT);

        assertEquals(100, stream.start().count());
        assertEquals(COUNT, stream.events().count());
        assertEquals(3, stream.definitions().instrumentCount());
        assertEquals(EventType.ORDER_DELETE, stream.events().event(0).type());
        final long deleted = stream.events().event(0).orderId();
        assertEquals(EventType.ORDER_ADD, stream.events().event(1).type());
        assertEquals(deleted, stream.events().event(1).orderId());
    }

    @Test
    void shouldCountTheTimeOfTheEventsAlone()
    {
        final int block = 15 * Work.BLOCK_EVENTS;
        try (BookBlocks ours = new RingtapeBook(CYCLE))
        {
            ours.prepare(block);
            final long start = System.nanoTime();
            ours.run(block);
            final long elapsedNs = System.nanoTime() - start;

            assertTrue(ours.cost(elapsedNs) > 0);
            assertTrue(ours.cost(elapsedNs) <= elapsedNs, () -> "costNs=" + ours.cost(elapsedNs));
        }
    }
}
