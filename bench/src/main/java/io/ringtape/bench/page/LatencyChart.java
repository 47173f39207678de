package io.ringtape.bench.page;

import io.ringtape.cli.output.Formats;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.AbstractHistogram;

/**
 * The latencies of all peers of a row over the percentile. The axis of percentiles is that of 1 / (1 - p), so that each
 * nine more takes the same space; that of latencies is a log axis too.
 */
final class LatencyChart
{
    private static final double WIDTH = 640;
    private static final double HEIGHT = 420;
    private static final double LEFT = 80;
    private static final double RIGHT = 594;
    private static final double TOP = 14;
    private static final double BOTTOM = 366;
    private static final double MOST_NINES = 1e6;
    private static final int POINTS_A_DECADE = 24;
    /** What the table gives, as one in so many. */
    private static final double[] SHOWN = {2, 10, 100, 1_000};

    private LatencyChart()
    {
    }

    /**
     * Draws.
     *
     * @param title  of the row.
     * @param names  of the curves.
     * @param curves with at least one value each.
     * @return the drawing, and its legend with some percentiles of each.
     */
    static String of(final String title, final List<String> names, final List<Curve> curves)
    {
        double least = Double.MAX_VALUE;
        double most = 1;
        double count = 10;
        for (final Curve curve : curves)
        {
            least = Math.min(least, (double)Math.max(1, curve.latencies().getMinNonZeroValue()));
            most = Math.max(most, valueAt(curve.latencies(), reach(curve)));
            count = Math.max(count, reach(curve));
        }
        final Scale x = Scale.log(1, count, LEFT, RIGHT);
        final Scale y = Scale.log(Math.pow(10, Math.floor(Math.log10(least))),
            Math.pow(10, Math.ceil(Math.log10(most))), BOTTOM, TOP);
        final Svg svg = new Svg("chart", "latency over percentile: " + title, WIDTH, HEIGHT);
        drawAxes(svg, x, y, count);
        // Ours is the last, and so on top.
        for (int i = curves.size() - 1; i >= 0; i--)
        {
            final AbstractHistogram latencies = curves.get(i).latencies();
            svg.polyline(Series.line(i), points(latencies, reach(curves.get(i)), x, y), names.get(i) + ": p50 " +
                ns(latencies, 2) + ", p99 " + ns(latencies, 100) + ", p99.9 " + ns(latencies, 1_000));
        }
        return svg.end() + table(names, curves);
    }

    private static String table(final List<String> names, final List<Curve> curves)
    {
        final StringBuilder table = new StringBuilder("<table class=\"percentiles\">\n<thead><tr><th></th>");
        for (final double at : SHOWN)
        {
            table.append(Elements.element("th", "number", percent(at)));
        }
        table.append("</tr></thead>\n<tbody>\n");
        for (int i = 0; i < curves.size(); i++)
        {
            table.append("<tr><td class=\"peer\">").append(Elements.named(i, names.get(i))).append("</td>");
            for (final double at : SHOWN)
            {
                table.append(Elements.element("td", "number", ns(curves.get(i).latencies(), at)));
            }
            table.append("</tr>\n");
        }
        return table + "</tbody></table>\n";
    }

    private static void drawAxes(final Svg svg, final Scale x, final Scale y, final double count)
    {
        for (final double decade : y.decades())
        {
            svg.line("grid", LEFT, y.at(decade), RIGHT, y.at(decade));
            svg.text("tick end", LEFT - 8, y.at(decade) + 4, tick(decade));
            for (int i = 2; i < 10; i++)
            {
                if (y.at(decade * i) > TOP)
                {
                    svg.line("fine", LEFT, y.at(decade * i), RIGHT, y.at(decade * i));
                }
            }
        }
        final List<Double> nines = new ArrayList<>(x.decades());
        nines.set(0, 2.0);
        for (final double at : nines)
        {
            if (at <= count)
            {
                svg.line("grid", x.at(at), TOP, x.at(at), BOTTOM);
                svg.text("tick middle", x.at(at), BOTTOM + 18, percent(at));
            }
        }
        svg.line("axis", LEFT, BOTTOM, RIGHT, BOTTOM).line("axis", LEFT, TOP, LEFT, BOTTOM);
        svg.text("name middle", (LEFT + RIGHT) / 2, BOTTOM + 42, "percentile, on a log scale of 1 / (1 - p)");
        svg.upwards("name middle", 14, (TOP + BOTTOM) / 2, "latency, on a log scale");
    }

    /** How far a histogram reaches: it says nothing of one event in more than it has. */
    private static double reach(final Curve curve)
    {
        return Math.max(2, Math.min(MOST_NINES, (double)curve.latencies().getTotalCount()));
    }

    private static double[] points(
        final AbstractHistogram latencies, final double reach, final Scale x, final Scale y)
    {
        final int steps = (int)Math.ceil(Math.log10(reach) * POINTS_A_DECADE);
        final double[] points = new double[2 * (steps + 1)];
        for (int i = 0; i <= steps; i++)
        {
            final double at = Math.min(reach, Math.pow(10, (double)i / POINTS_A_DECADE));
            points[2 * i] = x.at(at);
            points[2 * i + 1] = y.at(Math.max(1, valueAt(latencies, at)));
        }
        return points;
    }

    private static String ns(final AbstractHistogram latencies, final double at)
    {
        return Formats.duration((long)valueAt(latencies, at));
    }

    /** Decades are whole in their units. */
    private static String tick(final double ns)
    {
        return Formats.duration((long)ns).replace(".0 ", " ");
    }

    private static double valueAt(final AbstractHistogram latencies, final double at)
    {
        return latencies.getValueAtPercentile(100 * (1 - 1 / at));
    }

    private static String percent(final double at)
    {
        final int decimals = Math.max(0, (int)Math.round(Math.log10(at)) - 2);
        return Formats.decimal(100 * (1 - 1 / at), at == 2 ? 0 : decimals) + " %";
    }
}
