package io.ringtape.bench.peer;

import io.ringtape.journal.TapeReader;
import io.ringtape.journal.TapeWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Our recorder, called with ranges of a block's events as a lane would call it.
 * <p>
 * Thread safety: one thread owns it. Allocation: none in a run.
 */
final class RingtapeAppend implements Peer
{
    private final BlockSource source = new BlockSource();
    private final Tally tally = new Tally();
    private final int blockEvents;
    private final FreePages pages;
    private final Path directory;
    private final Path tape;
    private int events;
    private @Nullable TapeWriter writer;

    RingtapeAppend(final Path directory, final int blockEvents)
    {
        this(directory, blockEvents, FreePages.warm());
    }

    /**
     * A recorder that finds its pages in a state.
     *
     * @param directory   that gets the tape.
     * @param blockEvents of a block.
     * @param pages       of the file.
     */
    RingtapeAppend(final Path directory, final int blockEvents, final FreePages pages)
    {
        this.blockEvents = blockEvents;
        this.pages = pages;
        this.directory = directory;
        tape = directory.resolve(RingtapeTape.NAME);
    }

    @Override
    public void prepare(final int count)
    {
        pages.make(directory, MappedTape.bytes(count, blockEvents));
        events = count;
        writer = RingtapeTape.open(tape);
    }

    @Override
    public void run(final int count)
    {
        RingtapeTape.write(writer, source, count, blockEvents);
    }

    @Override
    public long checksum()
    {
        RingtapeTape.close(writer, events);
        tally.begin(events);
        try (TapeReader reader = RingtapeTape.read(tape))
        {
            RingtapeTape.scan(reader, tally);
        }
        Scratch.remove(tape);
        return tally.sum();
    }

    @Override
    public void close()
    {
        Scratch.remove(tape);
    }
}
