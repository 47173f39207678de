package io.ringtape.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.EventBatch;
import io.ringtape.event.OrderBookEvent;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(10)
final class LobsterDecoderTest
{
    private static final String EMPTY = "9999999999,0,-9999999999,0";

    @Test
    void shouldStartWithTheSnapshotThatTheFirstMessageWasAddedTo() throws FeedException
    {
        final List<List<String>> events = FeedText.lobster(2,
            "1.5,1,7,30,100,1\n",
            "110,5,100,40,120,6,90,8\n");

        assertEquals(
            List.of(
                List.of(
                    "book-clear - -x- id=0 source=0 snapshot",
                    "level-set bid 100x10 id=0 source=0 snapshot",
                    "level-set bid 90x8 id=0 source=0 snapshot",
                    "level-set ask 110x5 id=0 source=0 snapshot",
                    "level-set ask 120x6 id=0 source=0 snapshot last"),
                List.of("order-add bid 100x30 id=7 source=1 last")),
            events);
    }

    @Test
    void shouldLeaveOutOfTheSnapshotTheLevelThatTheFirstMessageMade() throws FeedException
    {
        final List<List<String>> events = FeedText.lobster(1, "1,1,7,40,100,1\n", "9999999999,0,100,40\n");

        assertEquals(List.of("book-clear - -x- id=0 source=0 snapshot last"), events.get(0));
    }

    @ParameterizedTest
    @CsvSource({"2, order-reduce", "3, order-delete", "4, order-execute"})
    void shouldPutBackIntoTheSnapshotWhatTheFirstMessageTook(final int type, final String name) throws FeedException
    {
        final List<List<String>> events = FeedText.lobster(1, "1," + type + ",7,30,115,-1\n", "110,5,100,40\n");

        assertEquals(
            List.of(
                List.of(
                    "book-clear - -x- id=0 source=0 snapshot",
                    "level-set bid 100x40 id=0 source=0 snapshot",
                    "level-set ask 110x5 id=0 source=0 snapshot",
                    "level-set ask 115x30 id=0 source=0 snapshot last"),
                List.of(name + " ask 115x30 id=7 source=1 last")),
            events);
    }

    @Test
    void shouldTellTradesAndStatusWithoutTouchingTheBook() throws FeedException
    {
        final List<List<String>> events = FeedText.lobster(1,
            "1,5,0,1,105,-1\n2,6,-1,500,106,1\n3,7,0,0,-1,-1\n4,7,0,0,0,-1\n5,7,0,0,1,-1\n",
            "110,5,100,40\n".repeat(5));

        assertEquals(List.of("trade ask 105x1 id=0 source=1 last"), events.get(1));
        assertEquals(List.of("trade bid 106x500 id=-1 source=2 last"), events.get(2));
        assertEquals(List.of("trading-status - -1e-9x- id=0 source=3 last"), events.get(3));
        assertEquals(List.of("trading-status - 0x- id=0 source=4 last"), events.get(4));
        assertEquals(List.of("trading-status - 1e-9x- id=0 source=5 last"), events.get(5));
    }

    @Test
    void shouldSayWhatAnAddPushesOutOfTheWindow() throws FeedException
    {
        final List<List<String>> events = FeedText.lobster(2,
            "1,5,0,1,105,-1\n2,1,7,3,95,1\n3,1,8,4,115,-1\n",
            "110,5,100,40,120,6,90,8\n110,5,100,40,120,6,95,3\n110,5,100,40,115,4,95,3\n");

        assertEquals(
            List.of("order-add bid 95x3 id=7 source=2", "level-set bid 90x0 id=0 source=2 window last"),
            events.get(2));
        assertEquals(
            List.of("order-add ask 115x4 id=8 source=3", "level-set ask 120x0 id=0 source=3 window last"),
            events.get(3));
    }

    @Test
    void shouldSayThatAnAddBehindTheWindowIsOutsideAgain() throws FeedException
    {
        final List<List<String>> events = FeedText.lobster(1,
            "1,5,0,1,105,-1\n2,1,7,3,95,1\n", "110,5,100,40\n110,5,100,40\n");

        assertEquals(
            List.of("order-add bid 95x3 id=7 source=2", "level-set bid 95x0 id=0 source=2 window last"),
            events.get(2));
    }

    @Test
    void shouldSayWhatComesIntoTheWindowWhenALevelGoesEmpty() throws FeedException
    {
        final List<List<String>> events = FeedText.lobster(2,
            "1,5,0,1,105,-1\n2,3,7,40,100,1\n3,4,8,5,110,-1\n",
            "110,5,100,40,120,6,90,8\n110,5,90,8,120,6,80,9\n120,6,90,8,130,7,80,9\n");

        assertEquals(
            List.of("order-delete bid 100x40 id=7 source=2", "level-set bid 80x9 id=0 source=2 window last"),
            events.get(2));
        assertEquals(
            List.of("order-execute ask 110x5 id=8 source=3", "level-set ask 130x7 id=0 source=3 window last"),
            events.get(3));
    }

