package io.ringtape.bench.peer;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Chronicle Queue, fed with the events that stand in the ring.
 * <p>
 * Thread safety: one thread owns it. Allocation: Chronicle's own.
 */
final class ChronicleAppend implements Peer
{
    private final BlockSource source = new BlockSource();
    private final Tally tally = new Tally();
    private final Path directory;
    private final Path tape;
    private final ChronicleTape.Factory factory;
    private int events;
    private @Nullable ChronicleTape file;

    ChronicleAppend(final Path directory, final ChronicleTape.Factory factory)
    {
        this.factory = factory;
        this.directory = directory;
        tape = directory.resolve("chronicle");
    }

    @Override
    public void prepare(final int count)
    {
        Scratch.recyclePages(directory, ChronicleTape.bytes(count));
        events = count;
        file = factory.open(tape);
    }

    @Override
    public void run(final int count)
    {
        final ChronicleTape to = file;
        final BlockSource from = source;
        for (int first = 0; first < count; first += Work.BLOCK_EVENTS)
        {
            to.append(from.buffer(), from.fillBlock(first));
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
