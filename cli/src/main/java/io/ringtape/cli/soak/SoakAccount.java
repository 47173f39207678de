package io.ringtape.cli.soak;

import io.ringtape.bus.JoinListener;
import io.ringtape.bus.LeaveReason;
import io.ringtape.event.EventHandler;
import io.ringtape.event.OrderBookEvent;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what a handler gets that asks for every event: what is missing and was not told to be, what comes twice, what
 * comes late, what is not whole.
 * <p>
 * Hot path.
 * Thread safety: the thread of its lane; another one reads it when the lane has ended.
 * Allocation: none for an event that is the next one.
 */
final class SoakAccount implements EventHandler, JoinListener
{
    private static final long UNKNOWN = -1;

    private final Disturbance disturbance;
    /** Ranges that were left out and may still come, last by first: empty unless a promise is broken. */
    private final TreeMap<Long, Long> gaps = new TreeMap<>();
    private final long[] numbers = new long[SoakEvents.SOURCES];
    private final boolean[] isExact = new boolean[SoakEvents.SOURCES];
    private long first;
    private long next;
    private long delivered;
    private long missing;
    private long repeated;
    private long late;
    private long torn;
    private long shed;
    private LeaveReason reason = LeaveReason.CLOSED;

    SoakAccount(final Disturbance disturbance)
    {
        this.disturbance = disturbance;
    }

    @Override
    public void onStart(final long firstSequence)
    {
        first = firstSequence;
        next = firstSequence;
        Arrays.fill(numbers, UNKNOWN);
        Arrays.fill(isExact, firstSequence == 0);
    }

    @Override
    public void onEvent(final OrderBookEvent event)
    {
        final long sequence = event.sequence();
        delivered++;
        if (sequence == next)
        {
            next = sequence + 1;
        }
        else
        {
            misplaced(sequence);
        }
        if (!SoakEvents.isRight(event) || !follows(event.sourceId(), event.sourceSequence()))
        {
            torn++;
        }
        disturbance.at(sequence);
    }

    // Of each publisher the events stand in its own order: a slot with an old or a later event shows here.
    private boolean follows(final int source, final long number)
    {
        if (source == SoakEvents.WRITER)
        {
            return true;
        }
        final long before = numbers[source];
        final boolean follows = isExact[source] ? number == before + 1 : number > before;
        numbers[source] = number;
        isExact[source] = true;
        return follows;
    }

    private void misplaced(final long sequence)
    {
        Arrays.fill(isExact, false);
        if (sequence > next)
        {
            missing += sequence - next;
            gaps.put(next, sequence - 1);
            next = sequence + 1;
            return;
        }
        // What it goes back to is no reason to call the publishers' numbers wrong as well.
        Arrays.fill(numbers, UNKNOWN);
        final Map.Entry<Long, Long> gap = gaps.floorEntry(sequence);
        if (gap == null || gap.getValue() < sequence)
        {
            repeated++;
            return;
        }
        late++;
        missing--;
        gaps.remove(gap.getKey());
        if (gap.getKey() < sequence)
        {
            gaps.put(gap.getKey(), sequence - 1);
        }
        if (sequence < gap.getValue())
        {
            gaps.put(sequence + 1, gap.getValue());
        }
    }

    @Override
    public void onShed(final long firstSequence, final long lastSequence)
    {
        if (firstSequence != next)
        {
            misplaced(firstSequence);
        }
        shed += lastSequence - firstSequence + 1;
        next = lastSequence + 1;
        Arrays.fill(isExact, false);
    }

    @Override
    public void onLeft(final long sequence, final LeaveReason why)
    {
        reason = why;
        endAt(sequence);
    }

    /**
     * Counts what did not come up to where the handler should have got.
     *
     * @param last sequence that it should have seen.
     */
    void endAt(final long last)
    {
        if (next <= last)
        {
            missing += last + 1 - next;
            next = last + 1;
        }
    }

    long first()
    {
        return first;
    }

    long next()
    {
        return next;
    }

    long shed()
    {
        return shed;
    }

    LeaveReason reason()
    {
        return reason;
    }

    SoakCounts counts()
    {
        return new SoakCounts(delivered, missing, repeated, late, torn, shed, 0);
    }
}
