package io.ringtape.bus;

import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.RangeHandler;
import io.ringtape.event.Stateful;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** A history in memory, recorded by itself. */
final class ArrayHistory implements RangeHandler, History
{
    private static final int EVENT_BYTES = OrderBookEvent.SIZE_BYTES;

    private final long first;
    private final UnsafeBuffer events;
    private final AtomicInteger openCount = new AtomicInteger();
    private volatile int count;
    private volatile Sum.@Nullable Stored newest;

    ArrayHistory(final long first, final int room)
    {
        this.first = first;
        events = new UnsafeBuffer(new byte[room * EVENT_BYTES]);
    }

    @Override
    public void onRange(final UnsafeBuffer buffer, final int offset, final long firstSequence, final int added)
    {
        final int before = count;
        events.putBytes(before * EVENT_BYTES, buffer, offset, added * EVENT_BYTES);
        count = before + added;
    }

    /** What is found by the next join from a snapshot, if it is of the run and has what is asked for. */
    void snapshot(final Sum.Stored stored)
    {
        newest = stored;
    }

    @Override
    public Optional<Snapshot> newestSnapshot(final long fromSequence, final List<Stateful> states)
    {
        final Sum.Stored found = newest;
        return found != null && found.nextSequence() > fromSequence && states.stream().allMatch(found::isOf) ?
            Optional.of(found) : Optional.empty();
    }

    /** Cursors that were opened and not closed. */
    int openCount()
    {
        return openCount.get();
    }

    @Override
    public Cursor open(final JoinFrom from)
    {
        final long start = switch (from.kind())
        {
            case SEQUENCE -> from.value();
            case TIME -> firstAt(from.value());
            default -> first;
        };
        if (start < first)
        {
            throw new JoinRefusedException(JoinRefusedException.Reason.NOT_ON_TAPE, "too early: sequence=" + start,
                first, null);
        }
        openCount.incrementAndGet();
        return new ArrayCursor(start);
    }

    /** The sequence behind the last event that is there. */
    long nextSequence()
    {
        return first + count;
    }

    private long firstAt(final long receiveTimeNs)
    {
        final OrderBookEvent event = new OrderBookEvent();
        final int recorded = count;
        int index = 0;
        while (index < recorded && event.wrap(events, index * EVENT_BYTES).receiveTimeNs() < receiveTimeNs)
        {
            index++;
        }
        return first + index;
    }

    /** Reads what is there. */
    private final class ArrayCursor implements Cursor
    {
        private long next;

        private ArrayCursor(final long next)
        {
            this.next = next;
        }

        @Override
        public long nextSequence()
        {
            return next;
        }

        @Override
        public int read(final UnsafeBuffer target, final int offset, final int limit)
        {
            final int index = (int)(next - first);
            final int read = Math.max(0, Math.min(limit, count - index));
            target.putBytes(offset, events, index * EVENT_BYTES, read * EVENT_BYTES);
            next += read;
            return read;
        }

        @Override
        public void close()
        {
            openCount.decrementAndGet();
        }
    }
}
