package io.ringtape.bench.peer;

import io.ringtape.event.EventHandler;
import io.ringtape.event.OrderBookEvent;

/**
 * Adds up the sequences of the events that it gets. It hears of the ends of batches too, so that the lane's loop is the
 * one for several handlers in each peer.
 * <p>
 * Thread safety: the lane's thread owns it. Allocation: none.
 */
final class SequenceAdder implements EventHandler
{
    long sum;
    long last = -1;

    @Override
    public void onEvent(final OrderBookEvent event)
    {
        sum += event.sequence();
    }

    @Override
    public void onBatchEnd(final long lastSequence)
    {
        last = lastSequence;
    }
}
