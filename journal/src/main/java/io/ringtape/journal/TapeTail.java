package io.ringtape.journal;

/**
 * How the part of a run that was read ends.
 *
 * @param kind   how.
 * @param file   in which it ends.
 * @param offset of its end in the file.
 * @param detail what was found there, empty unless torn.
 */
record TapeTail(Kind kind, String file, long offset, String detail)
{
    /** Names the place, for a message. */
    String where(final long run, final long lastSequence)
    {
        return "run=" + run + " file=" + file + " offset=" + offset + " lastSequence=" + lastSequence;
    }

    /** The ways in which a run can end without damage. */
    enum Kind
    {
        /** With a trailer. */
        CLOSED,
        /** Where the next run says so; the process was killed. */
        FENCED,
        /** Clean, without a trailer; the process was killed. */
        OPEN,
        /** A writer goes on with it. */
        LIVE,
        /** With bytes behind the last whole document that are none. */
        TORN
    }
}
