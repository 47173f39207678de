package io.ringtape.bench.peer;

import io.ringtape.event.EventBatch;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.feed.DbnMboDecoder;
import io.ringtape.feed.FeedException;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Our decoder over the records of a DBN capture by order.
 * <p>
 * Thread safety: one thread owns it. Allocation: for each instrument of a run.
 */
final class DbnDecode implements Peer
{
    private static final int MOST_EVENTS = 1_024;

    private final Tally tally = new Tally();
    private final EventBatch batch = new EventBatch(MOST_EVENTS);
    private @Nullable DbnRecords records;
    private @Nullable DbnMboDecoder decoder;
    private int expectedCount;
    private long expected;

    @Override
    public void prepare(final int count)
    {
        final DbnRecords known = records == null ? DbnRecords.load() : records;
        records = known;
        if (expectedCount != count)
        {
            expectedCount = count;
            expected = known.times(count);
        }
        try
        {
            decoder = new DbnMboDecoder(known.metadata(), 0, (symbol, venueInstrumentId, publisher) -> 0);
        }
        catch (final FeedException e)
        {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public void run(final int count)
    {
        tally.begin(count);
        final UnsafeBuffer from = records.bytes();
        int at = records.start();
        final int limit = at + count * DbnRecords.RECORD_BYTES;
        try
        {
            while (at < limit)
            {
                batch.clear();
                at += decoder.decode(from, at, limit, MOST_EVENTS, batch);
                for (int i = 0; i < batch.count(); i++)
                {
                    final OrderBookEvent event = batch.event(i);
                    tally.add(DbnRecords.foldTimes(event.eventTimeNs(), event.receiveTimeNs(), event.sourceSequence()));
                }
            }
        }
        catch (final FeedException e)
        {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public long checksum()
    {
        return tally.sum();
    }

    @Override
    public long expected(final long first, final int count)
    {
        return expected;
    }

    @Override
    public void close()
    {
        records = null;
    }
}
