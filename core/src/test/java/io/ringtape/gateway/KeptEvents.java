package io.ringtape.gateway;

import io.ringtape.event.OrderBookEvent;
import java.util.ArrayList;
import java.util.List;

/** A store that notes what it is told. */
final class KeptEvents implements SafeModeStore
{
    final List<String> calls = new ArrayList<>();
    int failsAt = Integer.MAX_VALUE;

    @Override
    public void begin(final int sourceId, final long baseSequence)
    {
        calls.add("begin " + sourceId + " " + baseSequence);
    }

    @Override
    public void append(final OrderBookEvent event)
    {
        if (calls.size() >= failsAt)
        {
            throw new IllegalStateException("store is full");
        }
        calls.add(FakeRing.text(event));
    }

    @Override
    public void force()
    {
        calls.add("force");
    }
}
