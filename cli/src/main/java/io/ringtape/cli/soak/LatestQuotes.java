package io.ringtape.cli.soak;

import io.ringtape.event.Conflater;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Keeps the last quote of each instrument as it was, so that what is delivered can be checked like any other event.
 */
final class LatestQuotes implements Conflater
{
    private final OrderBookEvent[] quotes = new OrderBookEvent[SoakEvents.INSTRUMENTS];
    private final boolean[] isPending = new boolean[SoakEvents.INSTRUMENTS];
    private int count;

    LatestQuotes()
    {
        final UnsafeBuffer room = new UnsafeBuffer(
            BufferUtil.allocateDirectAligned(quotes.length * OrderBookEvent.SIZE_BYTES, OrderBookEvent.SIZE_BYTES));
        for (int i = 0; i < quotes.length; i++)
        {
            quotes[i] = new OrderBookEvent().wrap(room, i * OrderBookEvent.SIZE_BYTES);
        }
    }

    @Override
    public boolean merge(final OrderBookEvent event)
    {
        if (event.type() != EventType.QUOTE)
        {
            return false;
        }
        final int instrument = event.instrumentId();
        quotes[instrument].copyFrom(event);
        if (!isPending[instrument])
        {
            isPending[instrument] = true;
            count++;
        }
        return true;
    }

    @Override
    public int pendingCount()
    {
        return count;
    }

    @Override
    public long nextSequence()
    {
        final int instrument = first();
        return instrument < 0 ? NONE : quotes[instrument].sequence();
    }

    @Override
    public void take(final OrderBookEvent to)
    {
        final int instrument = first();
        to.copyFrom(quotes[instrument]);
        isPending[instrument] = false;
        count--;
    }

    private int first()
    {
        int first = -1;
        for (int i = 0; i < isPending.length; i++)
        {
            if (isPending[i] && (first < 0 || quotes[i].sequence() < quotes[first].sequence()))
            {
                first = i;
            }
        }
        return first;
    }

    @Override
    public void onShed(final long firstSequence, final long lastSequence)
    {
        // A quote replaces the one before, whatever was lost in between.
    }
}
