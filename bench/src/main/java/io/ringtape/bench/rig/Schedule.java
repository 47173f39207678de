package io.ringtape.bench.rig;

import io.ringtape.bench.peer.Row;
import io.ringtape.cli.output.Formats;
import java.util.List;
import java.util.Optional;

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

    private final List<Row> rows;
    private final long limitNs;
    private final int processors;

    /**
     * A schedule.
     *
     * @param rows       of the run.
     * @param limitNs    for all of them, or {@link #UNLIMITED}.
     * @param processors of the machine; a row that needs more, or has something else missing, takes no time.
     */
    Schedule(final List<Row> rows, final long limitNs, final int processors)
    {
        this.rows = List.copyOf(rows);
        this.limitNs = limitNs;
        this.processors = processors;
    }

    /** Whether the machine has what a row needs. */
    boolean isRun(final Row row)
    {
        return unfit(row).isEmpty();
    }

    /** Why a row is not run, or empty. */
    Optional<String> unfit(final Row row)
    {
        return row.unfit(processors);
    }

    /**
     * The time of a row.
     *
     * @param index     of the row.
     * @param elapsedNs since the first row began.
     * @return its part of what is left; 0 if nothing is.
     */
    long shareNs(final int index, final long elapsedNs)
    {
        if (limitNs == UNLIMITED)
        {
            return UNLIMITED;
        }
        final double part = (double)rows.get(index).peers().size() / peers(index, rows.size());
        return Math.max(0, (long)((limitNs - elapsedNs) * part));
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
