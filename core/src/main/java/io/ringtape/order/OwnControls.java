package io.ringtape.order;

import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;

/**
 * Kills that the order lane decides on itself: each becomes an own {@link EventType#CONTROL} that goes the way of the
 * orders, with the event in hand as its cause, so that the tape says where and a replay compares it. Hot path.
 * <p>
 * Thread safety: none; the order lane.
 * Allocation: on construction only.
 */
public final class OwnControls
{
    private final EventBatch batch = new EventBatch(1);
    private final Cause cause;
    private final EventPublisher outbox;
    private final int sourceId;

    /**
     * Controls that go out with a strategy's orders.
     *
     * @param orders whose source, causes and outbox they share, so that causes never go back.
     */
    OwnControls(final OwnOrders orders)
    {
        cause = orders.cause();
        outbox = orders.outbox();
        sourceId = orders.sourceId();
    }

    /**
     * Says that everybody is stopped.
     *
     * @param event        in hand, which is the cause.
     * @param reason       why.
     * @param instrumentId that it is about; 0 where it is about none.
     * @return false if the outbox did not take it; nothing was said then.
     */
    public boolean killAll(final OrderBookEvent event, final KillReason reason, final int instrumentId)
    {
        cause.take(event);
        batch.clear();
        cause.write(batch.append().type(EventType.CONTROL).flags(EventFlags.OWN | EventFlags.LAST).sourceId(sourceId)
            .instrumentId(instrumentId).orderId(Control.KILL).quantity(Control.ALL).price(reason.code()));
        if (outbox.offer(batch) != EventPublisher.ACCEPTED)
        {
            return false;
        }
        cause.onSent();
        return true;
    }
}
