package io.ringtape.journal;

import io.ringtape.journal.Documents.RunEnd;
import io.ringtape.journal.RunDirectory.RollFile;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells the end of a run from damage, where nothing sensible stands any more. In this order: the next run says where
 * this one ends; the manifest says what was finished; a whole document further on says that something was here. Only
 * when none of them objects it is an end, clean or torn.
 */
final class RunEnding
{
    private RunEnding()
    {
    }

    /**
     * Decides.
     *
     * @param found     where nothing sensible stands.
     * @param wrong     what stands there, or null if nothing does.
     * @param directory of the run.
     * @param fileIndex of the file that was being read.
     * @param fence     where the next run says that this one ends, or null.
     * @param marks     of the tape.
     * @return the end.
     * @throws TapeException if it is none.
     */
    static TapeTail decide(
        final Found found,
        final @Nullable String wrong,
        final RunDirectory directory,
        final int fileIndex,
        final @Nullable RunEnd fence,
        final TapeMarks marks)
    {
        try
        {
            if (fence != null)
            {
                throw missing(found, wrong, directory, fence.fileNumber(), fence.lastSequence());
            }
            final long fileNumber = directory.files().get(fileIndex).number();
            final Mark kept = marks.kept();
            if (kept != null && kept.isBeyond(found.runId(), fileNumber, found.offset(), found.sequence()))
            {
                throw missing(found, wrong, directory, kept.fileNumber(), kept.lastSequence());
            }
            if (marks.isOfAnotherBoot() && ClosedRun.end(directory) == null)
            {
                return lostWithTheMachine(found, fileNumber, wrong, marks);
            }
            final Manifest.Entry last = Manifest.read(directory).last().orElse(null);
            if (last != null && (last.lastSequence() >= found.sequence() || last.fileNumber() > fileNumber ||
                (last.fileNumber() == fileNumber && last.endOffset() > found.offset())))
            {
                throw missing(found, wrong, directory, last.fileNumber(), last.lastSequence());
            }
            return scan(found, wrong, directory, fileIndex);
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", directory.path(), e);
        }
    }

    /** What was not forced before the machine stopped is gone in any part: nothing behind the point means anything. */
    private static TapeTail lostWithTheMachine(
        final Found found, final long fileNumber, final @Nullable String wrong, final TapeMarks marks)
    {
        final Mark journaled = marks.journaled();
        if (journaled == null ||
            !journaled.isBeyond(found.runId(), fileNumber, found.offset(), found.sequence()))
        {
            return wrong == null ? new TapeTail(TapeTail.Kind.OPEN, found.file(), found.offset(), "") :
                new TapeTail(TapeTail.Kind.TORN, found.file(), found.offset(), wrong);
        }
        return new TapeTail(TapeTail.Kind.TORN, found.file(), found.offset(),
            found.sequence() > journaled.lastSequence() ? "lost with the machine: no event" :
            "lost with the machine: sequences " + found.sequence() + ".." + journaled.lastSequence());
    }

    private static TapeTail scan(
        final Found found, final @Nullable String wrong, final RunDirectory directory, final int fileIndex)
        throws IOException
    {
        final List<RollFile> files = directory.files();
        final TailScan scan = new TailScan(found.runId());
        final TailScan.Whole whole = scan.first(files.subList(fileIndex, files.size()), found.offset());
        if (whole != null)
        {
            throw found.damaged(wrong == null ? "nothing is written here" : wrong, "; whole again at file=" +
                whole.file().name() + " offset=" + whole.position() + " sequence=" + whole.sequence());
        }
        if (wrong == null && !scan.isDirty())
        {
            return new TapeTail(TapeTail.Kind.OPEN, found.file(), found.offset(), "");
        }
        return new TapeTail(TapeTail.Kind.TORN, found.file(), found.offset(),
            wrong == null ? "bytes behind the last document" : wrong);
    }

    /** A file that is gone is a gap; anything else that is known to be missing is damage. */
    private static TapeException missing(
        final Found found,
        final @Nullable String wrong,
        final RunDirectory directory,
        final long fileNumber,
        final long lastSequence)
    {
        final List<RollFile> files = directory.files();
        final long highest = files.get(files.size() - 1).number();
        if (wrong == null && highest < fileNumber && found.sequence() <= lastSequence)
        {
            return found.gap(lastSequence, "file=" + RollFiles.name(highest + 1));
        }
        return found.damagedUpTo(wrong == null ? "run ends early" : wrong, lastSequence);
    }
}
