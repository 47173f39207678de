package io.ringtape.journal;

import io.ringtape.bus.JoinListener;
import io.ringtape.bus.LeaveReason;
import io.ringtape.event.EventHandler;
import io.ringtape.event.OrderBookEvent;

/** Holds each event against what was published; what is wrong ends its lane, which then is not at the cursor. */
final class SequenceChecker implements EventHandler, JoinListener
{
    private final OrderBookEvent expected = new OrderBookEvent().wrap(Tapes.room(1), 0);
    private volatile long next;
    private volatile long holdAt = Long.MAX_VALUE;
    private volatile long stoppedAt = Long.MIN_VALUE;
    private volatile LeaveReason left = LeaveReason.FAULT;

    SequenceChecker(final long first)
    {
        next = first;
    }

    /** The sequence that it has not taken yet. */
    long next()
    {
        return next;
    }

    /** Where it waits: {@link Long#MAX_VALUE} for nowhere. */
    long holdAt()
    {
        return holdAt;
    }

    void holdAt(final long sequence)
    {
        holdAt = sequence;
    }

    void release()
    {
        holdAt = Long.MAX_VALUE;
    }

    long stoppedAt()
    {
        return stoppedAt;
    }

    LeaveReason left()
    {
        return left;
    }

    @Override
    public void onEvent(final OrderBookEvent event)
    {
        final long sequence = next;
        TapeBus.await(() -> sequence < holdAt);
        Tapes.fill(expected, sequence);
        Tapes.requireEqual(expected, event);
        next = sequence + 1;
    }

    @Override
    public void onStop(final long lastSequence)
    {
        stoppedAt = lastSequence;
    }

    @Override
    public void onLeft(final long sequence, final LeaveReason reason)
    {
        left = reason;
    }
}
