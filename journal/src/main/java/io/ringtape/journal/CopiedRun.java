package io.ringtape.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a copy of a run starts: as the run does, or behind the files that were removed from it. Of those the copy gets
 * one, which holds nothing but the header of the run, and it is removed too once the run is copied.
 *
 * @param leastRunId       the number of the run is at least that.
 * @param isPart           whether the run lacks its first files.
 * @param firstSequence    of what is left of the run; only of a part, as all that follows.
 * @param blockNumber      of its first block.
 * @param maxReceiveTimeNs the greatest receive time of the run before it.
 */
record CopiedRun(long leastRunId, boolean isPart, long firstSequence, long blockNumber, long maxReceiveTimeNs)
{
    /** No copy: the next run of a tape. */
    static final CopiedRun NONE = whole(1);

    static CopiedRun whole(final long runId)
    {
        return new CopiedRun(runId, false, -1, -1, DocumentLayout.NO_TIME);
    }

    /**
     * What is left of a run, as its first file says.
     *
     * @param chain of a tape of which files were removed from the first run that is left.
     * @param marks of the tape.
     * @return where the copy of that run starts.
     * @throws TapeException if the file is damaged there.
     */
    static CopiedRun part(final RunChain chain, final TapeMarks marks)
    {
        final RunDirectory run = chain.directory(0);
        try (RunReader reader = new RunReader(
            run, 0, chain.head(0), chain.fence(0), marks, true, new Walker(Walker.DEFAULT_WINDOW_BYTES)))
        {
            final boolean isBlock = reader.nextBlock();
            return new CopiedRun(run.runId(), true, reader.nextSequence() - (isBlock ? reader.count() : 0),
                reader.nextBlockNumber() - (isBlock ? 1 : 0),
                isBlock ? reader.maxBeforeNs() : reader.maxReceiveTimeNs());
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", run.path(), e);
        }
    }

    /**
     * Leaves out what was removed.
     *
     * @param run the copy, of which nothing but the header was written.
     */
    void start(final RunWriter run)
    {
        if (isPart)
        {
            run.goOnBehind(firstSequence, blockNumber, maxReceiveTimeNs);
        }
    }

    /**
     * Removes the file that stands for what was removed.
     *
     * @param run    directory of the copy, closed.
     * @param device that takes it.
     * @throws TapeException if it cannot be removed.
     */
    void end(final Path run, final Device device)
    {
        if (!isPart)
        {
            return;
        }
        try
        {
            final Manifest manifest = Manifest.read(new RunDirectory(leastRunId, run, List.of()));
            Manifest.append(run, manifest.seal(0).orElseThrow().removed(maxReceiveTimeNs));
            device.force(run.resolve(Manifest.NAME));
            Files.delete(run.resolve(RollFiles.name(0)));
            device.force(run);
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot remove a file of", run, e);
        }
    }
}
