package io.ringtape.bench.peer;

import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * Chronicle's tailer over a document for each event.
 * <p>
 * Thread safety: one thread owns it. Allocation: Chronicle's own.
 */
final class ChronicleTail implements Peer
{
    private final Tally tally = new Tally();
    private final Path tape;
    private @Nullable ChronicleFile file;

    ChronicleTail(final Path directory)
    {
        tape = directory.resolve("chronicle");
    }

    @Override
    public void prepare(final int count)
    {
        if (!Files.exists(tape))
        {
            try (ChronicleFile fresh = new ChronicleFile(tape, false))
            {
                final BlockSource source = new BlockSource();
                for (int i = 0; i < count; i++)
                {
                    Work.fill(source.buffer(), 0, i);
                    fresh.append(source.buffer(), 0);
                }
            }
        }
        file = new ChronicleFile(tape, false);
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
        final ChronicleFile opened = file;
        file = null;
        CloseHelper.close(opened);
    }
}
