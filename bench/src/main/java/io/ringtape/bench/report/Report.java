package io.ringtape.bench.report;

import io.ringtape.bench.peer.Measure;
import io.ringtape.bench.rig.Costs;
import io.ringtape.bench.rig.Machine;
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
 * @param plan     of the run.
 * @param machine  that it ran on.
 * @param date     when it began.
 * @param command  that started it.
 * @param outcomes of all rows.
 * @param costs    of all rows.
 */
public record Report(
    Plan plan, Machine machine, Instant date, String command, List<Outcome> outcomes, List<Costs> costs)
{
    private static final List<String> HEADINGS = List.of("row", "ours beside", "ours", "peer", "unit",
        "compared", "ratio", "low", "high", "goal", "verdict", "kept/dropped");
    /** Columns of words; the others hold numbers and stand to the right. */
    private static final List<String> WORDS = List.of("row", "ours beside", "unit", "compared", "verdict");

    /**
     * What was measured where, with which flags.
     *
     * @return lines that end with a line feed.
     */
    public String heading()
    {
        return "command   " + command + "\n" +
            "date      " + date + "\n" +
            "machine   " + machine.processor() + ", " + machine.processors() + " processors, " +
            machine.system() + ", " + machine.jdk() + "\n" +
            "flags     " + String.join(" ", machine.flags()) + "\n" +
            "plan      rounds=" + plan.rounds() + " forks=" + plan.forks() + " turnMs=" + plan.turnMs() +
            " warmUpMs=" + plan.warmUpMs() + " band=" + plan.band() + "\n\n";
    }

    /**
     * The table, one line an outcome.
     *
     * @return lines that end with a line feed.
     */
    public String table()
    {
        final List<List<String>> lines = new ArrayList<>();
        for (final Outcome outcome : outcomes)
        {
            final Statistics.Interval ratio = outcome.ratio();
            final Measure measure = outcome.measure();
            lines.add(List.of(outcome.row().id(), outcome.peer().name(),
                Numbers.amount(outcome.ours()), Numbers.amount(outcome.theirs()), measure.unit(), measure.text(),
                Numbers.ratio(ratio.median()), Numbers.ratio(ratio.low()), Numbers.ratio(ratio.high()),
                Numbers.goal(measure.relation(), outcome.peer().goal()), outcome.verdict().text(),
                outcome.kept() + "/" + outcome.dropped()));
        }
        return TextTable.of(HEADINGS, WORDS, lines) +
            reasons().stream().map((reason) -> reason + '\n').collect(Collectors.joining());
    }

    /**
     * Why rows were not measurable.
     *
     * @return a line for each of them.
     */
    public List<String> reasons()
    {
        return outcomes.stream()
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
     * What came of the run in one line.
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
        return String.join(", ", parts) + "; " + Formats.count(droppedRounds(), "round") + " dropped\n";
    }

    /**
     * How many outcomes have a verdict.
     *
     * @param verdict to count.
     * @return 0 or more.
     */
    public long count(final Verdict verdict)
    {
        return outcomes.stream().filter((outcome) -> outcome.verdict() == verdict).count();
    }

    /**
     * Rounds of all rows in which the machine was not as usual.
     *
     * @return 0 or more.
     */
    public int droppedRounds()
    {
        return outcomes.stream()
            .collect(Collectors.toMap((outcome) -> outcome.row().id(), Outcome::dropped, Math::max))
            .values().stream().mapToInt(Integer::intValue).sum();
    }
}
