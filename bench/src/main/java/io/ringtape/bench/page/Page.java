package io.ringtape.bench.page;

import io.ringtape.bench.report.Report;
import io.ringtape.bench.rig.Costs;
import io.ringtape.bench.rig.Machine;
import io.ringtape.bench.rig.Plan;
import io.ringtape.bench.rig.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The page of a result: where it was measured, the verdicts, and the charts. One file of HTML that is XML too, with its
 * style sheet and drawings inside; it has no script and refers to nothing.
 * <p>
 * Thread safety: stateless.
 * Allocation: the text.
 */
public final class Page
{
    private static final String STYLE = "page.css";
    private static final DateTimeFormatter DATE =
        DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Page()
    {
    }

    /**
     * Makes the page.
     *
     * @param report of the run.
     * @param curves latencies that the run recorded, if any.
     * @return the whole file.
     */
    public static String of(final Report report, final List<Curve> curves)
    {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n" +
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n" +
            "<title>Ringtape benchmarks, " + DATE.format(report.date()) + "</title>\n" +
            "<style>\n" + style() + "</style>\n</head>\n<body>\n" +
            heading(report) +
            section("Verdicts", "", VerdictTable.of(report.outcomes()), notes(report)) +
            charts(report, curves) +
            "</body>\n</html>\n";
    }

    private static String heading(final Report report)
    {
        final StringBuilder heading = new StringBuilder("<header>\n<h1>Ringtape benchmarks</h1>\n<p class=\"when\">");
        heading.append(DATE.format(report.date())).append("</p>\n");
        if (!report.incomplete().isEmpty())
        {
            heading.append(Elements.element("p", "note", report.incomplete())).append('\n');
        }
        heading.append("<ul class=\"tiles\">\n");
        for (final Verdict verdict : Verdict.values())
        {
            heading.append("<li>").append(Elements.element("strong", "count", Long.toString(report.count(verdict))))
                .append(VerdictTable.badge(verdict)).append("</li>\n");
        }
        heading.append("<li>").append(Elements.element("strong", "count", Integer.toString(report.droppedRounds())))
            .append("<span class=\"badge shown\">rounds dropped</span></li>\n</ul>\n<dl>\n");
        final Machine machine = report.machine();
        final Plan plan = report.plan();
        final Map<String, String> facts = new LinkedHashMap<>();
        facts.put("machine", machine.text());
        facts.put("JDK", machine.jdk());
        facts.put("command", report.command());
        facts.put("plan", "up to " + plan.rounds() + " rounds a row, " + plan.forks() + " JVMs a peer, turns of " +
            plan.turnMs() + " ms");
        facts.forEach((name, value) ->
            heading.append(Elements.element("dt", "fact", name))
                .append(Elements.element("dd", "fact", value)).append('\n'));
        return heading + "</dl>\n<details><summary>JVM flags of every fork</summary>" +
            Elements.element("p", "flags", String.join(" ", machine.flags())) + "</details>\n</header>\n";
    }

    private static String notes(final Report report)
    {
        final StringBuilder notes = new StringBuilder();
        report.reasons().forEach((reason) -> notes.append(Elements.element("p", "note", reason)).append('\n'));
        return notes + """
            <p class="note">A ratio is made of two times of one round and is the median of the rounds kept, with its
            95 % interval. <b>speed</b>: the peer's time / ours, above 1 ours is faster, a goal is the least.
            <b>cost</b>, <b>size</b>: ours / the peer's, below 1 ours is cheaper, a goal is the most. <b>step</b>: what
            a stage takes beyond the one before it, which stands in the column of the peer. A goal is met only
            if the whole interval keeps to it; the drawing shows the interval beside the goal, from a quarter of it to
            four times, good to the right. A round is dropped if the machine was not as usual; with fewer than five
            left, too few processors, or a row that was cut, nothing is said; <b>rounds</b> are kept / dropped. Times
            are of this machine at that moment: only ratios compare.</p>
            """;
    }

    private static String charts(final Report report, final List<Curve> curves)
    {
        final List<Costs> rows = report.costs().stream().filter(Costs::isMeasured).toList();
        final StringBuilder latencies = new StringBuilder();
        for (final String id : curves.stream().map(Curve::row).distinct().toList())
        {
            final List<Curve> ofRow = curves.stream().filter((curve) -> curve.row().equals(id)).toList();
            final String title = title(report.costs(), id);
            latencies.append(figure(title,
                LatencyChart.of(title, ofRow.stream().map((curve) -> name(report.costs(), curve)).toList(), ofRow)));
        }
        final StringBuilder bars = new StringBuilder();
        rows.forEach((row) -> bars.append(figure(row.title(), BarChart.of(row))));
        final StringBuilder growth = new StringBuilder();
        GrowthChart.families(rows).forEach((family, sizes) ->
            growth.append(figure(family, GrowthChart.of(family, sizes))));
        return grid("Latency", latencies) + grid("Throughput and cost", bars) + grid("Cost over size", growth);
    }

    private static String title(final List<Costs> rows, final String id)
    {
        return rows.stream().filter((row) -> row.row().id().equals(id)).findFirst().map(Costs::title).orElse(id);
    }

    private static String name(final List<Costs> rows, final Curve curve)
    {
        return rows.stream()
            .filter((row) -> row.row().id().equals(curve.row()) && curve.peer() < row.row().peers().size()).findFirst()
            .map((row) -> row.peer(curve.peer())).orElse(curve.slug());
    }

    private static String figure(final String title, final String content)
    {
        return "<figure>\n" + Elements.element("figcaption", "title", title) + "\n" + content + "</figure>\n";
    }

    private static String grid(final String title, final CharSequence figures)
    {
        return figures.isEmpty() ? "" : section(title, " class=\"grid\"", figures.toString(), "");
    }

    private static String section(final String title, final String attribute, final String content, final String note)
    {
        return "<section>\n" + Elements.element("h2", "title", title) + "\n<div" + attribute + ">\n" + content + note +
            "</div>\n</section>\n";
    }

    private static String style()
    {
        try (InputStream in = Objects.requireNonNull(Page.class.getResourceAsStream(STYLE), STYLE))
        {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException(e);
        }
    }
}
