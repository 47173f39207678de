package io.ringtape.cli.tape;

import io.ringtape.journal.TapeEnd;

/**
 * Says how a tape ends where a user should know.
 * <p>
 * Thread safety: stateless.
 * Allocation: none.
 */
public final class TapeEnds
{
    private TapeEnds()
    {
    }

    /**
     * One line about the end of a tape.
     *
     * @param end of the tape.
     * @return empty if the last run was closed.
     */
    public static String notice(final TapeEnd end)
    {
        return end.kind() == TapeEnd.Kind.CLOSED ? "" : end.detail();
    }
}
