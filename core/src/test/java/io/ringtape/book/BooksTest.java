package io.ringtape.book;

import static io.ringtape.event.Side.ASK;
import static io.ringtape.event.Side.BID;
import static io.ringtape.event.Side.NONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtape.event.BookKind;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.Hash64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
final class BooksTest
{
    @Test
    void shouldMakeEachBookOfTheKindThatItsDefinitionSays()
    {
        final BookFeed feed = new BookFeed(BookKind.MBP, BookKind.MBO);

        assertEquals(BookKind.MBP, feed.books().book(0).kind());
        assertEquals(BookKind.MBO, feed.books().book(1).kind());
        assertEquals(1, feed.books().book(1).instrumentId());
    }

    @Test
    void shouldKeepInstrumentsApart()
    {
        final BookFeed feed = new BookFeed(BookKind.MBO, BookKind.MBO);

        feed.on(0).add(1, BID, 100, 5).on(1).add(1, BID, 200, 6).on(0).delete(1, BID, 100, 5);

        assertEquals(0, feed.on(0).book().liveOrders());
        assertEquals("200x6(1)", feed.on(1).side(BID));
        assertEquals(1, feed.books().liveOrders());
        assertEquals(0, feed.books().duplicateAdds());
    }

    @Test
    void shouldTakeInstrumentsThatAreDefinedWhileRunning()
    {
        final BookFeed feed = new BookFeed(BookKind.MBO).on(0).add(1, BID, 100, 5);

        feed.on(2).add(1, ASK, 100, 5);
        feed.define(BookKind.MBP, 0).define(BookKind.MBP, 0).add(1, ASK, 100, 5);

        assertEquals(1, feed.books().refusedEvents());
        assertEquals("instrument is not defined: sequence=1 type=order-add instrumentId=2",
            feed.books().firstRefusal().orElseThrow());
        assertEquals("100x5(0)", feed.on(2).side(ASK));
        assertEquals("100x5(1)", feed.on(0).side(BID));
    }

    @Test
    void shouldRefuseEventsOfInstrumentsThatAreNotDefined()
    {
        final BookFeed feed = new BookFeed();

        feed.on(-1).add(1, BID, 100, 5).on(Integer.MAX_VALUE).send(EventType.TRADE, EventFlags.LAST, 1, 1, 1)
            .on(Integer.MIN_VALUE).clear(NONE);

        assertEquals(3, feed.books().refusedEvents());
        assertEquals(1, feed.books().eventEnds());
        assertEquals(0, feed.books().crossedEventEnds());
        assertEquals("instrument is not defined: instrumentId=-1 instrumentCount=0",
            assertThrows(IllegalArgumentException.class, () -> feed.books().book(-1)).getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 19, 27, 29, 35, 255})
    void shouldNameAnUnknownTypeCode(final int code)
    {
        final BookFeed feed = new BookFeed(BookKind.MBO).add(1, BID, 100, 5);

        final IllegalArgumentException error =
            assertThrows(IllegalArgumentException.class, () -> feed.send(code, NONE, 0, 0, 0));

        assertEquals("unknown event type: code=" + code + " sequence=1", error.getMessage());
        assertThrows(IllegalArgumentException.class, () -> feed.send(code, EventFlags.OWN, 0, 0, 0));
    }

    @Test
    void shouldTakeEveryKnownTypeCode()
    {
        final BookFeed feed = new BookFeed(BookKind.MBP);

        int known = 0;
        for (int code = 0; code < 256; code++)
        {
            if (EventType.isKnown(code))
            {
                feed.send(code, BID, 1, 100, 1);
                known++;
            }
        }

        assertEquals(26, known);
    }

    @Test
    void shouldCountEventEndsOfTypesWithoutABook()
    {
        final BookFeed feed = new BookFeed(BookKind.MBP).level(BID, 101, 1).level(ASK, 100, 1);

        feed.send(EventType.RECOVERED, EventFlags.LAST, 0, 0, 0)
            .send(EventType.TIMER, EventFlags.LAST | EventFlags.OWN, 0, 0, 0);

        assertEquals(1, feed.books().eventEnds());
        assertEquals(0, feed.books().crossedEventEnds());
    }

    @Test
    void shouldHaveNoRefusalAtFirst()
    {
        assertEquals(Optional.empty(), new BookFeed(BookKind.MBO).add(1, BID, 1, 1).books().firstRefusal());
    }

    @Test
    void shouldHashLevelsByInstrumentSideAndPrice()
    {
        final BookFeed feed = new BookFeed(BookKind.MBO, BookKind.MBP, BookKind.MBO, BookKind.MBO);
        feed.on(3).add(1, BID, 50, 1).on(2).add(1, BID, 50, 1).delete(1, BID, 50, 1);
        feed.on(1).level(ASK, 105, 4).level(BID, 99, 2).level(ASK, 104, 3).level(BID, 98, 1);
        feed.on(0).add(9, ASK, 101, 7).add(8, ASK, 101, 2);

        long expected = Hash64.START;
        expected = Hash64.addLevel(expected, 0, ASK, 101, 9, 2);
        expected = Hash64.addLevel(expected, 1, BID, 98, 1, 0);
        expected = Hash64.addLevel(expected, 1, BID, 99, 2, 0);
        expected = Hash64.addLevel(expected, 1, ASK, 104, 3, 0);
        expected = Hash64.addLevel(expected, 1, ASK, 105, 4, 0);
        expected = Hash64.addLevel(expected, 3, BID, 50, 1, 1);

        assertEquals(expected, feed.books().bookHash());
    }

    @Test
    void shouldAddNothingToTheHashForEmptyBooks()
    {
        final BookFeed feed = new BookFeed(BookKind.MBO, BookKind.MBP);

        assertEquals(Hash64.START, feed.books().bookHash());

        feed.on(0).add(1, BID, 100, 1).delete(1, BID, 100, 1).on(1).level(ASK, 100, 1).clear(NONE);

        assertEquals(Hash64.START, feed.books().bookHash());
    }
}
