package io.ringtape.bench.peer;

import java.nio.file.Path;

/**
 * The way from tape to strategy of {@link ComparedReplay} without its comparisons: {@link StrategyReplay}, with its
 * tape opened within the run; with the hash of the inputs, which a replay says in any case, or without.
 * <p>
 * Thread safety: one thread owns it. Allocation: handlers and a reader a run.
 */
final class PlainReplay implements Peer
{
    private final Path directory;
    private final StrategyReplay replay;

    PlainReplay(final Path directory, final boolean isHashing)
    {
        this.directory = directory;
        replay = new StrategyReplay(directory, true, isHashing);
    }

    @Override
    public void prepare(final int count)
    {
        DemoTape.of(directory, count);
    }

    @Override
    public void run(final int count)
    {
        replay.prepare(count);
        replay.run(count);
    }

    @Override
    public long checksum()
    {
        return replay.checksum();
    }

    @Override
    public long expected(final long first, final int count)
    {
        return replay.expected(first, count);
    }

    @Override
    public void close()
    {
        replay.close();
    }
}
