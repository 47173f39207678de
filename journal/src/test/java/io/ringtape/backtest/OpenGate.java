package io.ringtape.backtest;

import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.OrderLaneHandler;
import io.ringtape.order.NewOrder;
import io.ringtape.order.OpenOrders;
import io.ringtape.order.OrderGate;

/** A gate that lets everything pass but quantities above a limit, and only keeps count of what is open. */
final class OpenGate implements OrderLaneHandler, OrderGate
{
    static final int CHECK = 5;

    private final OpenOrders open = new OpenOrders();
    private final long maxQuantity;
    private long failedQuantity;

    OpenGate(final long maxQuantity)
    {
        this.maxQuantity = maxQuantity;
    }

    @Override
    public boolean isGate()
    {
        return true;
    }

    @Override
    public void onEvent(final OrderBookEvent event)
    {
        final int slot = event.has(EventFlags.OWN) ? open.find(event.orderId()) : OpenOrders.NO_SLOT;
        if (slot == OpenOrders.NO_SLOT)
        {
            return;
        }
        switch (event.type())
        {
            case EventType.OWN_CANCELLED, EventType.OWN_REJECTED -> open.remove(slot);
            case EventType.OWN_FILL ->
            {
                if (open.reduce(slot, event.quantity()) == 0)
                {
                    open.remove(slot);
                }
            }
            default ->
            {
                // Nothing ends an order but these.
            }
        }
    }

    @Override
    public int check(final NewOrder order)
    {
        failedQuantity = order.quantity();
        return order.quantity() > maxQuantity ? CHECK : PASSED;
    }

    @Override
    public long failedValue()
    {
        return failedQuantity;
    }

    @Override
    public long failedLimit()
    {
        return maxQuantity;
    }

    @Override
    public void onAccepted(final NewOrder order)
    {
        open.add(order.clientOrderId(), order.instrumentId(), order.side(), order.price(), order.quantity());
    }

    @Override
    public void onCancelSent(final int slot)
    {
        open.markCancelPending(slot);
    }

    @Override
    public OpenOrders openOrders()
    {
        return open;
    }
}
