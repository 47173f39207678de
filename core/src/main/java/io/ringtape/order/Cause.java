package io.ringtape.order;

import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import java.nio.ByteBuffer;

/**
 * The input event that what a strategy sends now is answered to, and its times. It never goes back: an own event that
 * comes back behind a later input, and is answered, counts as answered at the latest cause written so far. Hot path.
 * <p>
 * Thread safety: none; the order lane.
 * Allocation: on construction only.
 */
final class Cause
{
    /** Of what {@link #store(ByteBuffer)} writes. */
    static final int STATE_BYTES = 6 * Long.BYTES;

    private long sequence;
    private long eventTimeNs;
    private long receiveTimeNs;
    private long writtenSequence = Long.MIN_VALUE;
    private long writtenEventTimeNs;
    private long writtenReceiveTimeNs;

    /**
     * Takes the event in hand as the cause until the next call; with an own event in hand its cause.
     *
     * @param event that the strategy is about to get.
     */
    void take(final OrderBookEvent event)
    {
        final boolean own = event.has(EventFlags.OWN);
        if (event.type() == EventType.DETAIL)
        {
            // A detail has no times of its own: those of the event before it stay.
            sequence = own ? sequence : event.sequence();
            return;
        }
        sequence = own ? event.sourceSequence() : event.sequence();
        eventTimeNs = event.eventTimeNs();
        receiveTimeNs = event.receiveTimeNs();
        if (sequence < writtenSequence)
        {
            sequence = writtenSequence;
            eventTimeNs = writtenEventTimeNs;
            receiveTimeNs = writtenReceiveTimeNs;
        }
    }

    /**
     * Writes the cause into an own event.
     *
     * @param event of any type but a detail.
     * @return the event.
     */
    OrderBookEvent write(final OrderBookEvent event)
    {
        return event.eventTimeNs(eventTimeNs).receiveTimeNs(receiveTimeNs).sourceSequence(sequence);
    }

    /**
     * Notes that an own event with this cause was taken by the outbox.
     */
    void onSent()
    {
        writtenSequence = sequence;
        writtenEventTimeNs = eventTimeNs;
        writtenReceiveTimeNs = receiveTimeNs;
    }

    void store(final ByteBuffer target)
    {
        target.putLong(sequence).putLong(eventTimeNs).putLong(receiveTimeNs).putLong(writtenSequence)
            .putLong(writtenEventTimeNs).putLong(writtenReceiveTimeNs);
    }

    void load(final ByteBuffer source)
    {
        sequence = source.getLong();
        eventTimeNs = source.getLong();
        receiveTimeNs = source.getLong();
        writtenSequence = source.getLong();
        writtenEventTimeNs = source.getLong();
        writtenReceiveTimeNs = source.getLong();
    }
}
