package io.ringtape.book;

import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the books of one {@link Books} count together, and the first event that a book refused.
 * <p>
 * Thread safety: none; one thread.
 * Allocation: none, but for {@link #firstRefusal()}.
 */
final class BookCounters
{
    long unknownOrders;
    long overReduces;
    long duplicateAdds;
    long refusedEvents;
    long eventEnds;
    long crossedEventEnds;

    private final OrderBookEvent firstRefused =
        new OrderBookEvent().wrap(new UnsafeBuffer(new byte[OrderBookEvent.SIZE_BYTES]), 0);
    private String firstReason = "";

    /**
     * Counts an event that is not applied.
     *
     * @param event  as it came.
     * @param reason a constant.
     */
    void refuse(final OrderBookEvent event, final String reason)
    {
        if (refusedEvents == 0)
        {
            firstRefused.copyFrom(event);
            firstReason = reason;
        }
        refusedEvents++;
    }

    Optional<String> firstRefusal()
    {
        if (refusedEvents == 0)
        {
            return Optional.empty();
        }
        return Optional.of(firstReason + ": sequence=" + firstRefused.sequence() +
            " type=" + EventType.name(firstRefused.type()) + " instrumentId=" + firstRefused.instrumentId());
    }
}
