package io.ringtape.event;

import org.agrona.concurrent.UnsafeBuffer;

/** Events for tests, each with bytes of its own. */
final class Events
{
    private Events()
    {
    }

    static OrderBookEvent blank()
    {
        return new OrderBookEvent().wrap(new UnsafeBuffer(new byte[OrderBookEvent.SIZE_BYTES]), 0).reset();
    }

    static OrderBookEvent input(final long sequence, final int type)
    {
        return blank().sequence(sequence).type(type).eventTimeNs(1_000 + sequence).receiveTimeNs(2_000 + sequence);
    }

    /** An own event takes its times from its cause. */
    static OrderBookEvent own(final long sequence, final int type, final long cause)
    {
        return blank().sequence(sequence).type(type).sourceSequence(cause).flags(EventFlags.OWN)
            .eventTimeNs(1_000 + cause).receiveTimeNs(2_000 + cause);
    }
}
