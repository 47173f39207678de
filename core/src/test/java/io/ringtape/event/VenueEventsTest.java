package io.ringtape.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
final class VenueEventsTest
{
    private final OrderBookEvent event = new EventBatch(1).append();
    private final VenueEvents events = new VenueEvents();

    @ParameterizedTest
    @ValueSource(ints = {EventType.ORDER_ADD, EventType.TRADE, EventType.LEVEL_SET, EventType.BOOK_CLEAR,
        EventType.TRADING_STATUS, EventType.HEARTBEAT, EventType.GAP, EventType.RECOVERED, EventType.RUN_START})
    void shouldBeginWithAnInputOfAVenueAndEndWithTheLastOne(final int type)
    {
        assertFalse(events.isOpen());

        take(type, Side.BID);
        assertTrue(events.isOpen());

        take(type, EventFlags.LAST);
        assertFalse(events.isOpen());

        take(type, EventFlags.LAST | EventFlags.SNAPSHOT);
        assertFalse(events.isOpen());
    }

    @Test
    void shouldEndWithADetailButNotBeginWithOne()
    {
        take(EventType.DETAIL, 0);
        assertFalse(events.isOpen());

        take(EventType.TRADE, 0);
        take(EventType.DETAIL, 0);
        assertTrue(events.isOpen());

        take(EventType.DETAIL, EventFlags.LAST);
        assertFalse(events.isOpen());
    }

    @ParameterizedTest
    @ValueSource(ints = {EventType.TIMER, EventType.CONTROL, EventType.VOID, EventType.OWN_NEW, EventType.OWN_FILL})
    void shouldGoOnOverWhatIsNoInputOfAVenue(final int type)
    {
        final int own = type == EventType.OWN_NEW || type == EventType.OWN_FILL ? EventFlags.OWN : 0;

        take(type, own);
        take(EventType.DETAIL, EventFlags.OWN);
        assertFalse(events.isOpen());

        take(EventType.TRADE, 0);
        take(type, own | EventFlags.LAST);
        take(EventType.DETAIL, EventFlags.OWN | EventFlags.LAST);
        assertTrue(events.isOpen());
    }

    @Test
    void shouldTellAHeartbeatOfTheWriterFromOneOfAVenueWithoutANumber()
    {
        writersHeartbeat();
        assertFalse(events.isOpen());

        take(EventType.HEARTBEAT, 0);
        assertTrue(events.isOpen());

        writersHeartbeat();
        assertTrue(events.isOpen());
    }

    @Test
    void shouldGoOnFromWhatWasStored()
    {
        events.open(true);
        writersHeartbeat();
        assertTrue(events.isOpen());

        events.open(false);
        assertFalse(events.isOpen());
    }

    @Test
    void shouldSayOfEachCodeWhetherItsEventEndsOne()
    {
        int ends = 0;
        for (int code = 0; code < EventType.LIMIT; code++)
        {
            ends += EventType.isKnown(code) && VenueEvents.isEnd(code, EventFlags.LAST) ? 1 : 0;
            assertFalse(VenueEvents.isEnd(code, EventFlags.LAST | EventFlags.OWN));
            assertFalse(VenueEvents.isEnd(code, ~EventFlags.LAST));
        }

        // All but timer, control and void.
        assertEquals(26 - 3, ends);
    }

    private void writersHeartbeat()
    {
        event.reset().type(EventType.HEARTBEAT).sourceSequence(VenueEvents.WRITERS_HEARTBEAT);
        events.onEvent(event);
    }

    private void take(final int type, final int flags)
    {
        event.reset().type(type).flags(flags);
        events.onEvent(event);
    }
}
