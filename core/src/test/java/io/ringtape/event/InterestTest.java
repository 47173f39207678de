package io.ringtape.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
final class InterestTest
{
    private static final Interest TWO = Interest.all().withInstruments(0, 65);

    @Test
    void shouldIncludeEverythingButVoid()
    {
        for (int code = 0; code < 256; code++)
        {
            assertEquals(code != EventType.VOID, includes(Interest.all(), EventLayout.tail(7, code, 1, 0xFFFF)),
                "code=" + code);
        }
    }

    @Test
    void shouldIncludeChosenInstrumentsOnly()
    {
        assertTrue(includes(TWO, tail(0, EventType.TRADE)));
        assertTrue(includes(TWO, tail(65, EventType.OWN_FILL)));
        assertFalse(includes(TWO, tail(1, EventType.TRADE)));
        assertFalse(includes(TWO, tail(64, EventType.TRADE)));
        assertFalse(includes(TWO, tail(128, EventType.TRADE)));
        assertFalse(includes(TWO, tail(-1, EventType.TRADE)));
        assertFalse(includes(TWO, tail(Integer.MIN_VALUE, EventType.TRADE)));
    }

    @ParameterizedTest
    @ValueSource(ints = {EventType.GAP, EventType.RECOVERED, EventType.TIMER, EventType.CONTROL, EventType.HEARTBEAT,
        EventType.RUN_START, 0, 200})
    void shouldNotKeepAwayByInstrumentWhatNamesNone(final int code)
    {
        assertTrue(includes(TWO, tail(9, code)));
        assertFalse(includes(TWO.withTypes(EventType.TRADE), tail(9, code)));
        assertFalse(includes(TWO.withTypes(EventType.TRADE), tail(0, code)));
    }

    @Test
    void shouldNeedBothTypeAndInstrument()
    {
        final Interest both = Interest.all().withTypes(EventType.TRADE, EventType.HEARTBEAT).withInstruments(3);

        assertTrue(includes(both, tail(3, EventType.TRADE)));
        assertFalse(includes(both, tail(3, EventType.QUOTE)));
        assertFalse(includes(both, tail(4, EventType.TRADE)));
        assertTrue(includes(both, tail(4, EventType.HEARTBEAT)));
        assertEquals(both, Interest.all().withInstruments(3).withTypes(EventType.HEARTBEAT, EventType.TRADE));
    }

    @Test
    void shouldCompareByWhatItIncludes()
    {
        assertSame(Interest.all(), Interest.all());
        assertTrue(Interest.all().isAll());
        assertFalse(TWO.isAll());
        assertEquals(TWO, Interest.all().withInstruments(65, 0, 65));
        assertEquals(TWO.hashCode(), Interest.all().withInstruments(65, 0).hashCode());
        assertNotEquals(TWO, Interest.all().withInstruments(0));
        assertNotEquals(TWO, TWO.withTypes(EventType.TRADE));
        assertEquals("types=all instruments=all", Interest.all().toString());
        assertEquals("types=[trade,heartbeat] instruments=[0,65]",
            TWO.withTypes(EventType.HEARTBEAT, EventType.TRADE).toString());
    }

    @Test
    void shouldRefuseWhatIsNoInterest()
    {
        assertRefused("an interest in types needs one", () -> Interest.all().withTypes());
        assertRefused("an interest in instruments needs one", () -> Interest.all().withInstruments());
        assertRefused("no type to be interested in: code=33 name=void", () -> Interest.all().withTypes(EventType.VOID));
        assertRefused("no type to be interested in: code=34 name=detail",
            () -> Interest.all().withTypes(EventType.TRADE, EventType.DETAIL));
        assertRefused("no type to be interested in: code=200 name=unknown(200)", () -> Interest.all().withTypes(200));
        assertRefused("no type to be interested in: code=-1 name=unknown(-1)", () -> Interest.all().withTypes(-1));
        assertRefused("instrumentId must be 0 to 16777215: instrumentId=-1", () -> Interest.all().withInstruments(-1));
        assertRefused("instrumentId must be 0 to 16777215: instrumentId=16777216",
            () -> Interest.all().withInstruments(1 << 24));
    }

    @Test
    void shouldLetDetailsFollowTheEventThatTheyExtend()
    {
        final InterestTable table = table(Interest.all().withTypes(EventType.OWN_NEW).withInstruments(3));

        assertEquals(0, table.askedBy(tail(3, EventType.DETAIL)));
        assertEquals(1, table.askedBy(tail(3, EventType.OWN_NEW)));
        assertEquals(1, table.askedBy(tail(8, EventType.DETAIL)));
        assertEquals(1, table.askedBy(tail(3, EventType.DETAIL)));
        assertEquals(0, table.askedBy(tail(8, EventType.OWN_NEW)));
        assertEquals(0, table.askedBy(tail(3, EventType.DETAIL)));
        assertEquals(1, table.askedBy(tail(3, EventType.OWN_NEW)));
        assertEquals(0, table.askedBy(tail(3, EventType.TRADE)));
        assertEquals(0, table.askedBy(tail(3, EventType.DETAIL)));
    }

