package io.ringtape.book;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No byte is allocated by applying events once books are warm, refused and unknown ones included. */
@Timeout(60)
final class BooksAllocationTest
{
    private static final int EVENTS = 50_000;
    private static final int ROUNDS = 12;

    private final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();

    @Test
    void shouldAllocateNothingOnceWarm()
    {
        final EventBatch batch = events(20_251_123L);
        final Books books = new Books(definitions());
        long best = Long.MAX_VALUE;

        // The first rounds grow the books and let the compilers settle; then every round does the same work.
        for (int round = 0; round < ROUNDS; round++)
        {
            final long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            apply(books, batch);
            best = Math.min(best, threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }

        assertEquals(0, best);
    }

    @Test
    void shouldAllocateNothingToReadAndHashABook()
    {
        final Books books = new Books(definitions());
        apply(books, events(1L));
        long sum = 0;
        long best = Long.MAX_VALUE;

        for (int round = 0; round < ROUNDS; round++)
        {
            final long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            sum += books.bookHash() + read(books.book(0)) + read(books.book(1));
            best = Math.min(best, threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }

        assertEquals(0, best, () -> "sum=" + books.bookHash());
        assertEquals(ROUNDS * (books.bookHash() + read(books.book(0)) + read(books.book(1))), sum);
    }

    private static void apply(final Books books, final EventBatch batch)
    {
        for (int i = 0; i < batch.count(); i++)
        {
            books.onEvent(batch.event(i));
        }
    }

    private static long read(final OrderBook book)
    {
        long sum = book.bestBid() + book.bestAsk() + book.liveOrders();
        for (int level = 0; level < book.levelCount(Side.BID); level++)
        {
            sum += book.price(Side.BID, level) + book.quantity(Side.BID, level) + book.orderCount(Side.BID, level);
            for (int order = book.firstOrder(Side.BID, level); order >= 0; order = book.nextOrder(order))
            {
                sum += book.orderId(order) + book.orderQuantity(order);
            }
        }
        return sum;
    }

    private static Definitions definitions()
    {
        final Definitions definitions = new Definitions();
        definitions.add(new InstrumentDefinition(0, "MBO", 0, -9, 0, BookKind.MBO, 0, 0, 0, 1));
        definitions.add(new InstrumentDefinition(1, "MBP", 0, -9, 0, BookKind.MBP, 0, 0, 0, 1));
        return definitions;
    }

    // Every type of book event on both books, and a clear first, so that a round can be repeated.
    private static EventBatch events(final long seed)
    {
        final Random random = new Random(seed);
        final EventBatch batch = new EventBatch(EVENTS);
        for (int i = 0; i < EVENTS; i++)
        {
            final int type = i < 2 ? EventType.BOOK_CLEAR : 1 + random.nextInt(EventType.LEVEL_SET);
            final int flags = 1 + random.nextInt(2) | (i % 3 == 0 ? EventFlags.LAST : 0);
            final OrderBookEvent event = batch.append();
            event.sequence(i).type(type).instrumentId(i & 1).flags(i < 2 ? 0 : flags).orderId(random.nextInt(5_000));
            event.price(random.nextInt(50) == 0 ? OrderBookEvent.NULL_PRICE : 1_000 + random.nextInt(400));
            event.quantity(random.nextInt(50) == 0 ? OrderBookEvent.NULL_QUANTITY : 1 + random.nextInt(100));
        }
        return batch;
    }
}
