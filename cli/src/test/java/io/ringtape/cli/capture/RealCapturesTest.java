package io.ringtape.cli.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtape.book.Books;
import io.ringtape.book.OrderBook;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.Side;
import io.ringtape.feed.LobsterDecoder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real captures against what their own venue, or an independent program, says of them. */
@Timeout(60)
final class RealCapturesTest
{
    private static final String DBN = "orderbooks_mbo_2024-05-08*.dbn.zst";

    // The counts of events are those of checks/lobster_events.py.
    @ParameterizedTest
    @CsvSource({"1, 57515, 85075", "5, 155935, 225172"})
    void shouldEqualEveryRowOfAmazon(final int depth, final int rows, final int events) throws Exception
    {
        final Path zip = RealCaptures.find("lobster", "LOBSTER_SampleFile_AMZN_2012-06-21_" + depth + ".zip");
        final Definitions definitions = new Definitions();
        final Books books = new Books(definitions);
        final EventBatch batch = new EventBatch(16);
        int eventCount = 0;
        int row = 0;

        try (Capture capture = Captures.open(List.of(zip), Optional.empty(), definitions);
            ZipFile oracle = new ZipFile(zip.toFile());
            BufferedReader reader = orderbook(oracle, depth))
        {
            apply(books, capture, batch);
            eventCount += batch.count();
            while (capture.next(batch))
            {
                eventCount += batch.count();
                for (int i = 0; i < batch.count(); i++)
                {
                    books.onEvent(batch.event(i));
                }
                row++;
                assertEquals(reader.readLine(), rowOf(books.book(0), depth), "row " + row);
            }
            assertEquals(null, reader.readLine());
        }

        assertEquals(rows, row);
        assertEquals(events, eventCount);
        assertEquals(0, books.refusedEvents() + books.unknownOrders() + books.overReduces());
        assertEquals("AMZN", definitions.instrument(0).symbol());
        assertEquals(depth, definitions.instrument(0).depth());
    }

    @Test
    void shouldKeepTheBookOfADayOfFutures() throws Exception
    {
        final Path file = RealCaptures.find("databento", DBN);
        final Definitions definitions = new Definitions();
        final Books books = new Books(definitions);
        final EventBatch batch = new EventBatch(Capture.MAX_EVENTS);
        int events = 0;

        try (Capture capture = Captures.open(List.of(file), Optional.empty(), definitions))
        {
            while (capture.next(batch))
            {
                events += batch.count();
                for (int i = 0; i < batch.count(); i++)
                {
                    books.onEvent(batch.event(i));
                }
            }
            assertEquals(0, capture.skippedRecords());
        }

        assertEquals(13_796, events);
        assertEquals(185, books.eventEnds());
        assertEquals(0, books.crossedEventEnds());
        assertEquals(0, books.unknownOrders() + books.overReduces() + books.refusedEvents() + books.duplicateAdds());
        assertEquals(13_598, books.liveOrders());
        assertEquals("ESM4", definitions.instrument(0).symbol());
        assertEquals(5602, definitions.instrument(0).venueInstrumentId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mbo.v1.dbn.zst", "mbo.v2.dbn.zst", "mbo.v3.dbn", "mbo.v3.dbn.zst", "mbo.dbn"})
    void shouldGiveTheSameEventsForEachVersion(final String name) throws Exception
    {
        final Path file = RealCaptures.find("databento/dbn-fixtures", "test_data." + name);
        final List<String> events = new ArrayList<>();
        final Definitions definitions = new Definitions();
        final EventBatch batch = new EventBatch(4);

        try (Capture capture = Captures.open(List.of(file), Optional.empty(), definitions))
        {
            while (capture.next(batch))
            {
                assertEquals(1, batch.count());
                events.add(batch.event(0).toString());
            }
        }

        // Both cancel an ask, with the flag of the last record: side 2, last 4.
        assertEquals(
            List.of(
                "sequence=0 type=order-reduce eventTimeNs=1609160400000429831 receiveTimeNs=1609160400000704060 " +
                    "orderId=647784973705 price=3722750000000 quantity=1 sourceSequence=1170352 " +
                    "instrumentId=0 sourceId=0 flags=0x6",
                "sequence=0 type=order-reduce eventTimeNs=1609160400000431665 receiveTimeNs=1609160400000711344 " +
                    "orderId=647784973631 price=3723000000000 quantity=1 sourceSequence=1170353 " +
                    "instrumentId=0 sourceId=0 flags=0x6"),
            events);
        assertEquals("ESH1", definitions.instrument(0).symbol());
    }

    @Test
    void shouldRefuseTopOfBookRecordsByTheirSchema() throws IOException
    {
        final Path file = RealCaptures.find("databento", "futures_mbp-1*.dbn.zst");

        final CaptureException thrown = assertThrows(
            CaptureException.class, () -> Captures.open(List.of(file), Optional.empty(), new Definitions()));

        assertEquals(CaptureException.Kind.BAD_INPUT, thrown.kind());
        assertEquals("DBN schema is not supported: file=" + file +
            " byte=24 field=schema schema=mbp-1 supported=mbo", thrown.getMessage());
    }

    // The snapshot before row 1.
    private static void apply(final Books books, final Capture capture, final EventBatch batch)
        throws CaptureException
    {
        capture.next(batch);
        for (int i = 0; i < batch.count(); i++)
        {
            books.onEvent(batch.event(i));
        }
    }

    private static BufferedReader orderbook(final ZipFile zip, final int depth) throws IOException
    {
        return new BufferedReader(new InputStreamReader(
            zip.getInputStream(zip.getEntry("AMZN_2012-06-21_34200000_57600000_orderbook_" + depth + ".csv")),
            StandardCharsets.US_ASCII));
    }

    private static String rowOf(final OrderBook book, final int depth)
    {
        final StringBuilder row = new StringBuilder(160);
        for (int i = 0; i < depth; i++)
        {
            append(row, book, Side.ASK, i);
            append(row.append(','), book, Side.BID, i);
            row.append(i < depth - 1 ? "," : "");
        }
        // A book that holds more than the window differs from the row, too.
        return book.levelCount(Side.ASK) <= depth && book.levelCount(Side.BID) <= depth ? row.toString() : row + "!";
    }

    private static void append(final StringBuilder row, final OrderBook book, final int side, final int level)
    {
        if (level < book.levelCount(side))
        {
            row.append(book.price(side, level) / LobsterDecoder.PRICE_FACTOR).append(',')
                .append(book.quantity(side, level));
        }
        else
        {
            row.append(side == Side.ASK ? "9999999999,0" : "-9999999999,0");
        }
    }
}
