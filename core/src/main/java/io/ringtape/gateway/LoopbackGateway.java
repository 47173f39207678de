package io.ringtape.gateway;

import io.ringtape.event.EventPublisher;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.SourceDefinition;
import io.ringtape.order.OpenOrders;
import io.ringtape.order.TimeInForce;

/**
 * A venue that is not there and fills nothing: it accepts every order at once and cancels it at its cancel; an order
 * that is {@link TimeInForce#IMMEDIATE_OR_CANCEL} at once. A cancel of an order that it has not is not answered. Each
 * answer has the time of what it answers, and that as its cause, so that a recording stays deterministic. Hot path.
 * <p>
 * Thread safety: none; the gateway's thread.
 * Allocation: while more orders are open than ever before.
 */
public final class LoopbackGateway implements Gateway
{
    private static final int TIME_IN_FORCE = 1;

    private final OpenOrders open = new OpenOrders();
    private final AnswerWriter answers;

    /**
     * A gateway without orders.
     *
     * @param source  of the answers.
     * @param answers takes them at once; it must not be full.
     */
    public LoopbackGateway(final SourceDefinition source, final EventPublisher answers)
    {
        this.answers = new AnswerWriter(source.sourceId(), answers);
    }

    @Override
    public void send(final OrderBookEvent order, final OrderBookEvent detail)
    {
        answers.at(order.receiveTimeNs()).to(order).accepted(order.price(), order.quantity());
        if (detail.detail(TIME_IN_FORCE) == TimeInForce.IMMEDIATE_OR_CANCEL)
        {
            answers.cancelled(order.price(), order.quantity());
        }
        else
        {
            open.add(order.orderId(), order.instrumentId(), order.side(), order.price(), order.quantity());
        }
    }

    @Override
    public void cancel(final OrderBookEvent cancel)
    {
        final int slot = open.find(cancel.orderId());
        if (slot != OpenOrders.NO_SLOT)
        {
            answers.at(cancel.receiveTimeNs()).to(cancel).cancelled(open.price(slot), open.quantity(slot));
            open.remove(slot);
        }
    }
}
