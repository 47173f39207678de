package io.ringtape.bench.report;

import io.ringtape.bench.peer.Measure;
import io.ringtape.bench.peer.Row;
import io.ringtape.bench.rig.Costs;
import io.ringtape.bench.rig.Machine;
import io.ringtape.bench.rig.Matrix;
import io.ringtape.bench.rig.Outcome;
import io.ringtape.bench.rig.Plan;
import io.ringtape.bench.rig.Statistics;
import io.ringtape.bench.rig.Verdict;
import io.ringtape.cli.output.Formats;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the rounds print: a table for a person, or one JSON object.
 * <p>
 * Thread safety: immutable.
 * Allocation: not for hot paths.
 *
 * @param plan        of the run.
 * @param machine     that it ran on.
 * @param date        when it began.
 * @param command     that started it.
 * @param measured    in the rows.
 * @param percentiles of the peers that recorded the latencies of single events; empty where no files were asked for.
 */
public record Report(
    Plan plan, Machine machine, Instant date, String command, Matrix.Measured measured, List<Percentiles> percentiles)
{
    private static final List<String> HEADINGS = List.of("row", "ours beside", "ours", "peer", "unit",
        "compared", "ratio", "low", "high", "goal", "verdict", "kept/dropped");
    /** Columns of words; the others hold numbers and stand to the right. */
    private static final List<String> WORDS = List.of("row", "ours beside", "unit", "compared", "verdict");

    /**
     * A report without percentiles.
     *
     * @param plan     of the run.
     * @param machine  that it ran on.
     * @param date     when it began.
     * @param command  that started it.
     * @param measured in the rows.
     */
    public Report(
        final Plan plan, final Machine machine, final Instant date, final String command,
        final Matrix.Measured measured)
    {
        this(plan, machine, date, command, measured, List.of());
    }

    /**
     * This report with percentiles.
     *
     * @param recorded of all its rows.
     * @return a report that is otherwise the same.
     */
    public Report with(final List<Percentiles> recorded)
    {
        return new Report(plan, machine, date, command, measured, List.copyOf(recorded));
    }

    /**
     * Ours beside each peer.
     *
     * @return the outcomes of all rows.
     */
    public List<Outcome> outcomes()
    {
        return measured.outcomes();
    }

    /**
     * What an event cost.
     *
     * @return the costs of all rows.
     */
    public List<Costs> costs()
    {
        return measured.costs();
    }

    /**
     * How much of the run this is where it was stopped, failed or still goes on.
     *
     * @return for example {@code incomplete: 2 of 5 rows and 7 rounds of J1}; empty if all of it.
     */
    public String incomplete()
    {
        return measured.incomplete().isEmpty() ? "" : "incomplete: " + measured.incomplete();
    }

    /**
     * What was measured where, with which flags.
     *
     * @return lines that end with a line feed.
     */
    public String heading()
    {
        return "command   " + command + "\n" +
            "date      " + date + "\n" +
            "machine   " + machine.text() + ", " + machine.jdk() + "\n" +
            "flags     " + String.join(" ", machine.flags()) + "\n" +
            "plan      rounds=" + plan.rounds() + " forks=" + plan.forks() + " turnMs=" + plan.turnMs() +
            " warmUpMs=" + plan.warmUpMs() + " band=" + plan.band() + "\n\n";
    }

    /**
     * The table, one line an outcome, and under a row the percentiles of each of its peers, if there are any.
     *
     * @return lines that end with a line feed.
     */
    public String table()
    {
        final List<List<String>> lines = new ArrayList<>();
        for (final Outcome outcome : outcomes())
        {
            final Statistics.Interval ratio = outcome.ratio();
            final Measure measure = outcome.measure();
            lines.add(List.of(outcome.row().id(), outcome.peer().name(),
                Numbers.amount(outcome.ours()), Numbers.amount(outcome.theirs()), measure.unit(), measure.text(),
                Numbers.ratio(ratio.median()), Numbers.ratio(ratio.low()), Numbers.ratio(ratio.high()),
                Numbers.goal(measure.relation(), outcome.peer().goal()), outcome.verdict().text(),
                outcome.kept() + "/" + outcome.dropped()));
        }
        final List<String> table = TextTable.of(HEADINGS, WORDS, lines).lines().toList();
        final StringBuilder text = new StringBuilder(table.get(0)).append('\n');
        for (int i = 0; i < outcomes().size(); i++)
        {
            final Row row = outcomes().get(i).row();
            text.append(table.get(i + 1)).append('\n');
            if (i + 1 == outcomes().size() || !outcomes().get(i + 1).row().id().equals(row.id()))
            {
                percentiles(row).forEach((of) -> text.append("     ").append(row.peers().get(of.peer()).name())
                    .append(": ").append(of.text()).append('\n'));
            }
        }
        return text +
            reasons().stream().map((reason) -> reason + '\n').collect(Collectors.joining());
    }

    /** Those of the peers of a row, ours first. */
    List<Percentiles> percentiles(final Row row)
    {
        return percentiles.stream()
            .filter((of) -> of.row().equals(row.id()) && of.peer() < row.peers().size()).toList();
    }

    /**
     * What came of a row, for who follows the run.
     *
     * @param outcome of the row beside one peer.
     * @return one line without its end.
     */
    public static String line(final Outcome outcome)
    {
        final Statistics.Interval ratio = outcome.ratio();
        final String goal = Numbers.goal(outcome.measure().relation(), outcome.peer().goal());
        return outcome.row().id() + " beside " + outcome.peer().name() + ": " + outcome.measure().text() + " " +
            Numbers.interval(ratio.median(), ratio.low(), ratio.high()) + ", goal " + goal + ", " +
            outcome.verdict().text();
    }

    /**
     * Why rows were not measurable.
     *
     * @return a line for each of them.
     */
    public List<String> reasons()
    {
        return outcomes().stream()
            .filter((outcome) -> !outcome.reason().isEmpty())
            .map((outcome) -> outcome.row().id() + " is not measurable here: " + outcome.reason())
            .distinct()
            .toList();
    }

    /**
     * Everything as one JSON object on one line.
     *
     * @return the object.
     */
    public String json()
    {
        return ReportJson.of(this);
    }

    /**
     * What came of the run in one line, and in one before it how much of it this is, if not all.
     *
     * @return how many outcomes have which verdict, and how many rounds were dropped; ends with a line feed.
     */
    public String summary()
    {
        final List<String> parts = new ArrayList<>();
        for (final Verdict verdict : Verdict.values())
        {
            parts.add(count(verdict) + " " + verdict.text());
        }
        return (incomplete().isEmpty() ? "" : incomplete() + "\n") + String.join(", ", parts) +
            "; " + Formats.count(droppedRounds(), "round") + " dropped\n";
    }

    /**
     * How many outcomes have a verdict.
     *
     * @param verdict to count.
     * @return 0 or more.
     */
    public long count(final Verdict verdict)
    {
        return outcomes().stream().filter((outcome) -> outcome.verdict() == verdict).count();
    }

    /**
     * Rounds of all rows in which the machine was not as usual.
     *
     * @return 0 or more.
     */
    public int droppedRounds()
    {
        return outcomes().stream()
            .collect(Collectors.toMap((outcome) -> outcome.row().id(), Outcome::dropped, Math::max))
            .values().stream().mapToInt(Integer::intValue).sum();
    }
}
