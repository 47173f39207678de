package io.ringtape.journal;

import io.ringtape.journal.Documents.RunEnd;
import io.ringtape.journal.RunDirectory.RollFile;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells a run that was closed in order by its manifest and its trailer, whatever lies before that. Such a run ends with
 * its trailer also after a new start of the machine: what is missing before it is damage, and not an earlier end.
 */
final class ClosedRun
{
    private ClosedRun()
    {
    }

    /**
     * Where a closed run ends.
     *
     * @param run the run.
     * @return behind its trailer; null if its manifest does not say that it was closed, or the trailer does not stand.
     * @throws IOException if it cannot be read.
     */
    static @Nullable RunEnd end(final RunDirectory run) throws IOException
    {
        final List<RollFile> files = run.files();
        final Manifest.Entry last = closing(run);
        if (last == null || files.isEmpty() || files.get(files.size() - 1).number() != last.fileNumber())
        {
            return null;
        }
        final RollFile file = files.get(files.size() - 1);
        final TailScan.Whole trailer = new TailScan(run.runId()).endingAt(file, last.endOffset(), last.crc());
        return trailer == null || !trailer.isTrailer() || trailer.lastSequence() != last.lastSequence() ? null :
            new RunEnd(run.runId(), last.fileNumber(), last.endOffset(), last.crc(), last.lastSequence());
    }

    /** Whether the manifest of a run says that it was closed. */
    static boolean isClosed(final RunDirectory run) throws IOException
    {
        return closing(run) != null;
    }

    private static Manifest.@Nullable Entry closing(final RunDirectory run) throws IOException
    {
        try
        {
            final Manifest manifest = Manifest.read(run);
            return manifest.isClosed() ? manifest.last().orElse(null) : null;
        }
        catch (final TapeException e)
        {
            // A damaged manifest is for readers to report; it says nothing.
            return null;
        }
    }
}
