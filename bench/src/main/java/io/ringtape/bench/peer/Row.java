package io.ringtape.bench.peer;

import java.nio.file.Path;
import java.util.List;

/**
 * One comparison: ours first, then what it is held against.
 * <p>
 * Thread safety: immutable.
 * Allocation: none.
 *
 * @param id         short name, as {@code --rows} takes it.
 * @param what       the work, for the reader of a table.
 * @param processors that the peers need to run undisturbed.
 * @param events     of one run of a peer, a multiple of {@link Work#BLOCK_EVENTS}.
 * @param peers      ours first.
 */
public record Row(String id, String what, int processors, int events, List<Entrant> peers)
{
    /** In place of a goal: the peer is shown, and nothing is promised. */
    public static final double NO_GOAL = Double.NaN;

    /**
     * Checks and copies.
     *
     * @param id         short name.
     * @param what       the work.
     * @param processors at least 1.
     * @param events     of one run.
     * @param peers      at least ours.
     * @throws IllegalArgumentException if the events are not a multiple of the events of a block, or nobody takes part.
     */
    public Row
    {
        if (events <= 0 || events % Work.BLOCK_EVENTS != 0)
        {
            throw new IllegalArgumentException(
                "events must be a multiple of the events of a block: events=" + events);
        }
        if (peers.isEmpty())
        {
            throw new IllegalArgumentException("nobody takes part: id=" + id);
        }
        peers = List.copyOf(peers);
    }

    /**
     * One who takes part.
     *
     * @param name    for the reader of a table.
     * @param goal    at least this many times as fast must ours be, or {@link #NO_GOAL}.
     * @param factory makes the peer anew for each turn.
     */
    public record Entrant(String name, double goal, Factory factory)
    {
    }

    /** Makes peers. */
    @FunctionalInterface
    public interface Factory
    {
        /**
         * Makes a peer, with its threads started.
         *
         * @param directory that the peer may write to; it stays between the turns of a fork and is removed after it.
         * @return the peer.
         */
        Peer open(Path directory);
    }
}
