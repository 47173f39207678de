package io.ringtape.bench.peer;

import io.ringtape.journal.StagedBlocks;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * Blocks through parts of our recorder, see {@link StagedBlocks}.
 * <p>
 * Thread safety: one thread owns it. Allocation: none in a run.
 */
final class StagedAppend implements Peer
{
    private final BlockSource source = new BlockSource();
    private final Tally tally = new Tally();
    private final StagedBlocks.Parts parts;
    private final Path directory;
    private final Path tape;
    private int events;
    private @Nullable StagedBlocks blocks;

    StagedAppend(final Path directory, final StagedBlocks.Parts parts)
    {
        this.parts = parts;
        this.directory = directory;
        tape = directory.resolve("staged");
    }

    @Override
    public void prepare(final int count)
    {
        Scratch.recyclePages(directory, MappedTape.bytes(count, Work.BLOCK_EVENTS));
        events = count;
        blocks = StagedBlocks.open(tape, source.buffer(), parts);
    }

    @Override
    public void run(final int count)
    {
        final StagedBlocks to = blocks;
        for (int first = 0; first < count; first += Work.BLOCK_EVENTS)
        {
            to.append(source.fillBlock(first), first, Work.BLOCK_EVENTS);
        }
    }

    @Override
    public long checksum()
    {
        tally.begin(events);
        blocks.read((buffer, offset, first, count) -> tally.addBlock(buffer, offset, count));
        close();
        return tally.sum();
    }

    @Override
    public void close()
    {
        final StagedBlocks opened = blocks;
        blocks = null;
        CloseHelper.close(opened);
        Scratch.remove(tape);
    }
}
