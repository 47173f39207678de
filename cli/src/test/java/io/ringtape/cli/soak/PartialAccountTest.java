package io.ringtape.cli.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.Conflater;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a handler with a part of the events must get. */
@Timeout(10)
final class PartialAccountTest
{
    private static final int EVENTS = 2_000;

    private final PartialAccount all = account();
    private final PartialAccount part = account();

    @Test
    void shouldFindNoFaultInTheTradesAlone()
    {
        feed(all, 0, EVENTS, false);
        feed(part, 0, EVENTS, true);

        final SoakCounts counts = part.countsOfTrades(all.trades());

        assertEquals("", counts.wrong());
        assertEquals(all.trades(), counts.delivered());
        assertFalse(part.hasSameLatest(all));
    }

    @Test
    void shouldCountMissingAndRepeatedTrades()
    {
        feed(all, 0, EVENTS, false);
        feed(part, 0, EVENTS - 500, true);
        final long lacking = all.trades() - part.trades();

        assertTrue(lacking > 0);
        assertEquals(lacking, part.countsOfTrades(all.trades()).missing());
        assertEquals(lacking, all.countsOfTrades(part.trades()).repeated());
    }

    @Test
    void shouldCountWhatDoesNotAscend()
    {
        part.onEvent(SoakAccountTest.event(5, SoakEvents.WRITER, 5));
        part.onEvent(SoakAccountTest.event(5, SoakEvents.WRITER, 5));
        part.onEvent(SoakAccountTest.event(4, SoakEvents.WRITER, 4));
        part.onEvent(SoakAccountTest.event(6, SoakEvents.WRITER, 7));
        part.onShed(6, 9);

        final SoakCounts counts = part.countsOfTrades(part.trades());

        assertEquals(new SoakCounts(4, 0, 1, 2, 1, 4, 0), counts);
    }

    @Test
    void shouldAccountForEachEventThatWasMergedOrLost()
    {
        final LatestQuotes quotes = new LatestQuotes();
        final List<OrderBookEvent> out = new ArrayList<>();
        long merged = 0;
        for (int number = 0; number < EVENTS; number++)
        {
            final OrderBookEvent event = SoakAccountTest.event(number, SoakEvents.WRITER, number);
            all.onEvent(event);
            if (quotes.merge(event))
            {
                merged++;
            }
            else
            {
                out.add(event);
            }
        }
        final int pending = quotes.pendingCount();
        while (quotes.nextSequence() != Conflater.NONE)
        {
            final OrderBookEvent taken = new OrderBookEvent();
            quotes.take(taken);
            out.add(taken);
        }
        out.sort((left, right) -> Long.compare(left.sequence(), right.sequence()));
        out.forEach(part::onEvent);
        part.onShed(EVENTS, EVENTS + 9);

        final SoakCounts counts = part.countsOfMerged(EVENTS + 10, merged);

        assertEquals("", counts.wrong());
        assertEquals(10, counts.shed());
        assertEquals(SoakEvents.INSTRUMENTS, pending);
        assertEquals(0, quotes.pendingCount());
        assertTrue(part.hasSameLatest(all));
        assertEquals(3, part.countsOfMerged(EVENTS + 13, merged).missing());
    }

    private static PartialAccount account()
    {
        return new PartialAccount((sequence) ->
        {
        });
    }

    private static void feed(
        final PartialAccount account, final int from, final int to, final boolean tradesOnly)
    {
        for (int number = from; number < to; number++)
        {
            final OrderBookEvent event = SoakAccountTest.event(number, SoakEvents.WRITER, number);
            if (!tradesOnly || event.type() == EventType.TRADE)
            {
                account.onEvent(event);
            }
        }
    }
}
