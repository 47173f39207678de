package io.ringtape.bench.peer;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A raw mapped append with the same checksum, what no recorder can beat by much, or with none. On cold pages, see
 * {@link FreePages}.
 * <p>
 * Thread safety: one thread owns it. Allocation: none in a run.
 */
final class MappedAppend implements Peer
{
    private final BlockSource source = new BlockSource();
    private final Tally tally = new Tally();
    private final int blockEvents;
    private final boolean hasChecksum;
    private final boolean isLarge;
    private final FreePages pages;
    private final Path directory;
    private int events;
    private @Nullable MappedTape tape;

    MappedAppend(final Path directory, final int blockEvents, final FreePages pages, final boolean hasChecksum)
    {
        this(directory, blockEvents, pages, hasChecksum, false);
    }

    /**
     * An append to a file in pages of a size.
     *
     * @param directory   that gets the file.
     * @param blockEvents of a block.
     * @param pages       that the file will be made of.
     * @param hasChecksum whether its blocks have one.
     * @param isLarge     whether to ask for large pages, as our recorder does too.
     */
    MappedAppend(
        final Path directory, final int blockEvents, final FreePages pages, final boolean hasChecksum,
        final boolean isLarge)
    {
        this.isLarge = isLarge;
        this.hasChecksum = hasChecksum;
        this.blockEvents = blockEvents;
        this.pages = pages;
        this.directory = directory;
    }

    @Override
    public void prepare(final int count)
    {
        final long bytes = MappedTape.bytes(count, blockEvents);
        pages.make(directory, bytes);
        events = count;
        tape = new MappedTape(Scratch.map(directory.resolve("raw"), bytes, isLarge), blockEvents, hasChecksum);
    }

    @Override
    public void run(final int count)
    {
        write(tape, source, count, blockEvents);
    }

    /** Appends events, {@link Work#BLOCK_EVENTS} filled at a time, in blocks of that or a smaller power of two. */
    static void write(final MappedTape to, final BlockSource source, final int count, final int blockEvents)
    {
        for (int first = 0; first < count; first += Work.BLOCK_EVENTS)
        {
            final int start = source.fillBlock(first);
            for (int i = 0; i < Work.BLOCK_EVENTS; i += blockEvents)
            {
                to.append(source.buffer(), start + i * Work.EVENT_BYTES, first + i);
            }
        }
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
