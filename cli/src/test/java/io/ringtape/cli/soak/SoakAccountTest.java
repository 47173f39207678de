package io.ringtape.cli.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.bus.LeaveReason;
import io.ringtape.event.OrderBookEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What breaks a promise is counted as what it is. */
@Timeout(10)
final class SoakAccountTest
{
    private static final int INBOX = 2;

    private final List<Long> disturbed = new ArrayList<>();
    private final SoakAccount account = new SoakAccount(disturbed::add);

    @Test
    void shouldCountEventsInOrder()
    {
        account.onStart(0);

        written(0, 1, 2);
        account.onEvent(inbox(3, 0));
        account.onEvent(inbox(4, 1));
        account.endAt(4);

        assertEquals(new SoakCounts(5, 0, 0, 0, 0, 0, 0), account.counts());
        assertEquals("", account.counts().wrong());
        assertEquals(List.of(0L, 1L, 2L, 3L, 4L), disturbed);
        assertEquals(5, account.next());
    }

    @Test
    void shouldCountWhatIsMissingBetweenAndAtTheEnd()
    {
        account.onStart(0);

        written(0, 3);
        account.endAt(5);

        assertEquals("missing=4 repeated=0 outOfOrder=0 torn=0", account.counts().wrong());
    }

    @Test
    void shouldTellWhatComesLateFromWhatComesAgain()
    {
        account.onStart(0);

        written(0, 4, 2, 2, 4, 1, 3, 5);
        account.endAt(5);

        assertEquals("missing=0 repeated=2 outOfOrder=3 torn=0", account.counts().wrong());
    }

    @Test
    void shouldTakeAnEventForTornOfWhichAPartIsAnothers()
    {
        account.onStart(0);

        for (int word = 1; word < OrderBookEvent.SIZE_BYTES / Long.BYTES; word++)
        {
            final OrderBookEvent torn = event(word - 1, SoakEvents.WRITER, word - 1);
            final OrderBookEvent later = event(word + 8191, SoakEvents.WRITER, word + 8191);
            torn.buffer().putLong(torn.offset() + word * Long.BYTES, later.word(word) ^ 1);
            account.onEvent(torn);
        }

        assertEquals("missing=0 repeated=0 outOfOrder=0 torn=7", account.counts().wrong());
    }

    @Test
    void shouldTakeAWholeEventInTheSlotOfAnotherForTorn()
    {
        account.onStart(0);

        account.onEvent(event(0, SoakEvents.WRITER, 8192));
        account.onEvent(inbox(1, 0));
        account.onEvent(inbox(2, 7));

        assertEquals("missing=0 repeated=0 outOfOrder=0 torn=2", account.counts().wrong());
    }

    @Test
    void shouldExpectOnlyThatNumbersRiseBehindALoss()
    {
        account.onStart(0);

        account.onEvent(inbox(0, 0));
        account.onShed(1, 9);
        account.onEvent(inbox(10, 7));
        account.onShed(11, 11);
        account.onEvent(inbox(12, 6));
        account.endAt(12);

        assertEquals(new SoakCounts(3, 0, 0, 0, 1, 10, 0), account.counts());
    }

    @Test
    void shouldCountWhatIsLostAndNotTold()
    {
        account.onStart(0);

        written(0);
        account.onShed(3, 5);

        assertEquals(new SoakCounts(1, 2, 0, 0, 0, 3, 0), account.counts());
    }

    @Test
    void shouldStartWhereItJoinsAndEndWhereItLeaves()
    {
        account.onStart(100);

        account.onEvent(inbox(100, 40));
        account.onEvent(inbox(101, 41));
        account.onLeft(102, LeaveReason.ASKED);

        assertEquals(100, account.first());
        assertEquals(LeaveReason.ASKED, account.reason());
        assertEquals("missing=1 repeated=0 outOfOrder=0 torn=0", account.counts().wrong());
    }

    @Test
    void shouldCountAnEventAheadOfItsDisturbance()
    {
        final PlannedFaults fault = PlannedFaults.onceAt(1);
        final SoakAccount failing = new SoakAccount(fault);
        failing.onStart(0);
        failing.onEvent(event(0, SoakEvents.WRITER, 0));

        final IllegalStateException thrown = assertThrows(
            IllegalStateException.class, () -> failing.onEvent(event(1, SoakEvents.WRITER, 1)));
        failing.onEvent(event(2, SoakEvents.WRITER, 2));

        assertEquals("planned by the soak: sequence=1", thrown.getMessage());
        assertEquals(3, failing.counts().delivered());
        assertEquals(1, fault.count());
        assertEquals(1, fault.last());
    }

    @Test
    void shouldHaveTradesAndQuotesOfEachInstrument()
    {
        final List<Integer> instruments = new ArrayList<>();
        for (int number = 0; number < 1_000; number++)
        {
            final OrderBookEvent event = event(number, SoakEvents.WRITER, number);
            assertTrue(SoakEvents.isRight(event));
            instruments.add(event.instrumentId());
        }

        assertEquals(SoakEvents.INSTRUMENTS, instruments.stream().distinct().count());
    }

    private void written(final long... sequences)
    {
        for (final long sequence : sequences)
        {
            account.onEvent(event(sequence, SoakEvents.WRITER, sequence));
        }
    }

    private static OrderBookEvent inbox(final long sequence, final long number)
    {
        return event(sequence, INBOX, number);
    }

    static OrderBookEvent event(final long sequence, final int source, final long number)
    {
        final OrderBookEvent event = new OrderBookEvent().sequence(sequence);
        SoakEvents.fill(event, source, number);
        return event;
    }
}
