package io.ringtape.bench.peer;

import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * A raw scan of a mapped file with the same checksum, what no reader can beat by much, or with none.
 * <p>
 * Thread safety: one thread owns it. Allocation: none in a run.
 */
final class MappedScan implements Peer
{
    private final Tally tally = new Tally();
    private final int blockEvents;
    private final boolean hasChecksum;
    private final boolean isLarge;
    private final Path file;
    private @Nullable MappedTape tape;

    /**
     * A scan of a file that was written in pages of a size.
     *
     * @param directory   that gets the file.
     * @param blockEvents of a block.
     * @param hasChecksum whether its blocks have one.
     * @param isLarge     whether to ask for large pages, as our recorder does too.
     */
    MappedScan(final Path directory, final int blockEvents, final boolean hasChecksum, final boolean isLarge)
    {
        this.isLarge = isLarge;
        this.hasChecksum = hasChecksum;
        this.blockEvents = blockEvents;
        file = directory.resolve("raw");
    }

    @Override
    public void prepare(final int count)
    {
        if (!Files.exists(file))
        {
            try (MappedTape fresh = open(count))
            {
                MappedAppend.write(fresh, new BlockSource(), count, blockEvents);
            }
        }
        tape = open(count);
    }

    private MappedTape open(final int count)
    {
        return new MappedTape(
            Scratch.map(file, MappedTape.bytes(count, blockEvents), isLarge), blockEvents, hasChecksum);
    }

    @Override
    public void run(final int count)
    {
        tally.begin(count);
        tape.scan(tally, count);
    }

    @Override
    public long checksum()
    {
        close();
        return tally.sum();
    }

    @Override
    public void close()
    {
        final MappedTape opened = tape;
        tape = null;
        CloseHelper.close(opened);
    }
}
