package io.ringtape.bench.rig;

import io.ringtape.bench.peer.Host;
import io.ringtape.bench.peer.Row;
import io.ringtape.cli.output.Formats;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Divides the time of a run among its rows, by how many peers they have, and says how much of it is left.
 * <p>
 * Thread safety: none.
 * Allocation: the texts.
 */
final class Schedule
{
    /** In place of a limit: every row gets all rounds of the plan. */
    static final long UNLIMITED = Long.MAX_VALUE;
    /** The usual peers get on with a third of it; it is the rounds of gigabytes that would take all that is left. */
    static final long PEER_LIMIT_NS = TimeUnit.SECONDS.toNanos(75);

    private final List<Row> rows;
    private final long limitNs;
    private final Host host;

    /**
     * A schedule.
     *
     * @param rows    of the run.
     * @param limitNs for all of them, or {@link #UNLIMITED}.
     * @param host    that runs them; a row that needs more than it has takes no time.
     */
    Schedule(final List<Row> rows, final long limitNs, final Host host)
    {
        this.rows = List.copyOf(rows);
        this.limitNs = limitNs;
        this.host = host;
    }

    /** Whether the machine has what a row needs. */
    boolean isRun(final Row row)
    {
        return unfit(row).isEmpty();
    }

    /** Why a row is not run, or empty. */
    Optional<String> unfit(final Row row)
    {
        return row.unfit(host);
    }

    /**
     * The time of a row.
     *
     * @param index     of the row.
     * @param elapsedNs since the first row began.
     * @return its part of what is left, at most {@link #PEER_LIMIT_NS} for each of its peers; 0 if nothing is left.
     */
    long shareNs(final int index, final long elapsedNs)
    {
        if (limitNs == UNLIMITED)
        {
            return UNLIMITED;
        }
        final int peers = rows.get(index).peers().size();
        final double part = (double)peers / peers(index, rows.size());
        return Math.min(peers * PEER_LIMIT_NS, Math.max(0, (long)((limitNs - elapsedNs) * part)));
    }

    /** The line before the first row. */
    String announcement(final Plan plan)
    {
        final String rounds = limitNs == UNLIMITED || plan.rounds() <= Plan.LEAST_ROUNDS ?
            Formats.count(plan.rounds(), "round") : Plan.LEAST_ROUNDS + " to " + Formats.count(plan.rounds(), "round");
        return Formats.count(rows.size(), "row") + ", " + rounds + " of each" +
            (limitNs == UNLIMITED ? "" : ", sized to end within " + Formats.duration(limitNs));
    }

    /**
     * The line before a row.
     *
     * @param index     of the row.
     * @param elapsedNs since the first row began.
     * @return which row of how many, its work, and about how long the run still takes, as soon as that is known.
     */
    String line(final int index, final long elapsedNs)
    {
        final Row row = rows.get(index);
        final String line = "[" + (index + 1) + "/" + rows.size() + "] " + row.id() + " " + row.what();
        final Optional<String> unfit = unfit(row);
        if (unfit.isPresent())
        {
            return line + ": not run, " + unfit.get();
        }
        final int done = peers(0, index);
        if (done == 0)
        {
            return line;
        }
        final long toGoNs = Math.min(
            (long)((double)elapsedNs / done * peers(index, rows.size())), Math.max(0, limitNs - elapsedNs));
        return line + "; about " + Formats.duration(toGoNs) + " to go";
    }

    private int peers(final int from, final int to)
    {
        return rows.subList(from, to).stream().filter(this::isRun).mapToInt((row) -> row.peers().size()).sum();
    }
}
