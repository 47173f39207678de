package io.ringtape.bench.peer;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A raw scan of a mapped file with the same checksum: what no reader can beat by much.
 * <p>
 * Thread safety: one thread owns it. Allocation: none in a run.
 */
final class MappedScan implements Peer
{
    private final Tally tally = new Tally();
    private final Path file;
    private @Nullable MappedTape tape;

    MappedScan(final Path directory)
    {
        file = directory.resolve("raw");
    }

    @Override
    public void prepare(final int count)
    {
        if (tape == null)
        {
            final boolean isNew = !Files.exists(file);
            tape = new MappedTape(file, count);
            if (isNew)
            {
                final BlockSource source = new BlockSource();
                for (int first = 0; first < count; first += Work.BLOCK_EVENTS)
                {
                    tape.append(source.buffer(), source.fillBlock(first), first);
                }
            }
        }
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
        return tally.sum();
    }

    @Override
    public void close()
    {
        if (tape != null)
        {
            tape.close();
        }
    }
}
