package io.ringtape.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.event.EventBatch;
import io.ringtape.event.EventType;
import io.ringtape.risk.RiskCheck;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class MessageCountsTest
{
    private final MessageCounts counts = new MessageCounts();

    @Test
    void shouldNameRejectsOfTheGateAndOfTheVenue()
    {
        reject(RiskCheck.STALE_BOOK.code(), VenueReason.WOULD_TAKE.code());
        reject(RiskCheck.VENUE.code(), VenueReason.WOULD_TAKE.code());
        reject(RiskCheck.VENUE.code(), VenueReason.WOULD_TAKE.code());
        reject(RiskCheck.VENUE.code(), 77);

        assertEquals(Map.of("stale-book", 1L, "venue:would-take", 2L, "venue:unknown(77)", 1L),
            counts.result().rejects());
    }

    private void reject(final long check, final long value)
    {
        counts.countReject(new EventBatch(1).append().type(EventType.DETAIL).detail(0, check).detail(1, value));
    }
}
