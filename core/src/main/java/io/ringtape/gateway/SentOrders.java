package io.ringtape.gateway;

import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.order.OpenOrders;

/**
 * The orders that were handed to the gateway and whose end it has not told. Hot path.
 * <p>
 * Thread safety: none; the thread of the gateway's lane.
 * Allocation: while more orders are out than ever before.
 */
final class SentOrders
{
    private final OpenOrders open = new OpenOrders();
    private final GatewayCounts counts;

    SentOrders(final GatewayCounts counts)
    {
        this.counts = counts;
    }

    void add(final OrderBookEvent order)
    {
        open.add(order.orderId(), order.instrumentId(), order.side(), order.price(), order.quantity());
        counts.set(GatewayCount.OPEN, open.size());
    }

    /** The gateway took a cancel. */
    void onCancel(final OrderBookEvent cancel)
    {
        counts.add(GatewayCount.CANCELS);
        final int slot = open.find(cancel.orderId());
        if (slot != OpenOrders.NO_SLOT)
        {
            open.markCancelPending(slot);
        }
    }

    void onAnswer(final OrderBookEvent answer, final int type)
    {
        counts.addAnswer(type);
        final int slot = type == EventType.DETAIL ? OpenOrders.NO_SLOT : open.find(answer.orderId());
        if (slot == OpenOrders.NO_SLOT)
        {
            return;
        }
        if (type == EventType.OWN_CANCELLED || type == EventType.OWN_REJECTED ||
            (type == EventType.OWN_FILL && open.reduce(slot, answer.quantity()) <= 0))
        {
            open.remove(slot);
            counts.set(GatewayCount.OPEN, open.size());
        }
    }

    int size()
    {
        return open.size();
    }

    long[] ids()
    {
        return open.ids();
    }

    /** Whether an order is open and no cancel of it has left. */
    boolean isCancelDue(final long id)
    {
        final int slot = open.find(id);
        return slot != OpenOrders.NO_SLOT && !open.isCancelPending(slot);
    }

    /**
     * Writes a cancel of an open order, which is due until {@link #onCancel(OrderBookEvent)} says that it has left.
     *
     * @param id   of the order.
     * @param into gets it.
     * @param like has its source, times and cause.
     * @return the cancel.
     */
    OrderBookEvent writeCancel(final long id, final OrderBookEvent into, final OrderBookEvent like)
    {
        final int slot = open.find(id);
        return into.type(EventType.OWN_CANCEL).flags(EventFlags.OWN | EventFlags.LAST | open.side(slot))
            .sourceId(like.sourceId()).eventTimeNs(like.eventTimeNs()).receiveTimeNs(like.receiveTimeNs())
            .sourceSequence(like.sourceSequence()).instrumentId(open.instrumentId(slot)).orderId(id)
            .price(open.price(slot)).quantity(open.quantity(slot));
    }
}
