package io.ringtape.journal;

import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;
import java.util.List;

/**
 * Refuses a range of times that starts in what was taken away in order from the start of a tape. The manifests tell the
 * greatest receive time of it. Where times go back that refuses more than what is gone: a range of sequences does not.
 */
final class RemovedTimes
{
    private RemovedTimes()
    {
    }

    /**
     * Refuses a range that an event may be missing from.
     *
     * @param tape    to read.
     * @param removed what was taken away.
     * @param range   that is wanted.
     * @throws TapeException if it starts at or before the last receive time that was taken away, or that is not known.
     */
    static void requireLeft(final Tape tape, final RemovedPart removed, final TapeRange range)
    {
        // Without a time to start with what is left is the start, and what is left may be asked for by its sequences.
        if (removed.firstSequence() == 0 || range.fromTimeNs() == Long.MIN_VALUE ||
            range.fromSequence() >= removed.firstSequence())
        {
            return;
        }
        try
        {
            final long last = lastTimeNs(tape.runs(), removed);
            if (range.fromTimeNs() <= last)
            {
                throw new TapeException(Kind.OUT_OF_RANGE, removed.text() + " lastTime=" +
                    (last == Long.MAX_VALUE ? "unknown" : TapeSpan.time(last)) + " fromTime=" +
                    TapeSpan.time(range.fromTimeNs()));
            }
        }
        catch (final IOException e)
        {
            throw Tape.failed("cannot read", tape.directory(), e);
        }
    }

    /** {@link Long#MAX_VALUE} if it is not known, {@link DocumentLayout#NO_TIME} if there is none. */
    private static long lastTimeNs(final List<RunDirectory> runs, final RemovedPart removed) throws IOException
    {
        long last = DocumentLayout.NO_TIME;
        for (int i = 0; i <= removed.runs() && i < runs.size(); i++)
        {
            if (i < removed.runs() || removed.files() > 0)
            {
                final Manifest manifest = Manifest.read(runs.get(i));
                final long files = i < removed.runs() ? manifest.ends().size() : removed.files();
                last = Math.max(last, files == 0 ? last : lastTimeNs(manifest, files - 1));
            }
        }
        return last;
    }

    /** The times of a run only grow, so its last removed file has them all. */
    private static long lastTimeNs(final Manifest manifest, final long file)
    {
        final Manifest.Entry removal = manifest.removal(file).orElseThrow();
        // Records that were written before they had a time repeat where the file ended.
        return removal.endOffset() == manifest.ends().get((int)file).endOffset() ? Long.MAX_VALUE :
            removal.endOffset();
    }
}
