package io.ringtape.bus;

import io.ringtape.event.Conflater;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Keeps the last quote of each of a few instruments, in the order of the last changes; the bus knows no books. */
final class LastPrice implements Conflater
{
    static final int INSTRUMENTS = 8;

    private final OrderBookEvent[] last = new OrderBookEvent[INSTRUMENTS];
    private final int[] pending = new int[INSTRUMENTS];
    private final List<String> shed = new ArrayList<>();
    private int count;

    LastPrice()
    {
        for (int i = 0; i < INSTRUMENTS; i++)
        {
            last[i] = new OrderBookEvent().wrap(new UnsafeBuffer(new byte[OrderBookEvent.SIZE_BYTES]), 0);
        }
    }

    @Override
    public boolean merge(final OrderBookEvent event)
    {
        if (event.type() != EventType.QUOTE)
        {
            return false;
        }
        final int id = event.instrumentId();
        int kept = 0;
        for (int i = 0; i < count; i++)
        {
            if (pending[i] != id)
            {
                pending[kept] = pending[i];
                kept++;
            }
        }
        pending[kept] = id;
        count = kept + 1;
        last[id].copyFrom(event);
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
        return count == 0 ? NONE : last[pending[0]].sequence();
    }

    @Override
    public void take(final OrderBookEvent to)
    {
        to.copyFrom(last[pending[0]]);
        count--;
        System.arraycopy(pending, 1, pending, 0, count);
    }

    @Override
    public void onShed(final long firstSequence, final long lastSequence)
    {
        shed.add(firstSequence + ".." + lastSequence);
    }

    List<String> shed()
    {
        return shed;
    }
}
