package io.ringtape.backtest;

import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.order.NewOrder;
import io.ringtape.risk.RiskCheck;

/**
 * Writes what the venue answers, as own events of its source, and hands them over. Hot path.
 * <p>
 * Thread safety: none; the thread of the venue.
 * Allocation: on construction only.
 */
final class VenueAnswers
{
    private final EventBatch batch = new EventBatch(2);
    private final EventPublisher publisher;
    private final int sourceId;
    private long timeNs;
    private long lastExecutionId;

    VenueAnswers(final int sourceId, final EventPublisher publisher)
    {
        this.sourceId = sourceId;
        this.publisher = publisher;
    }

    /** The time of all answers until the next call. */
    void at(final long newTimeNs)
    {
        timeNs = newTimeNs;
    }

    void accepted(final RestingOrder order, final int instrumentId)
    {
        batch.clear();
        append(EventType.OWN_ACCEPTED, order.side | EventFlags.LAST, instrumentId, order.cause)
            .orderId(order.clientOrderId).price(order.price).quantity(order.open);
        publish();
    }

    void rejected(final NewOrder order, final long cause, final VenueReason reason)
    {
        batch.clear();
        append(EventType.OWN_REJECTED, order.side(), order.instrumentId(), cause)
            .orderId(order.clientOrderId()).price(order.price()).quantity(order.quantity());
        appendDetail(order.side(), order.instrumentId())
            .detail(0, RiskCheck.VENUE.code()).detail(1, reason.code());
        publish();
    }

    /** An order was filled; its open quantity is what is left. */
    void filled(
        final RestingOrder order, final int instrumentId, final long price, final long quantity, final boolean maker,
        final long feeNano)
    {
        batch.clear();
        append(EventType.OWN_FILL, order.side | (maker ? EventFlags.MAKER : 0), instrumentId, order.cause)
            .orderId(order.clientOrderId).price(price).quantity(quantity);
        appendDetail(order.side, instrumentId)
            .detail(0, order.venueOrderId).detail(1, ++lastExecutionId).detail(2, order.open).detail(3, feeNano);
        publish();
    }

    void cancelled(final RestingOrder order, final int instrumentId)
    {
        batch.clear();
        append(EventType.OWN_CANCELLED, order.side | EventFlags.LAST, instrumentId, order.cause)
            .orderId(order.clientOrderId).price(order.price).quantity(order.open);
        publish();
    }

    private OrderBookEvent append(final int type, final int flags, final int instrumentId, final long cause)
    {
        return batch.append().type(type).flags(EventFlags.OWN | flags).sourceId(sourceId).instrumentId(instrumentId)
            .eventTimeNs(timeNs).receiveTimeNs(timeNs).sourceSequence(cause);
    }

    private OrderBookEvent appendDetail(final int side, final int instrumentId)
    {
        final OrderBookEvent detail = batch.append().type(EventType.DETAIL)
            .flags(EventFlags.OWN | EventFlags.LAST | side).sourceId(sourceId).instrumentId(instrumentId);
        for (int i = 0; i < OrderBookEvent.DETAIL_COUNT; i++)
        {
            detail.detail(i, 0);
        }
        return detail;
    }

    private void publish()
    {
        final int answer = publisher.offer(batch);
        if (answer != EventPublisher.ACCEPTED)
        {
            throw new IllegalStateException("an answer of the venue was not taken: answer=" + answer);
        }
    }
}
