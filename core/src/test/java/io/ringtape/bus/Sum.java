package io.ringtape.bus;

import io.ringtape.event.EventHandler;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Stateful;
import java.nio.ByteBuffer;

/** Adds up what it gets, so that one event too many, too few or out of order shows, and can go on from what it had. */
final class Sum implements EventHandler, Stateful
{
    private final String name;
    private long sum = 17;
    private long count;

    Sum(final String name)
    {
        this.name = name;
    }

    @Override
    public void onEvent(final OrderBookEvent event)
    {
        add(event.sequence(), event.orderId());
    }

    void add(final long sequence, final long orderId)
    {
        sum = 31 * (31 * sum + sequence) + orderId;
        count++;
    }

    @Override
    public String stateName()
    {
        return name;
    }

    @Override
    public int stateVersion()
    {
        return 1;
    }

    @Override
    public long stateParameters()
    {
        return 0;
    }

    @Override
    public long stateBytes()
    {
        return 2 * Long.BYTES;
    }

    @Override
    public void writeState(final ByteBuffer target)
    {
        target.putLong(sum).putLong(count);
    }

    @Override
    public void readState(final ByteBuffer source)
    {
        sum = source.getLong();
        count = source.getLong();
        if (count < 0)
        {
            throw new IllegalArgumentException("count makes no sense: count=" + count);
        }
    }

    @Override
    public String toString()
    {
        return "sum=" + sum + " count=" + count;
    }

    /** What it has now. */
    Stored stored(final long nextSequence)
    {
        final ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES);
        writeState(bytes);
        return new Stored(name, nextSequence, bytes.flip());
    }

    /** A snapshot of one sum. */
    record Stored(String name, long nextSequence, ByteBuffer bytes) implements History.Snapshot
    {
        boolean isOf(final Stateful state)
        {
            return state.stateName().equals(name);
        }

        @Override
        public void restore(final Stateful state)
        {
            state.readState(bytes.duplicate());
        }
    }
}
