package io.ringtape.journal;

import java.io.IOException;
import java.util.List;

/**
 * Takes a reader past blocks that a range does not want, by the index of the file that it reads. It never jumps over
 * a definition, and never to a block that is not the one that the index names.
 * <p>
 * Hot path: {@link #skip}.
 * Thread safety: none; one thread.
 * Allocation: none in it, but for a new file.
 */
final class IndexSeek
{
    private static final long NO_FILE = -1;

    private final TapeRange range;
    private long runId = NO_FILE;
    private long fileNumber = NO_FILE;
    private FileIndex index = new FileIndex(List.of(), true);
    private int next;

    IndexSeek(final TapeRange range)
    {
        this.range = range;
    }

    /** With the index of a file, which was read before. */
    IndexSeek(final TapeRange range, final FileIndex index, final long runId, final long fileNumber)
    {
        this(range);
        this.index = index;
        this.runId = runId;
        this.fileNumber = fileNumber;
    }

    /**
     * Goes on with the first block that may hold something of the range, as far as the index tells.
     *
     * @param reader  that stands behind a block.
     * @param follows whether an event that is not wanted for itself is wanted for the one before it.
     */
    void skip(final RunReader reader, final boolean follows)
    {
        if (reader.file().number() != fileNumber || reader.head().run().runId() != runId)
        {
            load(reader);
        }
        while (next < index.entries().size() && index.entries().get(next).offset() <= reader.position())
        {
            next++;
        }
        int to = next;
        while (!follows && to < index.entries().size() && isPassed(index.entries().get(to), reader))
        {
            to++;
        }
        if (to > next && !reader.jump(index.entries().get(to - 1)))
        {
            // It was made for another file, or the file is not what it was: that is for the blocks to tell.
            index = new FileIndex(List.of(), false);
            next = 0;
        }
    }

    private boolean isPassed(final IndexEntry entry, final RunReader reader)
    {
        final boolean isBefore = entry.firstSequence() <= range.fromSequence();
        final boolean isOutside = range.isTimed() && entry.minNs() <= entry.maxNs() &&
            (entry.maxNs() < range.fromTimeNs() || entry.minNs() > range.toTimeNs());
        return (isBefore || isOutside) && reader.mayJump(entry.offset()) &&
            entry.instruments() == reader.definitions().instrumentCount() &&
            entry.sources() == reader.definitions().sourceCount() &&
            entry.settings() == reader.definitions().settingsCount();
    }

    private void load(final RunReader reader)
    {
        runId = reader.head().run().runId();
        fileNumber = reader.file().number();
        next = 0;
        try
        {
            index = FileIndex.read(runId, reader.file());
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", reader.file().path(), e);
        }
    }
}
