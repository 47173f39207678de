package io.ringtape.journal;

import io.ringtape.journal.Documents.RunEnd;
import io.ringtape.journal.RunDirectory.RollFile;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Which file of a run is read, and which comes next.
 */
final class RunCursor
{
    private final @Nullable RunEnd fence;
    private RunDirectory directory;
    private int index;

    /**
     * A cursor on a file.
     *
     * @param directory of the run.
     * @param index     of the file.
     * @param fence     where the next run says that this one ends, or null if there is no next run.
     */
    RunCursor(final RunDirectory directory, final int index, final @Nullable RunEnd fence)
    {
        this.directory = directory;
        this.index = index;
        this.fence = fence;
    }

    RunDirectory directory()
    {
        return directory;
    }

    /** Index of the file in the directory. */
    int index()
    {
        return index;
    }

    RollFile file()
    {
        return directory.files().get(index);
    }

    /** Where the next run says that the run ends in this file; {@link Long#MAX_VALUE} if it does not. */
    long fenceOffset()
    {
        return fence != null && fence.fileNumber() == file().number() ? fence.endOffset() : Long.MAX_VALUE;
    }

    /**
     * Moves to the next file.
     *
     * @param marked whether this one says that another follows, so that it may have been added since.
     * @return false if there is none.
     * @throws IOException if the directory cannot be read.
     */
    boolean next(final boolean marked) throws IOException
    {
        if (marked && index + 1 == directory.files().size())
        {
            directory = directory.refresh();
        }
        final int next = index + 1;
        if (next >= directory.files().size() ||
            (fence != null && directory.files().get(next).number() > fence.fileNumber()))
        {
            return false;
        }
        index = next;
        return true;
    }
}
