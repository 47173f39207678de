package io.ringtape.journal;

import io.ringtape.journal.TapeException.Kind;

/**
 * A place on tape, for the messages that name it.
 *
 * @param runId    the run.
 * @param file     the file.
 * @param block    the block that should stand here.
 * @param offset   of the document's header in the file.
 * @param sequence of the first event that is not readable.
 */
record Found(long runId, String file, long block, long offset, long sequence)
{
    /**
     * Bytes are not what they were.
     *
     * @param wrong what was met.
     * @param more  what else is known, or empty.
     * @return to be thrown.
     */
    TapeException damaged(final String wrong, final String more)
    {
        return new TapeException(Kind.DAMAGED, "tape is damaged: run=" + runId + " file=" + file + " block=" + block +
            " offset=" + offset + " sequence=" + sequence + ": " + wrong + more);
    }

    /**
     * Bytes are not what they were, and later sequences are known to be behind them.
     *
     * @param wrong        what was met.
     * @param lastSequence of those that were recorded.
     * @return to be thrown.
     */
    TapeException damagedUpTo(final String wrong, final long lastSequence)
    {
        return damaged(wrong, sequence > lastSequence ? "" :
            "; sequences " + sequence + ".." + lastSequence + " are not readable");
    }

    /**
     * A file is missing.
     *
     * @param lastSequence of those that are missing.
     * @param where        they should be.
     * @return to be thrown.
     */
    TapeException gap(final long lastSequence, final String where)
    {
        return new TapeException(Kind.GAP,
            "sequences are missing: run=" + runId + " " + where + " sequences=" + sequence + ".." + lastSequence);
    }
}
