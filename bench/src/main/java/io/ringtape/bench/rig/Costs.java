package io.ringtape.bench.rig;

import io.ringtape.bench.peer.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What an event cost each peer of a row in the rounds that were kept: for a drawing, and never to be compared with
 * those of another run.
 * <p>
 * Thread safety: immutable.
 * Allocation: none.
 *
 * @param row      that was run.
 * @param perEvent of each peer in the order of the row, in the unit of its measure, with its 95 % interval; empty if
 *                 nothing could be measured.
 */
public record Costs(Row row, List<Statistics.Interval> perEvent)
{
    /**
     * Gathers.
     *
     * @param row    that was run.
     * @param rounds all of them, empty if the row was not run.
     * @param band   see {@link Plan#band()}.
     * @return an interval for each peer, ours too.
     */
    static Costs of(final Row row, final List<Round> rounds, final double band)
    {
        final List<Round> kept = row.measure().isTimed() ? Round.keep(rounds, band, row.processors() > 1) : rounds;
        final List<Statistics.Interval> costs = new ArrayList<>();
        final boolean isMeasured = kept.size() >= Outcome.MINIMUM_ROUNDS && IntStream.range(0, row.peers().size())
            .allMatch((peer) -> Round.unmeasured(kept, row.measure(), peer) < 0);
        for (int i = 0; i < row.peers().size() && isMeasured; i++)
        {
            final int peer = i;
            costs.add(Statistics.bootstrap(
                kept.stream().mapToDouble((round) -> round.perEvent()[peer]).toArray()));
        }
        return new Costs(row, List.copyOf(costs));
    }

    /**
     * Whether anything could be measured.
     *
     * @return false if it could not.
     */
    public boolean isMeasured()
    {
        return !perEvent.isEmpty();
    }

    /**
     * The row for the heading of a drawing.
     *
     * @return its id and its work.
     */
    public String title()
    {
        return row.id() + " " + row.what();
    }

    /**
     * The name of a peer.
     *
     * @param peer index in the row.
     * @return as tables have it.
     */
    public String peer(final int peer)
    {
        return row.peers().get(peer).name();
    }
}
