package io.ringtape.bench.peer;

import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * Chronicle's tailer.
 * <p>
 * Thread safety: one thread owns it. Allocation: Chronicle's own.
 */
final class ChronicleTail implements Peer
{
    private final Tally tally = new Tally();
    private final ChronicleTape.Factory factory;
    private final Path tape;
    private @Nullable ChronicleTape file;

    ChronicleTail(final Path directory, final ChronicleTape.Factory factory)
    {
        this.factory = factory;
        tape = directory.resolve("chronicle");
    }

    @Override
    public void prepare(final int count)
    {
        if (!Files.exists(tape))
        {
            try (ChronicleTape fresh = factory.open(tape))
            {
                final BlockSource source = new BlockSource();
                for (int first = 0; first < count; first += Work.BLOCK_EVENTS)
                {
                    fresh.append(source.buffer(), source.fillBlock(first));
                }
            }
        }
        file = factory.open(tape);
    }

    @Override
    public void run(final int count)
    {
        tally.begin(count);
        file.scan(tally, count);
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
        final ChronicleTape opened = file;
        file = null;
        CloseHelper.close(opened);
    }
}
