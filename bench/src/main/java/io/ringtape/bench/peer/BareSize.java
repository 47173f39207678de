package io.ringtape.bench.peer;

/**
 * The events one after the other and nothing else: what a file of them cannot be smaller than.
 * <p>
 * Thread safety: one thread owns it. Allocation: none once made.
 */
final class BareSize implements Peer
{
    private final BlockSource source = new BlockSource();
    private final Tally tally = new Tally();
    private long bytes;

    @Override
    public void run(final int count)
    {
        tally.begin(count);
        bytes = 0;
        for (int first = 0; first < count; first += Work.BLOCK_EVENTS)
        {
            final int start = source.fillBlock(first);
            for (int i = 0; i < Work.BLOCK_EVENTS; i++)
            {
                tally.add(Work.fold(source.buffer(), start + i * Work.EVENT_BYTES));
                bytes += Work.EVENT_BYTES;
            }
        }
    }

    @Override
    public long checksum()
    {
        return tally.sum();
    }

    @Override
    public long cost(final long elapsedNs)
    {
        return bytes;
    }

    @Override
    public void close()
    {
    }
}
