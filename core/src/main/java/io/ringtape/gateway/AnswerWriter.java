package io.ringtape.gateway;

import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;

/**
 * Writes what a venue answers, as own events of a gateway's source, and hands them over. Hot path.
 * <pre>
 *   accepted, cancelled -&gt; OWN_ACCEPTED, OWN_CANCELLED: price, open quantity
 *   filled              -&gt; OWN_FILL     + DETAIL (venue order id, execution id, open quantity, fee, 0, 0)
 *   rejected            -&gt; OWN_REJECTED + DETAIL (check, value, limit, 0, 0, 0)
 * </pre>
 * Each is about the order of the last {@link #to(long, int, int, long)}, and has the time of the last {@link #at(long)}
 * as both its times.
 * <p>
 * Thread safety: none; the thread that answers.
 * Allocation: none.
 */
public final class AnswerWriter
{
    private final EventBatch batch = new EventBatch(2);
    private final EventPublisher publisher;
    private final int sourceId;
    private long timeNs;
    private long clientOrderId;
    private int instrumentId;
    private int side;
    private long cause;
    private long lastExecutionId;

    /**
     * A writer.
     *
     * @param sourceId  of the gateway.
     * @param publisher that takes each answer.
     */
    public AnswerWriter(final int sourceId, final EventPublisher publisher)
    {
        this.sourceId = sourceId;
        this.publisher = publisher;
    }

    /**
     * Sets the time of all answers until the next call.
     *
     * @param newTimeNs the venue's time, ns since the epoch, UTC.
     * @return this.
     */
    public AnswerWriter at(final long newTimeNs)
    {
        timeNs = newTimeNs;
        return this;
    }

    /**
     * Sets the order that the next answers are about.
     *
     * @param newClientOrderId of the order.
     * @param newInstrumentId  of the order.
     * @param newSide          of the order.
     * @param newCause         sequence of the own event that is answered.
     * @return this.
     */
    public AnswerWriter to(
        final long newClientOrderId, final int newInstrumentId, final int newSide, final long newCause)
    {
        clientOrderId = newClientOrderId;
        instrumentId = newInstrumentId;
        side = newSide & EventFlags.SIDE_MASK;
        cause = newCause;
        return this;
    }

    /**
     * Sets the order that the next answers are about.
     *
     * @param own an {@link EventType#OWN_NEW} or {@link EventType#OWN_CANCEL} with its sequence.
     * @return this.
     */
    public AnswerWriter to(final OrderBookEvent own)
    {
        return to(own.orderId(), own.instrumentId(), own.side(), own.sequence());
    }

    /**
     * The order is at the venue.
     *
     * @param price    of the order.
     * @param quantity that is open.
     */
    public void accepted(final long price, final long quantity)
    {
        single(EventType.OWN_ACCEPTED, price, quantity);
    }

    /**
     * The order is gone.
     *
     * @param price    of the order.
     * @param quantity that was open.
     */
    public void cancelled(final long price, final long quantity)
    {
        single(EventType.OWN_CANCELLED, price, quantity);
    }

    /**
     * The order was filled.
     *
     * @param price        of the fill.
     * @param quantity     of the fill.
     * @param maker        whether it was resting.
     * @param venueOrderId the venue's id of the order.
     * @param leaves       quantity that is still open.
     * @param feeNano      in 10^-9 of the currency; below 0 for a rebate.
     */
    public void filled(
        final long price, final long quantity, final boolean maker, final long venueOrderId, final long leaves,
        final long feeNano)
    {
        batch.clear();
        append(EventType.OWN_FILL, maker ? EventFlags.MAKER : 0).price(price).quantity(quantity);
        appendDetail().detail(0, venueOrderId).detail(1, ++lastExecutionId).detail(2, leaves).detail(3, feeNano);
        publish();
    }

    /**
     * The order was refused.
     *
     * @param price    of the order.
     * @param quantity of the order.
     * @param check    code of a {@link io.ringtape.risk.RiskCheck}.
     * @param value    the reason's number.
     * @param limit    as the reason says; 0 where there is none.
     */
    public void rejected(final long price, final long quantity, final int check, final long value, final long limit)
    {
        batch.clear();
        append(EventType.OWN_REJECTED, 0).price(price).quantity(quantity);
        appendDetail().detail(0, check).detail(1, value).detail(2, limit);
        publish();
    }

    private void single(final int type, final long price, final long quantity)
    {
        batch.clear();
        append(type, EventFlags.LAST).price(price).quantity(quantity);
        publish();
    }

    private OrderBookEvent append(final int type, final int flags)
    {
        return batch.append().type(type).flags(EventFlags.OWN | flags | side).sourceId(sourceId)
            .instrumentId(instrumentId).eventTimeNs(timeNs).receiveTimeNs(timeNs).sourceSequence(cause)
            .orderId(clientOrderId);
    }

    private OrderBookEvent appendDetail()
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
