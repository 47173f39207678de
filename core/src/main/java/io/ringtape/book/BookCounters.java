package io.ringtape.book;

import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import java.nio.ByteBuffer;
import java.util.List;
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

    /** Their places are codes in a snapshot: new ones go to the end. */
    private static final List<String> REASONS = List.of("", Books.NOT_DEFINED, Book.NO_SIDE, Book.NO_PRICE,
        Book.NO_QUANTITY, Book.BAD_QUANTITY, Book.TOTAL_TOO_LARGE, MboBook.NEEDS_LEVELS, MbpBook.NEEDS_ORDERS);

    private final UnsafeBuffer firstRefusedBytes = new UnsafeBuffer(new byte[OrderBookEvent.SIZE_BYTES]);
    private final OrderBookEvent firstRefused = new OrderBookEvent().wrap(firstRefusedBytes, 0);
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

    void write(final ByteBuffer target)
    {
        target.putLong(unknownOrders).putLong(overReduces).putLong(duplicateAdds).putLong(refusedEvents)
            .putLong(eventEnds).putLong(crossedEventEnds);
        target.put(firstRefusedBytes.byteArray()).putShort((short)REASONS.indexOf(firstReason));
    }

    /**
     * Takes over what was written.
     *
     * @param source of the bytes, which may say anything.
     * @return false if they make no sense; the counters are then of no use.
     */
    boolean read(final ByteBuffer source)
    {
        unknownOrders = source.getLong();
        overReduces = source.getLong();
        duplicateAdds = source.getLong();
        refusedEvents = source.getLong();
        eventEnds = source.getLong();
        crossedEventEnds = source.getLong();
        source.get(firstRefusedBytes.byteArray());
        final int reason = source.getShort();
        if (reason < 0 || reason >= REASONS.size() || (reason == 0) != (refusedEvents == 0) ||
            !EventType.isKnown(reason == 0 ? EventType.VOID : firstRefused.type()))
        {
            return false;
        }
        firstReason = REASONS.get(reason);
        return Math.min(Math.min(unknownOrders, overReduces), Math.min(duplicateAdds, refusedEvents)) >= 0 &&
            crossedEventEnds >= 0 && eventEnds >= crossedEventEnds;
    }
}
