package io.ringtape.bus;

import io.ringtape.event.EventHandler;
import io.ringtape.event.OrderBookEvent;
import org.agrona.concurrent.YieldingIdleStrategy;

/** A handler that joins, and holds what it gets against what it was told. */
final class StressSeen implements EventHandler, JoinListener
{
    static final String LANE = "late";

    private long next;
    private long liveAt;
    private boolean started;
    private boolean live;
    private boolean left;
    private boolean stopped;
    private boolean wrong;

    /** A lane with this handler alone. */
    Lane lane()
    {
        return Lane.named(LANE).idle(new YieldingIdleStrategy()).handler("seen", this).build();
    }

    @Override
    public void onStart(final long firstSequence)
    {
        wrong |= started;
        started = true;
        next = firstSequence;
    }

    @Override
    public void onLive(final long sequence)
    {
        wrong |= !started || live || sequence != next;
        live = true;
        liveAt = sequence;
    }

    @Override
    public void onEvent(final OrderBookEvent event)
    {
        wrong |= !started || left || event.sequence() != next || event.price() != next || event.quantity() != next;
        next = event.sequence() + 1;
    }

    @Override
    public void onLeft(final long sequence, final LeaveReason reason)
    {
        wrong |= left || sequence != next - 1 || reason != LeaveReason.ASKED;
        left = true;
    }

    @Override
    public void onStop(final long lastSequence)
    {
        wrong |= !left || stopped || lastSequence != next - 1;
        stopped = true;
    }

    /** Whether each event came once, in order and whole, up to a sequence, and so far no end. */
    boolean hasAllTo(final long last)
    {
        return live && !wrong && !left && next == last + 1;
    }

    /** Whether each event came once, in order and whole, up to the sequence that the end named. */
    boolean hasAllToItsEnd()
    {
        return stopped && !wrong;
    }

    /** The first sequence that came from the ring, or on the lane that was joined. */
    long liveAt()
    {
        return liveAt;
    }

    /** The last sequence that came, one below the first if none did. */
    long last()
    {
        return next - 1;
    }
}
