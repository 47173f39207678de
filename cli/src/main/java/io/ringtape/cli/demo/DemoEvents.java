package io.ringtape.cli.demo;

import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.OrderBookEvent;

/**
 * Writes the events of one venue event after the other, with what all of them share: times, source, numbers. Hot path.
 * <p>
 * Thread safety: none.
 * Allocation: none in steady state.
 */
final class DemoEvents
{
    private final int sourceId;
    private EventBatch batch = new EventBatch(1);
    private long eventTimeNs;
    private long receiveTimeNs;
    private long sourceSequence;
    private long lastOrderId;
    private long lastMatchId;

    DemoEvents(final int sourceId)
    {
        this.sourceId = sourceId;
    }

    void begin(final EventBatch newBatch, final long newEventTimeNs, final long newReceiveTimeNs)
    {
        batch = newBatch;
        eventTimeNs = newEventTimeNs;
        receiveTimeNs = newReceiveTimeNs;
        sourceSequence++;
    }

    OrderBookEvent append(final int type, final int instrumentId, final int side)
    {
        return batch.append().type(type).instrumentId(instrumentId).flags(side).sourceId(sourceId)
            .eventTimeNs(eventTimeNs).receiveTimeNs(receiveTimeNs).sourceSequence(sourceSequence);
    }

    /** Marks the final event of the venue event. */
    void end()
    {
        final OrderBookEvent last = batch.event(batch.count() - 1);
        last.flags(last.flags() | EventFlags.LAST);
    }

    long nextOrderId()
    {
        return ++lastOrderId;
    }

    long nextMatchId()
    {
        return ++lastMatchId;
    }

    long lastMatchId()
    {
        return lastMatchId;
    }
}