    @Test
    void shouldTakeThinBooks() throws FeedException
    {
        final List<List<String>> events = FeedText.lobster(2,
            "1,1,7,3,95,1\n2,3,7,3,95,1\n3,1,8,4,115,-1\n",
            "9999999999,0,95,3," + EMPTY + "\n" + EMPTY + "," + EMPTY + "\n115,4,-9999999999,0," + EMPTY + "\n");

        assertEquals(
            List.of(
                List.of("book-clear - -x- id=0 source=0 snapshot last"),
                List.of("order-add bid 95x3 id=7 source=1 last"),
                List.of("order-delete bid 95x3 id=7 source=2 last"),
                List.of("order-add ask 115x4 id=8 source=3 last")),
            events);
    }

    @Test
    void shouldTakeCarriageReturnsAndALastLineWithoutEnd() throws FeedException
    {
        final List<List<String>> events =
            FeedText.lobster(1, "1,5,0,1,105,-1\r\n2,5,0,1,105,-1", "110,5,100,40\r\n110,5,100,40");

        assertEquals(3, events.size());
    }

    @ParameterizedTest
    @CsvSource({
        "34200.017459617, 34200017459617", "34200.18960767, 34200189607670", "34200.1, 34200100000000",
        "34200, 34200000000000", "0.000000001, 1", "86400.0, 86400000000000", "39632.632812672004, 39632632812672",
        "57599.999999999999, 57599999999999"})
    void shouldReadTheDigitsOfATimeExactly(final String time, final long nanoseconds) throws FeedException
    {
        final long midnightNs = LobsterDecoder.midnightNs(LocalDate.of(2012, 6, 21));
        final LobsterDecoder decoder = new LobsterDecoder(3, 2, 1, midnightNs);
        final UnsafeBuffer message = FeedText.buffer(time + ",5,0,1,105,-1\n");
        final UnsafeBuffer book = FeedText.buffer("110,5,100,40\n");
        final EventBatch batch = new EventBatch(8);

        decoder.decode(message, 0, message.capacity(), book, 0, book.capacity(), batch);
        final OrderBookEvent event = batch.event(0);

        // Midnight in New York in summer is four hours after that of UTC.
        assertEquals(1_340_251_200_000_000_000L + nanoseconds, event.eventTimeNs());
        assertEquals(event.eventTimeNs(), event.receiveTimeNs());
        assertEquals(3, event.instrumentId());
        assertEquals(2, event.sourceId());
    }

    @Test
    void shouldKnowMidnightInWinter()
    {
        assertEquals(1_325_394_000_000_000_000L, LobsterDecoder.midnightNs(LocalDate.of(2012, 1, 1)));
    }

