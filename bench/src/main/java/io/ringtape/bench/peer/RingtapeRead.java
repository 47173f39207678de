package io.ringtape.bench.peer;

import io.ringtape.journal.TapeReader;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * Our reader over a tape, opened anew for each run.
 * <p>
 * Thread safety: one thread owns it. Allocation: a reader a run.
 */
final class RingtapeRead implements Peer
{
    private final Tally tally = new Tally();
    private final int blockEvents;
    private final Path directory;
    private @Nullable TapeReader reader;

    RingtapeRead(final Path directory, final int blockEvents)
    {
        this.blockEvents = blockEvents;
        this.directory = directory;
    }

    @Override
    public void prepare(final int count)
    {
        reader = RingtapeTape.readOnceMade(tape(count), count, blockEvents);
    }

    /** The tape of so many events, which stays in the directory. */
    Path tape(final int count)
    {
        return directory.resolve(RingtapeTape.NAME + "-" + count);
    }

    @Override
    public void run(final int count)
    {
        tally.begin(count);
        RingtapeTape.scan(reader, tally);
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
        final TapeReader opened = reader;
        reader = null;
        CloseHelper.close(opened);
    }
}
