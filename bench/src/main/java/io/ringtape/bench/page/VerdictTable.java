package io.ringtape.bench.page;

import io.ringtape.bench.peer.Measure;
import io.ringtape.bench.report.Numbers;
import io.ringtape.bench.rig.Outcome;
import io.ringtape.bench.rig.Statistics.Interval;
import io.ringtape.bench.rig.Verdict;
import java.util.List;

/**
 * The outcomes as a table. A small drawing shows each interval beside its goal: the right side is the good one,
 * whatever is compared.
 */
final class VerdictTable
{
    private static final double WIDTH = 120;
    private static final double HEIGHT = 20;
    private static final double EDGE = 4;
    private static final double MOST_TIMES = 4;

    private VerdictTable()
    {
    }

    static String of(final List<Outcome> outcomes)
    {
        final StringBuilder table = new StringBuilder("""
            <div class="wide"><table>
            <thead><tr><th>row</th><th>ours beside</th><th>verdict</th><th class="number">ratio (95 %)</th>\
            <th>goal</th><th>missed | met</th><th class="number">ours</th><th class="number">peer</th>\
            <th class="number">rounds</th></tr></thead>
            <tbody>
            """);
        for (int i = 0; i < outcomes.size(); i++)
        {
            final Outcome outcome = outcomes.get(i);
            final boolean isFirst = i == 0 || !outcomes.get(i - 1).row().id().equals(outcome.row().id());
            table.append(isFirst ? "<tr class=\"first\">" : "<tr>");
            if (isFirst)
            {
                final long peers = outcomes.stream().filter((other) -> other.row().id().equals(outcome.row().id()))
                    .count();
                table.append("<td class=\"row\" rowspan=\"").append(peers).append("\">")
                    .append(Elements.element("strong", "id", outcome.row().id()))
                    .append(Elements.element("span", "what", outcome.row().what())).append("</td>");
            }
            appendCells(table, outcome);
            table.append("</tr>\n");
        }
        return table + "</tbody></table></div>\n";
    }

    private static void appendCells(final StringBuilder table, final Outcome outcome)
    {
        final Measure measure = outcome.measure();
        final Interval ratio = outcome.ratio();
        table.append(Elements.element("td", "peer", outcome.peer().name()))
            .append("<td>").append(badge(outcome.verdict())).append("</td>")
            .append(Elements.element("td", "number ratio",
                Numbers.interval(ratio.median(), ratio.low(), ratio.high())))
            .append(Elements.element("td", "goal", goal(measure, outcome.peer().goal())))
            .append("<td>").append(beside(outcome)).append("</td>")
            .append(amount(outcome.ours(), measure)).append(amount(outcome.theirs(), measure))
            .append(Elements.element("td", "number rounds", outcome.kept() + " / " + outcome.dropped()));
    }

    private static String amount(final double value, final Measure measure)
    {
        return Elements.element("td", "number", Double.isNaN(value) ? Numbers.NOTHING :
            Numbers.amount(value) + " " + measure.unit());
    }

    private static String goal(final Measure measure, final double goal)
    {
        return Double.isNaN(goal) ? measure.text() : measure.text() + " " +
            Numbers.goal(measure.relation(), goal).replace(">=", "\u2265").replace("<=", "\u2264");
    }

    /** A verdict in colour, with a sign for who sees none, and in words. */
    static String badge(final Verdict verdict)
    {
        return switch (verdict)
        {
            case MET -> Elements.element("span", "badge met", "\u2713 " + verdict.text());
            case MISSED -> Elements.element("span", "badge missed", "\u2717 " + verdict.text());
            case NOT_MEASURABLE -> Elements.element("span", "badge unknown", "? " + verdict.text());
            case SHOWN -> Elements.element("span", "badge shown", "\u00b7 " + verdict.text());
        };
    }

    private static String beside(final Outcome outcome)
    {
        final double goal = outcome.peer().goal();
        if (Double.isNaN(goal) || Double.isNaN(outcome.ratio().median()))
        {
            return "";
        }
        final boolean isMoreBetter = outcome.measure().isMet(goal + 1, goal + 1, goal);
        final Scale x = Scale.log(1 / MOST_TIMES, MOST_TIMES, EDGE, WIDTH - EDGE);
        final double one = at(outcome.ratio().low(), goal, isMoreBetter, x);
        final double other = at(outcome.ratio().high(), goal, isMoreBetter, x);
        final String type = outcome.verdict() == Verdict.MET ? "met" : "missed";
        return new Svg("mini", "interval beside the goal", WIDTH, HEIGHT)
            .line("grid", EDGE, HEIGHT / 2, WIDTH - EDGE, HEIGHT / 2)
            .line("goal", WIDTH / 2, 2, WIDTH / 2, HEIGHT - 2)
            .line("span " + type, Math.min(one, other), HEIGHT / 2, Math.max(one, other), HEIGHT / 2)
            .circle("dot " + type, at(outcome.ratio().median(), goal, isMoreBetter, x), HEIGHT / 2, 3.5,
                "ratio beside the goal, from a quarter of it to four times")
            .end();
    }

    private static double at(final double ratio, final double goal, final boolean isMoreBetter, final Scale x)
    {
        return x.at(isMoreBetter ? ratio / goal : goal / Math.max(ratio, 0));
    }
}
