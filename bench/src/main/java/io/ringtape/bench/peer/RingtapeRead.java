package io.ringtape.bench.peer;

import io.ringtape.journal.TapeWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Our reader over a tape with 64 events a block, opened anew for each run.
 * <p>
 * Thread safety: one thread owns it. Allocation: a reader a run.
 */
final class RingtapeRead implements Peer
{
    private final Tally tally = new Tally();
    private final Path tape;

    RingtapeRead(final Path directory)
    {
        tape = directory.resolve("ringtape");
    }

    @Override
    public void prepare(final int count)
    {
        if (!Files.exists(tape))
        {
            try (TapeWriter writer = RingtapeTape.open(tape))
            {
                RingtapeTape.write(writer, new BlockSource(), count);
            }
        }
    }

    @Override
    public void run(final int count)
    {
        tally.begin(count);
        RingtapeTape.scan(tape, tally);
    }

    @Override
    public long checksum()
    {
        return tally.sum();
    }

    @Override
    public void close()
    {
        // The reader is closed after each run; the fork's directory goes with the fork.
    }
}
