package io.ringtape.journal;

import io.ringtape.journal.Documents.RunEnd;
import io.ringtape.journal.RunDirectory.RollFile;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which file of a run is read, and which comes next.
 */
final class RunCursor
{
    private final @Nullable RunEnd fence;
    private final TapeMarks marks;
    private @Nullable List<Manifest.Entry> finished;
    private RunDirectory directory;
    private int index;

    /**
     * A cursor on a file.
     *
     * @param directory of the run.
     * @param index     of the file.
     * @param fence     where the next run says that this one ends, or null if there is no next run.
     * @param marks     of the tape.
     */
    RunCursor(final RunDirectory directory, final int index, final @Nullable RunEnd fence, final TapeMarks marks)
    {
        this.directory = directory;
        this.index = index;
        this.fence = fence;
        this.marks = marks;
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
     * Whether a place in the file belongs to the run whatever stands before it. Only where the newest run ends is in
     * doubt after a new start of the machine: any page that was not forced may be gone, the run then ends there, and
     * the next one gives the sequences behind it again. So a jump could show events that will not count.
     * <p>
     * It cannot below the durable mark: all of that was forced. A file that is finished, and so each of a closed run,
     * is one that a reader starts with unread too, by its header; whoever asked for what is in it gets it, each block
     * held against its CRC. In the file that was being written when the machine stopped the pages most likely to be
     * gone are those just before the last ones, so there a reader goes on block by block.
     *
     * @param offset in the file.
     * @return false if the end of the run may lie before it.
     */
    boolean mayJump(final long offset)
    {
        if (fence != null || !marks.isOfAnotherBoot())
        {
            return true;
        }
        final Mark durable = marks.durable();
        return (durable != null && durable.isBeyond(directory.runId(), file().number(), offset, Long.MAX_VALUE)) ||
            isFinished(file().number(), offset);
    }

    private boolean isFinished(final long fileNumber, final long offset)
    {
        List<Manifest.Entry> ends = finished;
        if (ends == null)
        {
            ends = readFinished();
            finished = ends;
        }
        return fileNumber < ends.size() && offset < ends.get((int)fileNumber).endOffset();
    }

    private List<Manifest.Entry> readFinished()
    {
        try
        {
            return Manifest.read(directory).ends();
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", directory.path(), e);
        }
        catch (final TapeException e)
        {
            // A damaged manifest is named at the end of the reading, and finishes nothing.
            return List.of();
        }
    }

    /**
     * Refuses an end with another document than the one that the next run, or the mark that binds, names there.
     *
     * @param end of what was read.
     * @param crc of the last document.
     * @throws TapeException if it is another one.
     */
    void requireLink(final Found end, final int crc)
    {
        final Mark kept = marks.kept();
        if (fence != null && end.offset() == fenceOffset() && fence.crc() != crc)
        {
            throw end.damaged("the next run follows another document", "");
        }
        if (kept != null && kept.isAt(directory.runId(), file().number(), end.offset()) && kept.crc() != crc)
        {
            throw end.damaged("a mark names another document", "");
        }
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
            (fence != null && fence.isBefore(directory.files().get(next).number())))
        {
            return false;
        }
        index = next;
        return true;
    }
}
