package io.ringtape.bench.peer;

import io.ringtape.event.EventLayout;
import io.ringtape.event.OrderBookEvent;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads of each event what a book reads, and keeps no book. Counted as {@link BookBlocks} counts: the mean over a block
 * of {@link BlockMeans#EVENTS} events, of the blocks of a run the one in the middle.
 * <p>
 * Thread safety: one thread owns it. Allocation: none in a run.
 */
final class EventFields implements Peer
{
    private final OrderBookEvent event = new OrderBookEvent();
    private final BlockMeans means = new BlockMeans();
    private final BlockMeans.Blocks work = this::read;
    private final BookStream.Source source;
    private @Nullable BookStream stream;
    private long sum;

    EventFields(final BookStream.Source source)
    {
        this.source = source;
    }

    @Override
    public void prepare(final int count)
    {
        final BookStream known = stream;
        stream = known == null || known.events().count() != count ? source.load(count) : known;
        means.begin(count);
    }

    @Override
    public void run(final int count)
    {
        sum = means.run(work);
    }

    private long read(final int from, final int to)
    {
        final UnsafeBuffer events = stream.events().buffer();
        final OrderBookEvent current = event;
        long added = 0;
        for (int i = from; i < to; i++)
        {
            current.wrap(events, i * Work.EVENT_BYTES);
            added += of(current.type(), current.instrumentId(), current.flags(), current.orderId(), current.price(),
                current.quantity(), i);
        }
        return added;
    }

    private static long of(
        final int type, final int instrumentId, final int flags, final long orderId, final long price,
        final long quantity, final int position)
    {
        return Tally.weighted(
            Work.fold(Work.fold(type, instrumentId, flags, orderId), Work.fold(price, quantity)), position);
    }

    @Override
    public long checksum()
    {
        return sum;
    }

    /** The same fields off the last words of the events. */
    @Override
    public long expected(final long first, final int count)
    {
        final UnsafeBuffer events = stream.events().buffer();
        long added = 0;
        for (int i = 0; i < count; i++)
        {
            final int at = i * Work.EVENT_BYTES;
            final long tail = events.getLong(at + EventLayout.INSTRUMENT_ID_OFFSET, ByteOrder.LITTLE_ENDIAN);
            added += of(EventLayout.type(tail), EventLayout.instrumentId(tail), (int)(tail >>> 48),
                events.getLong(at + EventLayout.ORDER_ID_OFFSET, ByteOrder.LITTLE_ENDIAN),
                events.getLong(at + EventLayout.PRICE_OFFSET, ByteOrder.LITTLE_ENDIAN),
                events.getLong(at + EventLayout.QUANTITY_OFFSET, ByteOrder.LITTLE_ENDIAN), i);
        }
        return added;
    }

    @Override
    public long cost(final long elapsedNs)
    {
        return means.cost();
    }

    @Override
    public void close()
    {
        stream = null;
    }
}
