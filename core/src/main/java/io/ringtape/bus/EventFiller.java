package io.ringtape.bus;

import io.ringtape.event.OrderBookEvent;

/**
 * Writes the events of a claim in place.
 * <p>
 * Thread safety: called on the writer's thread.
 * Allocation: an implementation on a hot path allocates nothing and captures nothing.
 */
@FunctionalInterface
public interface EventFiller
{
    /**
     * Fills one event.
     *
     * @param event blank but for its sequence, which is an old one until the writer sets it, see
     *              {@link OrderBookEvent#reset()}; valid during the call only.
     * @param index of the event in the claim, from 0.
     */
    void fill(OrderBookEvent event, int index);
}
