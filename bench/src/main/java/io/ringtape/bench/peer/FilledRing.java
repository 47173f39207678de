package io.ringtape.bench.peer;

/**
 * The events made in the ring and nothing else, as every peer that writes a tape does it first. The sum is that of the
 * events that the ring still holds.
 * <p>
 * Thread safety: one thread owns it. Allocation: none in a run.
 */
final class FilledRing implements Peer
{
    private final BlockSource source = new BlockSource();
    private final Tally tally = new Tally();
    private int events;

    @Override
    public void run(final int count)
    {
        events = count;
        for (int first = 0; first < count; first += Work.BLOCK_EVENTS)
        {
            source.fillBlock(first);
        }
    }

    @Override
    public long checksum()
    {
        tally.begin(held(events));
        for (int sequence = events - held(events); sequence < events; sequence++)
        {
            tally.add(Work.fold(source.buffer(), (sequence & (Work.CAPACITY - 1)) * Work.EVENT_BYTES));
        }
        return tally.sum();
    }

    @Override
    public long expected(final long first, final int count)
    {
        return Work.expected(count - held(count), held(count));
    }

    private static int held(final int count)
    {
        return Math.min(count, Work.CAPACITY);
    }

    @Override
    public void close()
    {
        // It holds nothing.
    }
}