    @Test
    void shouldLetDetailsFollowAnEventThatNamesNoInstrument()
    {
        final InterestTable table = table(TWO);

        assertEquals(0, table.askedBy(tail(3, EventType.TRADE)));
        assertEquals(1, table.askedBy(tail(3, EventType.CONTROL)));
        assertEquals(1, table.askedBy(tail(3, EventType.DETAIL)));
    }

    @Test
    void shouldTellHandlersApart()
    {
        final InterestTable table = table(
            Interest.all(), TWO, Interest.all().withTypes(EventType.TRADE),
            Interest.all().withTypes(EventType.TRADE, EventType.TIMER).withInstruments(3));

        assertEquals(0b1101, table.askedBy(tail(3, EventType.TRADE)));
        assertEquals(0b1101, table.askedBy(tail(1, EventType.DETAIL)));
        assertEquals(0b0111, table.askedBy(tail(65, EventType.TRADE)));
        assertEquals(0b0011, table.askedBy(tail(65, EventType.QUOTE)));
        assertEquals(0b0001, table.askedBy(tail(66, EventType.QUOTE)));
        assertEquals(0b1011, table.askedBy(tail(66, EventType.TIMER)));
        assertEquals(0b0101, table.askedBy(tail(-1, EventType.TRADE)));
        assertEquals(0b0101, table.askedBy(tail(Integer.MAX_VALUE, EventType.TRADE)));
        assertEquals(0, table.askedBy(tail(3, EventType.VOID)));
    }

    @Test
    void shouldGiveDetailsThatComeFirstToWhomTheEventBeforeWasOfInterest()
    {
        final InterestTable fresh = table(Interest.all(), TWO, TWO);
        final InterestTable later = new InterestTable(List.of(Interest.all(), TWO, TWO), 0b100);

        assertEquals(0b001, fresh.askedBy(tail(3, EventType.DETAIL)));
        assertEquals(0b101, later.askedBy(tail(3, EventType.DETAIL)));
        assertEquals(0b100, later.extended());
        assertEquals(0b111, later.askedBy(tail(65, EventType.TRADE)));
        assertEquals(0b111, later.extended());
    }

    @Test
    void shouldHoldSixteenHandlers()
    {
        final List<Interest> most = Collections.nCopies(InterestTable.MAX_HANDLERS, TWO);
        final List<Interest> more = Collections.nCopies(InterestTable.MAX_HANDLERS + 1, TWO);

        assertEquals(0xFFFF, new InterestTable(most, 0).askedBy(tail(65, EventType.TRADE)));
        assertRefused("a table has at most 16 handlers: handlers=17", () -> new InterestTable(more, 0));
    }

    @Test
    void shouldPassOnAllButEventsAsItComes()
    {
        final List<String> calls = new ArrayList<>();
        final EventHandler handler = new EventHandler()
        {
            @Override
            public void onStart(final long firstSequence)
            {
                calls.add("start " + firstSequence);
            }

            @Override
            public void onEvent(final OrderBookEvent event)
            {
                calls.add("event " + event.sequence());
            }

            @Override
            public void onBatchEnd(final long lastSequence)
            {
                calls.add("end " + lastSequence);
            }

            @Override
            public void onShed(final long firstSequence, final long lastSequence)
            {
                calls.add("shed " + firstSequence + " " + lastSequence);
            }

            @Override
            public void onStop(final long lastSequence)
            {
                calls.add("stop " + lastSequence);
            }
        };
        final InterestFilter filter = new InterestFilter(TWO, handler);
        final OrderBookEvent event = new OrderBookEvent();

        filter.onStart(5);
        filter.onEvent(event.type(EventType.TRADE).instrumentId(65).sequence(5));
        filter.onEvent(event.type(EventType.DETAIL).instrumentId(1).sequence(6));
        filter.onEvent(event.type(EventType.TRADE).instrumentId(1).sequence(7));
        filter.onEvent(event.type(EventType.DETAIL).instrumentId(0).sequence(8));
        filter.onBatchEnd(8);
        filter.onShed(9, 12);
        filter.onStop(12);

        assertEquals(List.of("start 5", "event 5", "event 6", "end 8", "shed 9 12", "stop 12"), calls);
    }

    /** What is said of an event that comes first. */
    private static boolean includes(final Interest interest, final long tail)
    {
        return table(interest).askedBy(tail) != 0;
    }

    private static InterestTable table(final Interest... interests)
    {
        return new InterestTable(List.of(interests), 0);
    }

    private static long tail(final int instrumentId, final int type)
    {
        return EventLayout.tail(instrumentId, type, 9, EventFlags.LAST);
    }

    private static void assertRefused(final String message, final Runnable call)
    {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
