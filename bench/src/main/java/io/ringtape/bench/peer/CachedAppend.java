package io.ringtape.bench.peer;

import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * The raw append of {@link MappedAppend} to the same few blocks over and over, which stay in the second cache: what the
 * copy and the checksum take where no page is touched for the first time. The sum is that of the blocks that were
 * written last.
 * <p>
 * Thread safety: one thread owns it. Allocation: none in a run.
 */
final class CachedAppend implements Peer
{
    /** 16 blocks, 65 KiB. */
    private static final int KEPT_EVENTS = 16 * Work.BLOCK_EVENTS;

    private final BlockSource source = new BlockSource();
    private final Tally tally = new Tally();
    private final boolean hasChecksum;
    private final Path file;
    private int events;
    private @Nullable MappedTape tape;

    CachedAppend(final Path directory, final boolean hasChecksum)
    {
        this.hasChecksum = hasChecksum;
        file = directory.resolve("cached");
    }

    @Override
    public void prepare(final int count)
    {
        events = count;
        tape = new MappedTape(
            Scratch.map(file, MappedTape.bytes(KEPT_EVENTS, Work.BLOCK_EVENTS)), Work.BLOCK_EVENTS, hasChecksum);
    }

    @Override
    public void run(final int count)
    {
        final MappedTape to = tape;
        final BlockSource from = source;
        for (int first = 0; first < count; first += Work.BLOCK_EVENTS)
        {
            if (first % KEPT_EVENTS == 0)
            {
                to.rewind();
            }
            to.append(from.buffer(), from.fillBlock(first), first);
        }
    }

    @Override
    public long checksum()
    {
        tally.begin(kept(events));
        tape.scan(tally, kept(events));
        close();
        return tally.sum();
    }

    @Override
    public long expected(final long first, final int count)
    {
        return Work.expected(count - kept(count), kept(count));
    }

    /** Those since the last time that it began anew. */
    private static int kept(final int count)
    {
        return count - (count - 1) / KEPT_EVENTS * KEPT_EVENTS;
    }

    @Override
    public void close()
    {
        final MappedTape opened = tape;
        tape = null;
        CloseHelper.close(opened);
        Scratch.remove(file);
    }
}
