package io.ringtape.backtest;

import io.ringtape.event.EventPublisher;
import io.ringtape.gateway.AnswerWriter;
import io.ringtape.order.NewOrder;
import io.ringtape.risk.RiskCheck;

/**
 * What the venue answers about its orders, as own events of its source. Hot path.
 * <p>
 * Thread safety: none; the thread of the venue.
 * Allocation: on construction only.
 */
final class VenueAnswers
{
    private final AnswerWriter answers;

    VenueAnswers(final int sourceId, final EventPublisher publisher)
    {
        answers = new AnswerWriter(sourceId, publisher);
    }

    /** The time of all answers until the next call. */
    void at(final long timeNs)
    {
        answers.at(timeNs);
    }

    void accepted(final RestingOrder order, final int instrumentId)
    {
        to(order, instrumentId).accepted(order.price, order.open);
    }

    void rejected(final NewOrder order, final long cause, final VenueReason reason)
    {
        answers.to(order.clientOrderId(), order.instrumentId(), order.side(), cause)
            .rejected(order.price(), order.quantity(), RiskCheck.VENUE.code(), reason.code(), 0);
    }

    /** An order was filled; its open quantity is what is left. */
    void filled(
        final RestingOrder order, final int instrumentId, final long price, final long quantity, final boolean maker,
        final long feeNano)
    {
        to(order, instrumentId).filled(price, quantity, maker, order.venueOrderId, order.open, feeNano);
    }

    void cancelled(final RestingOrder order, final int instrumentId)
    {
        to(order, instrumentId).cancelled(order.price, order.open);
    }

    private AnswerWriter to(final RestingOrder order, final int instrumentId)
    {
        return answers.to(order.clientOrderId, instrumentId, order.side, order.cause);
    }
}
