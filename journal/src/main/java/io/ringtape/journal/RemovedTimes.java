package io.ringtape.journal;

import io.ringtape.journal.TapeException.Kind;
import java.io.IOException;

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
     * @param tape    that is read.
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
            final long last = lastTimeNs(removed);
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
    private static long lastTimeNs(final RemovedPart removed) throws IOException
    {
        long last = DocumentLayout.NO_TIME;
        for (final RunDirectory run : removed.runs())
        {
            final Manifest manifest = Manifest.read(run);
            last = Math.max(last, lastTimeNs(manifest, manifest.ends().size() - 1));
        }
        return removed.part() == null ? last :
            Math.max(last, lastTimeNs(Manifest.read(removed.part()), removed.files() - 1));
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
