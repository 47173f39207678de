package io.ringtape.bench.peer;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A raw mapped append with the same checksum: what no recorder can beat by much.
 * <p>
 * Thread safety: one thread owns it. Allocation: none in a run.
 */
final class MappedAppend implements Peer
{
    private final BlockSource source = new BlockSource();
    private final Tally tally = new Tally();
    private final int blockEvents;
    private final Path directory;
    private int events;
    private @Nullable MappedTape tape;

    MappedAppend(final Path directory, final int blockEvents)
    {
        this.blockEvents = blockEvents;
        this.directory = directory;
    }

    @Override
    public void prepare(final int count)
    {
        Scratch.recyclePages(directory, MappedTape.bytes(count, blockEvents));
        events = count;
        tape = new MappedTape(directory.resolve("raw"), count, blockEvents);
    }

    @Override
    public void run(final int count)
    {
        tape.write(source, count);
    }

    @Override
    public long checksum()
    {
        tally.begin(events);
        tape.scan(tally, events);
        tape.close();
        Scratch.remove(directory.resolve("raw"));
        return tally.sum();
    }

    @Override
    public void close()
    {
        Scratch.remove(directory.resolve("raw"));
    }
}
