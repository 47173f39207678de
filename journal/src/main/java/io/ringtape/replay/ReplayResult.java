package io.ringtape.replay;

import io.ringtape.event.Definitions;
import io.ringtape.journal.TapeEnd;
import java.util.List;
import java.util.Optional;

/**
 * What came of a replay.
 * <p>
 * Thread safety: immutable, but for the handlers and definitions of the last run.
 * Allocation: on construction only.
 *
 * @param eventHash       over the input events of the range, see {@link RunHashes}.
 * @param outputHash      over the outputs that the handlers made in the range.
 * @param trailer         whether every run was replayed whole and has a trailer, whose hashes were compared too.
 * @param whole           whether every run was replayed from its first event to its last on tape; else the range cut
 *                        one, and there is no hash to compare with.
 * @param withoutTrailer  ids of the runs that have no trailer, in order: they were not closed.
 * @param firstDifference empty if every output, and every hash of a trailer, is the recorded one.
 * @param definitions     of the last run with an event in the range.
 * @param handlers        of the last run with an event in the range; empty if there is none.
 * @param end             how the tape ends.
 */
public record ReplayResult(
    long eventHash,
    long outputHash,
    boolean trailer,
    boolean whole,
    List<Long> withoutTrailer,
    Optional<Difference> firstDifference,
    Definitions definitions,
    Optional<ReplayHandlers> handlers,
    TapeEnd end)
{
    /**
     * Makes the list its own.
     */
    public ReplayResult
    {
        withoutTrailer = List.copyOf(withoutTrailer);
    }

    /**
     * Whether the replay made what is on tape.
     *
     * @return true if there is no difference.
     */
    public boolean matches()
    {
        return firstDifference.isEmpty();
    }
}
