package io.ringtape.bench.peer;

import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The least that a reader of DBN records can do: all of a record as seven words, nothing checked, nothing written.
 * <p>
 * Thread safety: one thread owns it. Allocation: none in a run.
 */
final class DbnStruct implements Peer
{
    private final Tally tally = new Tally();
    private @Nullable DbnRecords records;
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
            expected = known.words(count);
        }
    }

    @Override
    public void run(final int count)
    {
        tally.begin(count);
        final UnsafeBuffer from = records.bytes();
        final int start = records.start();
        for (int i = 0; i < count; i++)
        {
            final int at = start + i * DbnRecords.RECORD_BYTES;
            tally.add(DbnRecords.foldWords(
                from.getLong(at), from.getLong(at + 8), from.getLong(at + 16), from.getLong(at + 24),
                from.getLong(at + 32), from.getLong(at + 40), from.getLong(at + 48)));
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
