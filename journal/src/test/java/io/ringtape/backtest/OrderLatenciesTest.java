package io.ringtape.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.Side;
import io.ringtape.journal.Tape;
import io.ringtape.journal.TapeRange;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class OrderLatenciesTest
{
    private final MarketTape market = new MarketTape();

    @TempDir
    private Path parent;

    @Test
    void shouldMeasureFromTheDecisionToTheAccept()
    {
        // Order i takes i x 10 ns; 1,000 of them, the shortest first.
        for (int i = 1; i <= 1_000; i++)
        {
            own(EventType.OWN_NEW, i, i);
            own(EventType.OWN_ACCEPTED, i, 11L * i);
        }
        own(EventType.OWN_NEW, 5_000, 1);
        own(EventType.OWN_NEW, 5_001, 1);
        own(EventType.OWN_REJECTED, 5_001, 90_000_000);
        own(EventType.OWN_ACCEPTED, 7_777, 90_000_000);

        final OrderLatencies latencies = measure();

        assertEquals(1_000, latencies.accepted());
        assertEquals(2, latencies.unanswered());
        assertEquals(List.of("0 10", "1 100", "5 500", "10 1000", "25 2500", "50 5000", "75 7500", "90 9000", "95 9500",
            "99 9900", "99.5 9950", "99.9 9990", "99.99 9990", "100 10000"),
            latencies.roundTrips().orElseThrow().lines());
    }

    @Test
    void shouldFindNothingWhereNothingWasAccepted()
    {
        own(EventType.OWN_NEW, 1, 1);

        assertEquals(new OrderLatencies(0, 1, Optional.empty()), measure());
    }

    private void own(final int type, final long id, final long ns)
    {
        market.at(ns).type(type).orderId(id).flags(EventFlags.OWN | EventFlags.LAST | Side.BID).price(1).quantity(1);
    }

    private OrderLatencies measure()
    {
        final Path directory = parent.resolve("tape");
        market.record(directory);
        return OrderLatencies.measure(Tape.open(directory), TapeRange.ALL, (sequence) ->
        {
        });
    }
}
