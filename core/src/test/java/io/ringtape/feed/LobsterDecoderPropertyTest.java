package io.ringtape.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.book.Books;
import io.ringtape.book.OrderBook;
import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.agrona.concurrent.UnsafeBuffer;

/** Books that see only the events equal every row of the files; whatever else the files hold is a typed error. */
final class LobsterDecoderPropertyTest
{
    @Property(tries = 150)
    void shouldGiveBooksThatEqualEveryRow(@ForAll final long seed, @ForAll @IntRange(min = 1, max = 6) final int depth)
        throws FeedException
    {
        final LobsterSimulator pair = new LobsterSimulator(seed, depth).run(120);
        final String[] rows = pair.books.toString().split("(?<=\n)", 0);
        final Definitions definitions = new Definitions();
        definitions.add(new InstrumentDefinition(0, "SIM", 0, -9, 0, BookKind.MBP, depth, 0, 0, 1));
        final Books books = new Books(definitions);
        final UnsafeBuffer messages = FeedText.buffer(pair.messages.toString());
        final UnsafeBuffer orderbooks = FeedText.buffer(pair.books.toString());
        final LobsterDecoder decoder = new LobsterDecoder(0, 0, depth, 0);
        final EventBatch batch = new EventBatch(4);

        long sequence = -1;
        while (decoder.rowCount() < pair.rows)
        {
            batch.clear();
            decoder.decode(messages, Math.max(0, decoder.messageEnd()), messages.capacity(),
                orderbooks, Math.max(0, decoder.bookEnd()), orderbooks.capacity(), batch);
            assertEndsOnce(batch, ++sequence);
            apply(books, batch);
            if (sequence > 0)
            {
                assertEquals(rows[(int)sequence - 1], rowOf(books.book(0), depth), "row " + sequence);
            }
        }

        assertEquals(pair.rows, sequence);
        assertEquals(0, books.refusedEvents());
        assertEquals(0, books.overReduces());
        assertEquals(0, books.unknownOrders());
    }

    @Property(tries = 300)
    void shouldFindOrSurviveAnyFlippedByte(@ForAll final long seed)
    {
        final Random random = new Random(seed);
        final LobsterSimulator pair = new LobsterSimulator(seed, 2).run(20);
        final StringBuilder text = random.nextBoolean() ? pair.messages : pair.books;
        for (int i = 0; i <= random.nextInt(3); i++)
        {
            text.setCharAt(random.nextInt(text.length()), (char)random.nextInt(256));
        }
        final List<List<String>> events = new ArrayList<>();

        try
        {
            FeedText.lobster(2, pair.messages.toString(), pair.books.toString(), events);
        }
        catch (final FeedException e)
        {
            assertTrue(e.position() >= 1 && e.position() <= pair.rows + 1L, e.getMessage());
            assertTrue(events.size() >= Math.min(2, e.position() - 1), e.getMessage());
        }
    }

    @Property(tries = 300)
    void shouldRefuseRandomBytes(@ForAll final long seed)
    {
        final Random random = new Random(seed);
        final byte[] bytes = new byte[1 + random.nextInt(200)];
        final String alphabet = "0123456789,,,..--\n\r\0x";
        for (int i = 0; i < bytes.length; i++)
        {
            bytes[i] = (byte)alphabet.charAt(random.nextInt(alphabet.length()));
        }
        final LobsterDecoder decoder = new LobsterDecoder(0, 0, 1 + random.nextInt(3), 0);
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);

        try
        {
            decoder.decode(buffer, 0, bytes.length, buffer, 0, bytes.length, new EventBatch(4));
        }
        catch (final FeedException e)
        {
            assertEquals(1, e.position());
        }
    }

    private static void assertEndsOnce(final EventBatch batch, final long sourceSequence)
    {
        for (int i = 0; i < batch.count(); i++)
        {
            assertEquals(i == batch.count() - 1, batch.event(i).has(EventFlags.LAST));
            assertEquals(sourceSequence, batch.event(i).sourceSequence());
        }
    }

    private static void apply(final Books books, final EventBatch batch)
    {
        for (int i = 0; i < batch.count(); i++)
        {
            books.onEvent(batch.event(i));
        }
    }

    private static String rowOf(final OrderBook book, final int depth)
    {
        final NavigableMap<Long, Long> asks = new TreeMap<>();
        final NavigableMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
        collect(book, Side.ASK, asks);
        collect(book, Side.BID, bids);
        assertTrue(asks.size() <= depth && bids.size() <= depth);
        return LobsterSimulator.row(depth, asks, bids);
    }

    private static void collect(final OrderBook book, final int side, final NavigableMap<Long, Long> levels)
    {
        for (int i = 0; i < book.levelCount(side); i++)
        {
            levels.put(book.price(side, i) / LobsterDecoder.PRICE_FACTOR, book.quantity(side, i));
        }
    }
}