    @Test
    void shouldScalePricesAndKeepNumbersOf64Bits() throws FeedException
    {
        final List<List<String>> events = FeedText.lobster(1,
            "1,5,9223372036854775807,9223372036854775807,92233720368547,1\n", "110,5,100,40\n");

        assertEquals(
            List.of("trade bid 92233720368547x9223372036854775807 id=9223372036854775807 source=1 last"),
            events.get(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "x,5,0,1,105,-1     | not a whole number of 64 bits: row=2 field=time value=x",
        "86401,5,0,1,105,-1 | time is not within a day: row=2 field=time seconds=86401",
        "-1,5,0,1,105,-1    | time is not within a day: row=2 field=time seconds=-1",
        "1.,5,0,1,105,-1    | decimals are no digits: row=2 field=time value=",
        "1;5,0,1,105,-1     | comma expected before the field: row=2 field=type found=;5",
        "1,0,0,1,105,-1     | unknown message type: row=2 field=type value=0",
        "1,8,0,1,105,-1     | unknown message type: row=2 field=type value=8",
        "1,5,9223372036854775808,1,105,-1 " +
            "| not a whole number of 64 bits: row=2 field=order id value=9223372036854775808",
        "1,1,0,0,100,1      | size is too small: row=2 field=size value=0",
        "1,5,0,-1,105,-1    | size is too small: row=2 field=size value=-1",
        "1,5,0,1.5,105,-1   | comma expected before the field: row=2 field=price found=.5",
        "1,5,0,1,92233720368548,-1 | price does not fit: row=2 field=price value=92233720368548",
        "1,5,0,1,105,0      | direction is not 1 or -1: row=2 field=direction value=0",
        "1,5,0,1,105        | comma expected before the field: row=2 field=direction found=",
        "1,5,0,1,105,-1,9   | message has more than 6 fields: row=2 field=direction found=",
        "1,2,0,41,100,1     | message takes more than its level holds: row=2 field=bid level 1 " +
            "price=100 size=41 held=40",
        "1,3,0,1,99,1       | message takes more than its level holds: row=2 field=bid level 2 " +
            "price=99 size=1 held=0",
        "1,1,0,9223372036854775807,100,1 | level total does not fit: row=2 field=size value=9223372036854775807"})
    void shouldNameRowAndFieldOfABadMessage(final String message, final String error)
    {
        final String first = "1,5,0,1,105,-1\n";
        final String row = "110,5,100,40\n";
        final List<List<String>> events = new ArrayList<>();

        final FeedException thrown = assertThrows(
            FeedException.class, () -> FeedText.lobster(1, first + message + "\n", row + row, events));

        assertEquals(error, thrown.getMessage());
        assertEquals(2, events.size(), "what came before was given out");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "110,5,100,41,120,6,90,8 | bid level 1 | expected=100x40 found=100x41",
        "110,5,100,40,120,6,91,8 | bid level 2 | expected=90x8 found=91x8",
        "110,5,100,40,121,6,90,8 | ask level 2 | expected=120x6 found=121x6",
        "110,5,100,40,9999999999,0,90,8 | ask level 2 | expected=120x6 found=9999999999x0"})
    void shouldRefuseARowThatDoesNotFollow(final String row, final String level, final String values)
    {
        final String messages = "1,5,0,1,105,-1\n2,5,0,1,105,-1\n";
        final String books = "110,5,100,40,120,6,90,8\n" + row + "\n";

        final FeedException thrown = assertThrows(FeedException.class, () -> FeedText.lobster(2, messages, books));

        assertEquals(
            "orderbook row does not follow from its message: row=2 field=" + level + " " + values,
            thrown.getMessage());
        assertEquals(level, thrown.field());
        assertEquals(2, thrown.position());
        assertEquals(FeedException.Unit.ROW, thrown.unit());
        assertTrue(LobsterDecoder.isOrderbookField(thrown.field()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        // Nothing went empty on that side, or the new level is not the deepest, or the window was not full.
        "2,2,7,10,100,1 | 110,5,100,30,120,6,85,9 | bid level 2 expected=90x8 found=85x9",
        "2,3,7,40,100,1 | 110,5,95,9,120,6,90,8   | bid level 1 expected=90x8 found=95x9",
        "2,3,7,40,100,1 | 110,5,90,8,120,6,90,9   | bid level 2 expected=none found=90x9",
        "2,3,7,40,100,1 | 110,5,90,8,120,6,80,-1  | bid level 2 expected=none found=80x-1",
        "2,3,7,40,100,1 | 110,5,90,8,120,6,80,0   | bid level 2 expected=none found=80x0",
        "2,1,7,5,95,1   | 110,5,100,40,120,6,90,8 | bid level 2 expected=95x5 found=90x8"})
    void shouldRefuseAWindowThatMovesInAnotherWay(final String message, final String row, final String error)
    {
        final String messages = "1,5,0,1,105,-1\n" + message + "\n";
        final String books = "110,5,100,40,120,6,90,8\n" + row + "\n";

        final FeedException thrown = assertThrows(FeedException.class, () -> FeedText.lobster(2, messages, books));

        assertEquals("orderbook row does not follow from its message: row=2 field=" + error, thrown.getMessage());
    }

    @Test
    void shouldRefuseALevelThatComesIntoAThinBook()
    {
        final String messages = "1,5,0,1,105,-1\n2,3,7,40,100,1\n";
        final String books = "110,5,100,40," + EMPTY + "\n110,5,80,9," + EMPTY + "\n";

        final FeedException thrown = assertThrows(FeedException.class, () -> FeedText.lobster(2, messages, books));

        assertEquals(
            "orderbook row does not follow from its message: row=2 field=bid level 1 expected=none found=80x9",
            thrown.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "110,5,100,40,120,6      | orderbook row is too short: row=1 field=ask level 2 depth=2",
        "110,5,100,40,120,6,90,8,1 | orderbook row is too long: row=1 field=bid level 2 depth=2",
        "110,5,100,40,105,6,90,8 | level is out of order or out of range: row=1 field=ask level 2 price=105 size=6",
        "110,5,100,40,120,0,90,8 | level is out of order or out of range: row=1 field=ask level 2 price=120 size=0",
        "110,x,100,40,120,6,90,8 | orderbook has no whole number of 64 bits: row=1 field=ask level 1 value=x",
        "9999999999,0,100,40,120,6,90,8 " +
            "| level is out of order or out of range: row=1 field=ask level 2 price=120 size=6",
        "110,5,100,40,99999999999999,6,90,8 " +
            "| level is out of order or out of range: row=1 field=ask level 2 price=99999999999999 size=6"})
    void shouldRefuseAFirstRowThatIsNoBook(final String row, final String error)
    {
        final FeedException thrown =
            assertThrows(FeedException.class, () -> FeedText.lobster(2, "1,5,0,1,105,-1\n", row + "\n"));

        assertEquals(error, thrown.getMessage());
    }

    @Test
    void shouldRefuseAFirstRowWithoutTheOrderThatWasAdded()
    {
        final FeedException thrown =
            assertThrows(FeedException.class, () -> FeedText.lobster(1, "1,1,7,41,100,1\n", "110,5,100,40\n"));

        assertEquals(
            "row 1 does not hold the order that its message adds: row=1 field=bid level 1 price=100 size=41",
            thrown.getMessage());
    }

    @Test
    void shouldRefuseADepthOfNothing()
    {
        final IllegalArgumentException thrown =
            assertThrows(IllegalArgumentException.class, () -> new LobsterDecoder(0, 0, 0, 0));

        assertEquals("depth must be at least 1: depth=0", thrown.getMessage());
    }
}
