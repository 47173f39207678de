package io.ringtape.gateway;

import io.ringtape.event.OrderBookEvent;

/**
 * A session with a venue: takes orders and cancels, and never blocks.
 * <p>
 * It is made with an {@link io.ringtape.event.EventPublisher} that takes its answers: own events of its source, which
 * is of the kind {@link io.ringtape.event.SourceDefinition.Kind#GATEWAY}. Each answer is one batch that ends with
 * {@link io.ringtape.event.EventFlags#LAST}: accepted, filled with a detail, cancelled, rejected with a detail; see
 * {@link AnswerWriter}. One thread at a time answers, during the calls below or at any time. An answer that is
 * {@link io.ringtape.event.EventPublisher#FULL} was not taken and is the gateway's to keep: a session stops to read its
 * connection then.
 * <p>
 * What throws here halts the bus, and orders that were sent are then cancelled by the same gateway.
 * <p>
 * Thread safety: the thread of the gateway's lane calls; in safe mode too.
 * Allocation: none once warm.
 */
public interface Gateway
{
    /**
     * Sends a new order.
     *
     * @param order  an {@link io.ringtape.event.EventType#OWN_NEW} with its sequence; valid during the call only.
     * @param detail of the order; valid during the call only.
     */
    void send(OrderBookEvent order, OrderBookEvent detail);

    /**
     * Sends a cancel. It may be of an order that the venue knows no longer.
     *
     * @param cancel an {@link io.ringtape.event.EventType#OWN_CANCEL}; valid during the call only.
     */
    void cancel(OrderBookEvent cancel);

    /**
     * Sees what is no own event, in the order of the ring: a venue that is simulated lives from it.
     *
     * @param event valid during the call only.
     */
    default void onMarket(final OrderBookEvent event)
    {
    }
}
