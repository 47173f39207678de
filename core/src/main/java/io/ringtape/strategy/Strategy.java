package io.ringtape.strategy;

import io.ringtape.book.OrderBook;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.order.OrderSender;
import io.ringtape.order.Timers;

/**
 * A trading strategy: decides from events and books alone, so that a replay makes the same decisions.
 * <p>
 * It runs on the order lane behind the books and the risk gate, so the book is the one right behind the event. Own
 * events, flagged {@link io.ringtape.event.EventFlags#OWN}, come back through the same call when they pass. Inside a
 * venue event the book may be crossed; it is whole behind an event flagged
 * {@link io.ringtape.event.EventFlags#LAST}. A strategy reads no clock, no randomness without a fixed seed, no file and
 * no order of an unordered collection; it never blocks and, once warm, never allocates. One that throws has failed, and
 * gets no event more: see {@link StrategyException}.
 * <p>
 * Thread safety: one thread at a time calls a strategy.
 * Allocation: told by the implementation.
 */
@FunctionalInterface
public interface Strategy
{
    /**
     * Called for each event.
     *
     * @param event  valid during the call only.
     * @param book   of the event's instrument; valid during the call only. An event that names no instrument, such as a
     *               timer, comes with the book of instrument 0.
     * @param sender to send orders with, during the call only.
     */
    void onEvent(OrderBookEvent event, OrderBook book, OrderSender sender);

    /**
     * Called once before the first event where there are timers: a strategy that wants some keeps them. They may be
     * used within {@link #onEvent(OrderBookEvent, OrderBook, OrderSender)} only.
     *
     * @param timers the strategy's own; each comes as an event of type {@link io.ringtape.event.EventType#TIMER}.
     */
    default void useTimers(final Timers timers)
    {
        // A strategy without timers.
    }
}
