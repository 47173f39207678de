package io.ringtape.bench.peer;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One comparison: ours first, then what it is held against. Or stages of a hot path, each with all that the one before
 * it does, and ours, the whole, last: {@link Measure#STEP}.
 * <p>
 * Thread safety: immutable.
 * Allocation: none.
 *
 * @param id         short name, as {@code --rows} takes it.
 * @param what       the work, for the reader of a table.
 * @param measure    what is compared, and whether more or less of it is better.
 * @param processors that the peers need to run undisturbed.
 * @param events     of one run of a peer, a multiple of {@link Work#BLOCK_EVENTS}.
 * @param peers      ours first.
 * @param need       what has to be there beside the processors.
 */
public record Row(
    String id, String what, Measure measure, int processors, int events, List<Entrant> peers, Need need)
{
    /** In place of a goal: the peer is shown, and nothing is promised. */
    public static final double NO_GOAL = Double.NaN;

    /**
     * Checks and copies.
     *
     * @param id         short name.
     * @param what       the work.
     * @param measure    what is compared.
     * @param processors at least 1.
     * @param events     of one run.
     * @param peers      at least ours.
     * @param need       what has to be there beside the processors.
     * @throws IllegalArgumentException if the events are not a multiple of the events of a block, nobody takes part, or
     *                                  ours has a goal of its own where no time is compared.
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
        if (measure == Measure.SIZE && !Double.isNaN(peers.get(0).goal()))
        {
            throw new IllegalArgumentException("ours has no goal of its own in bytes: id=" + id);
        }
        peers = List.copyOf(peers);
    }

    /**
     * A row that needs nothing but processors.
     *
     * @param id         short name.
     * @param what       the work.
     * @param measure    what is compared.
     * @param processors at least 1.
     * @param events     of one run.
     * @param peers      at least ours.
     */
    public Row(
        final String id, final String what, final Measure measure, final int processors, final int events,
        final List<Entrant> peers)
    {
        this(id, what, measure, processors, events, peers, Need.NOTHING);
    }

    /**
     * This row with something that has to be there beside the processors.
     *
     * @param needed by its peers.
     * @return a row that is otherwise the same.
     */
    public Row needing(final Need needed)
    {
        return new Row(id, what, measure, processors, events, peers, needed);
    }

    /**
     * Why the row cannot be run.
     *
     * @param host that would run it.
     * @return a line, or empty if it can.
     */
    public Optional<String> unfit(final Host host)
    {
        return host.processors() < processors ?
            Optional.of("too few processors: processors=" + host.processors() + " needed=" + processors) :
            need.missing(host);
    }

    /**
     * What one of the row is held to: what is compared, or, of ours and where nothing is compared, the value itself.
     *
     * @param peer index of the peer.
     * @return the measure of its goal.
     */
    public Measure measureOf(final int peer)
    {
        return peer == 0 ? measure.alone() : measure;
    }

    /**
     * Whether something is said of one of the row: of each peer, and of the first where it has a goal of its own, where
     * nothing is compared, or where it is a stage.
     *
     * @param peer index of the peer.
     * @return true if it is.
     */
    public boolean isJudged(final int peer)
    {
        return peer > 0 || measure.isAlone() || measure == Measure.STEP || !Double.isNaN(peers.get(peer).goal());
    }

    /**
     * How many events one run of a peer carries.
     *
     * @param peer index of the peer.
     * @return a multiple of {@link Work#BLOCK_EVENTS}.
     */
    public int eventsOf(final int peer)
    {
        return Math.multiplyExact(events, peers.get(peer).times());
    }

    /**
     * This row with its first peers only.
     *
     * @param most how many stay at most, ours among them.
     * @return a row whose peers are those of this one.
     */
    public Row firstPeers(final int most)
    {
        return new Row(id, what, measure, processors, events, peers.subList(0, Math.min(most, peers.size())),
            need);
    }

    /**
     * One who takes part.
     *
     * @param name    for the reader of a table.
     * @param goal    limit that ours must keep to beside this peer, see {@link Measure}, or {@link #NO_GOAL}; of ours,
     *                the most that it may take by itself.
     * @param times   how many times the events of the row a run has, at least 1.
     * @param factory makes the peer anew for each turn.
     */
    public record Entrant(String name, double goal, int times, Factory factory)
    {
        /**
         * One who carries the events of the row.
         *
         * @param name    for the reader of a table.
         * @param goal    limit or {@link #NO_GOAL}.
         * @param factory makes the peer anew for each turn.
         */
        public Entrant(final String name, final double goal, final Factory factory)
        {
            this(name, goal, 1, factory);
        }
    }

    /** What a row needs beside processors. */
    @FunctionalInterface
    public interface Need
    {
        /** There is always all of it. */
        Need NOTHING = (host) -> Optional.empty();

        /**
         * Looks whether it is there.
         *
         * @param host that would run the row.
         * @return what is missing, as a line, or empty if all is there.
         */
        Optional<String> missing(Host host);
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
