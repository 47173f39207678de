package io.ringtape.journal;

/**
 * How far a tape was at some moment: where its last document ends.
 *
 * @param runId        of the run.
 * @param fileNumber   of the file in the run.
 * @param endOffset    of the document in the file.
 * @param lastSequence of the tape.
 * @param crc          of the document.
 * @param bootId       of the machine when the mark was set.
 */
record Mark(long runId, long fileNumber, long endOffset, long lastSequence, int crc, BootId bootId)
{
    /**
     * Whether a run that stops at a point lacks something that the mark vouches for.
     *
     * @param run      of the point.
     * @param file     number of the file.
     * @param offset   in the file.
     * @param sequence of the next event.
     * @return true if something is missing.
     */
    boolean isBeyond(final long run, final long file, final long offset, final long sequence)
    {
        return runId == run && (lastSequence >= sequence || fileNumber > file ||
            (fileNumber == file && endOffset > offset));
    }

    /** Whether its document ends at a place. */
    boolean isAt(final long run, final long file, final long offset)
    {
        return runId == run && fileNumber == file && endOffset == offset;
    }

    /** Whether the mark vouches for more than an end that was found, be it only a definition or a trailer. */
    boolean isBeyond(final Documents.RunEnd end)
    {
        return runId > end.runId() ||
            isBeyond(end.runId(), end.fileNumber(), end.endOffset(), end.lastSequence() + 1);
    }

    Documents.RunEnd runEnd()
    {
        return new Documents.RunEnd(runId, fileNumber, endOffset, crc, lastSequence);
    }
}
