package io.ringtape.bench.report;

import io.ringtape.bench.peer.Measure;
import io.ringtape.bench.rig.Verdict;
import io.ringtape.cli.output.Formats;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A stored result as tables of a page in Markdown: the rows, the stages of those that have some, and the percentiles of
 * those that time single events.
 * <p>
 * Thread safety: stateless.
 * Allocation: not for hot paths.
 */
public final class Markdown
{
    private static final List<String> PERCENTILES = List.of("p50", "p90", "p99", "p99.9");

    private Markdown()
    {
    }

    /**
     * Prints what {@link Report#json()} wrote.
     *
     * @param file of the object.
     * @return where and how it was measured in a paragraph, and the tables; ends with a line feed.
     * @throws io.ringtape.cli.error.CommandException if the file is not there or holds something else.
     */
    public static String of(final Path file)
    {
        final JsonTree result = JsonTree.read(file);
        final Map<String, List<JsonTree>> rows = result.at("rows").elements().stream()
            .collect(Collectors.groupingBy((row) -> row.at("id").text(), LinkedHashMap::new, Collectors.toList()));
        final Predicate<List<JsonTree>> hasStages = (row) -> row.stream().anyMatch((one) -> isOf(one, Measure.STEP));
        final String table = rows.values().stream().filter(hasStages.negate()).map(Markdown::row)
            .collect(Collectors.joining());
        final String stages = rows.values().stream().filter(hasStages).map(Markdown::stages)
            .collect(Collectors.joining());
        final String percentiles = result.at("costs").elements().stream().map(Markdown::percentiles)
            .collect(Collectors.joining());
        return origin(result, rows.size()) +
            table("| row | ours | beside | ratio (95 %) | goal |\n|---|---|---|---|---|\n", table) + stages +
            table("| row | peer | " + String.join(" | ", PERCENTILES) + " |\n|---|---|---|---|---|---|\n", percentiles);
    }

    private static String origin(final JsonTree result, final int rows)
    {
        return result.at("date").text() + ", " + result.at("jdk").text() + ", " + StoredResult.machine(result).text() +
            ", `" + result.at("command").text() + "`: " + Formats.count(rows, "row") + ", " +
            Formats.count((long)result.at("droppedRounds").number(), "round") + " dropped" +
            result.find("incomplete").map((part) -> ", incomplete: " + part.text()).orElse("") + ".\n";
    }

    private static String table(final String head, final String lines)
    {
        return lines.isEmpty() ? "" : "\n" + head + lines;
    }

    /** A line for each peer; the first of them says what the row is. */
    private static String row(final List<JsonTree> outcomes)
    {
        final JsonTree first = outcomes.get(0);
        final double ours = first.at("ours").number();
        final boolean isAlone = isOf(first, Measure.TIME) || isOf(first, Measure.ALLOCATION);
        final String head = "**" + first.at("id").text() + "** " + first.at("what").text() + "; " +
            first.at("compared").text() + " | " +
            (isAlone || Double.isNaN(ours) ? "" : number(ours) + " " + first.at("unit").text());
        final List<String> peers = outcomes.stream().map((outcome) -> beside(outcome, first)).distinct().toList();
        return line(head, peers.get(0)) +
            peers.stream().skip(1).map((peer) -> line("", "", peer)).collect(Collectors.joining());
    }

    /**
     * Who ours stands beside, the ratio, and the goal, in cells of their own; where something else is compared than in
     * the row, what.
     */
    private static String beside(final JsonTree outcome, final JsonTree first)
    {
        if (Double.isNaN(outcome.at("ratio").number()))
        {
            return String.join(" | ", notMeasured(outcome), "", "");
        }
        final boolean isRatio = isOf(outcome, Measure.SPEED) || isOf(outcome, Measure.COST) ||
            isOf(outcome, Measure.SIZE);
        final String compared = outcome.at("compared").text();
        final String peer = outcome.at("peer").text();
        return String.join(" | ",
            compared.equals(first.at("compared").text()) ? peer : compared + " beside " + peer,
            interval(outcome, isRatio ? "" : " " + outcome.at("unit").text()), goal(outcome));
    }

    private static String goal(final JsonTree outcome)
    {
        final double goal = outcome.at("goal").number();
        final String verdict = outcome.at("verdict").text();
        return Double.isNaN(goal) ? "" : outcome.at("goalRelation").text() + " " + plain(goal) + ", " +
            (verdict.equals(Verdict.MISSED.text()) ? "**" + verdict + "**" : verdict);
    }

    private static String notMeasured(final JsonTree outcome)
    {
        return outcome.at("verdict").text() + outcome.find("reason").map((why) -> ": " + why.text()).orElse("");
    }

    private static String stages(final List<JsonTree> outcomes)
    {
        final JsonTree row = outcomes.get(0);
        return "\n" + row.at("id").text() + ", " + row.at("what").text() +
            ":\n\n| stage | with all before it | adds (95 %) |\n|---|---|---|\n" +
            outcomes.stream().map((stage) -> Double.isNaN(stage.at("ratio").number()) ?
                line(stage.at("peer").text(), "", notMeasured(stage)) :
                line(stage.at("peer").text(), number(stage.at("ours").number()) + " " + stage.at("unit").text(),
                    interval(stage, " " + stage.at("unit").text()))).collect(Collectors.joining());
    }

    private static String percentiles(final JsonTree costs)
    {
        return costs.find("percentilesNs").stream().flatMap((peers) -> peers.names().stream()
            .map((peer) -> line(costs.at("id").text(), peer, PERCENTILES.stream()
                .map((name) -> String.format(Locale.ROOT, "%,.0f ns", peers.at(peer).at(name).number()))
                .collect(Collectors.joining(" | "))))).collect(Collectors.joining());
    }

    private static boolean isOf(final JsonTree outcome, final Measure measure)
    {
        return outcome.at("compared").text().equals(measure.text());
    }

    private static String line(final String... cells)
    {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static String interval(final JsonTree outcome, final String unit)
    {
        return number(outcome.at("ratio").number()) + unit + " (" + number(outcome.at("low").number()) + " to " +
            number(outcome.at("high").number()) + ")";
    }

    /** Three digits where there are as many: a ratio of 0.123 is told from one of 0.1. */
    private static String number(final double value)
    {
        final double size = Math.abs(value);
        final int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 || size == 0 ? 2 : size >= 0.01 ? 3 : 4;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    private static String plain(final double goal)
    {
        return BigDecimal.valueOf(goal).setScale(2, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
    }
}
