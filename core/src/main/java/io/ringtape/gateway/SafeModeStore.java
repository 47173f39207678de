package io.ringtape.gateway;

import io.ringtape.event.OrderBookEvent;

/**
 * Where safe mode puts what the tape of this run does not have: answers, and the cancels that it sent. The next run
 * puts them on tape first.
 * <p>
 * Contract: there is room for it already, so that a device that is full takes it; what does not fit is an exception.
 * <p>
 * Thread safety: the gateway's thread.
 * Allocation: cold.
 */
public interface SafeModeStore
{
    /** Keeps nothing, for a bus without a tape. */
    SafeModeStore NONE = new SafeModeStore()
    {
        @Override
        public void begin(final int sourceId, final long baseSequence)
        {
            // Nothing is kept.
        }

        @Override
        public void append(final OrderBookEvent event)
        {
            // Nothing is kept.
        }

        @Override
        public void force()
        {
            // Nothing is kept.
        }
    };

    /**
     * Begins with the oldest answer that may not be on tape. Answers come in the order in which they went to the bus,
     * so those of this source that the tape has behind the base are the first of them.
     *
     * @param sourceId     of the gateway.
     * @param baseSequence of the last event that is on tape for sure; one below the first of the run if none is.
     */
    void begin(int sourceId, long baseSequence);

    /**
     * Takes an event.
     *
     * @param event an answer or a cancel; its sequence is of no matter.
     */
    void append(OrderBookEvent event);

    /** Makes what was taken durable. */
    void force();
}
