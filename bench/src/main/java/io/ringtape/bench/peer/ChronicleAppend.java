package io.ringtape.bench.peer;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Chronicle Queue, a document for each event that stands in the ring.
 * <p>
 * Thread safety: one thread owns it. Allocation: Chronicle's own.
 */
final class ChronicleAppend implements Peer
{
    private final BlockSource source = new BlockSource();
    private final Tally tally = new Tally();
    private final Path directory;
    private final Path tape;
    private final boolean isInPlace;
    private int events;
    private @Nullable ChronicleFile file;

    ChronicleAppend(final Path directory, final boolean isInPlace)
    {
        this.isInPlace = isInPlace;
        this.directory = directory;
        tape = directory.resolve("chronicle");
    }

    @Override
    public void prepare(final int count)
    {
        Scratch.recyclePages(directory, MappedTape.bytes(count, Work.BLOCK_EVENTS));
        events = count;
        file = new ChronicleFile(tape, isInPlace);
    }

    @Override
    public void run(final int count)
    {
        final ChronicleFile to = file;
        final BlockSource from = source;
        for (int first = 0; first < count; first += Work.BLOCK_EVENTS)
        {
            final int start = from.fillBlock(first);
            for (int i = 0; i < Work.BLOCK_EVENTS; i++)
            {
                to.append(from.buffer(), start + i * Work.EVENT_BYTES);
            }
        }
    }

    @Override
    public long checksum()
    {
        tally.begin(events);
        file.scan(tally, events);
        file.close();
        Scratch.remove(tape);
        return tally.sum();
    }

    @Override
    public void close()
    {
        Scratch.remove(tape);
    }
}
