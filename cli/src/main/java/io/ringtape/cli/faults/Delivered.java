package io.ringtape.cli.faults;

import io.ringtape.event.EventHandler;
import io.ringtape.event.OrderBookEvent;

/**
 * What a lane gets, held event by event against what was written: each once and in order, but for what it is told to
 * have lost.
 * <p>
 * Thread safety: the lane's thread delivers; any thread reads.
 * Allocation: none, but for what is not as it was written.
 */
final class Delivered implements EventHandler
{
    private static final int WORDS = OrderBookEvent.SIZE_BYTES / Long.BYTES;

    private final OrderBookEvent expected = new OrderBookEvent();
    private volatile long next;
    private volatile long shed;
    private volatile String wrong = "";

    @Override
    public void onStart(final long firstSequence)
    {
        next = firstSequence;
    }

    @Override
    public void onEvent(final OrderBookEvent event)
    {
        final long sequence = event.sequence();
        if (sequence != next)
        {
            fail("a gap or a repeat: sequence=" + sequence + " next=" + next);
        }
        compare(event, sequence);
        next = sequence + 1;
    }

    /** Looks at an event once more, as after a call that took its time. */
    void compare(final OrderBookEvent event, final long sequence)
    {
        FaultTapes.fill(expected, sequence);
        for (int i = 0; i < WORDS; i++)
        {
            if (event.word(i) != expected.word(i))
            {
                fail("a wrong event: sequence=" + sequence + " found=" + event);
            }
        }
    }

    @Override
    public void onShed(final long firstSequence, final long lastSequence)
    {
        if (firstSequence != next)
        {
            fail("a loss that was not told: first=" + firstSequence + " next=" + next);
        }
        // One thread writes.
        shed = shed + lastSequence - firstSequence + 1;
        next = lastSequence + 1;
    }

    private void fail(final String what)
    {
        if (wrong.isEmpty())
        {
            wrong = what;
        }
    }

    long next()
    {
        return next;
    }

    long shed()
    {
        return shed;
    }

    void requireUpTo(final String who, final long end)
    {
        FaultFailure.require(wrong.isEmpty() && next == end,
            who + " did not get its events: next=" + next + " expected=" + end + " " + wrong);
    }
}
