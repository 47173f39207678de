package io.ringtape.cli.soak;

import io.ringtape.event.EventHandler;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import java.util.Arrays;

/**
 * Counts what a handler gets that has a part of the events, by its interest or merged: they ascend, each is whole, no
 * trade is missing, and of each instrument the last quote is the last that there was.
 * <p>
 * Hot path.
 * Thread safety: the thread of its lane; another one reads it when the lane has ended.
 * Allocation: on construction only.
 */
final class PartialAccount implements EventHandler
{
    private final Disturbance disturbance;
    private final long[] latest = new long[SoakEvents.INSTRUMENTS];
    private long last = -1;
    private long delivered;
    private long trades;
    private long repeated;
    private long late;
    private long torn;
    private long shed;

    PartialAccount(final Disturbance disturbance)
    {
        this.disturbance = disturbance;
        Arrays.fill(latest, -1);
    }

    @Override
    public void onEvent(final OrderBookEvent event)
    {
        final long sequence = event.sequence();
        delivered++;
        if (sequence > last)
        {
            last = sequence;
        }
        else if (sequence == last)
        {
            repeated++;
        }
        else
        {
            late++;
        }
        if (!SoakEvents.isRight(event))
        {
            torn++;
        }
        else if (event.type() == EventType.TRADE)
        {
            trades++;
        }
        else
        {
            latest[event.instrumentId()] = sequence;
        }
        disturbance.at(sequence);
    }

    @Override
    public void onShed(final long firstSequence, final long lastSequence)
    {
        if (firstSequence <= last)
        {
            late++;
        }
        shed += lastSequence - firstSequence + 1;
        last = lastSequence;
    }

    long trades()
    {
        return trades;
    }

    long shed()
    {
        return shed;
    }

    boolean hasSameLatest(final PartialAccount other)
    {
        return Arrays.equals(latest, other.latest);
    }

    /**
     * What it got, of a handler that was to get so many trades.
     */
    SoakCounts countsOfTrades(final long expected)
    {
        return counts(expected - trades, 0);
    }

    /**
     * What it got, of a handler that was to get so many events, of which some were merged or lost.
     */
    SoakCounts countsOfMerged(final long published, final long conflated)
    {
        return counts(published - trades - conflated - shed, conflated);
    }

    // More than there were came twice, although in order.
    private SoakCounts counts(final long lacking, final long conflated)
    {
        return new SoakCounts(delivered, Math.max(0, lacking), repeated + Math.max(0, -lacking), late, torn, shed,
            conflated);
    }
}
