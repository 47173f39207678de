package io.ringtape.bench.page;

import io.ringtape.bench.peer.Growth;
import io.ringtape.bench.rig.Costs;
import io.ringtape.bench.rig.Statistics.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an event costs over the size of what the work is done on, for the rows of one family. Ours has a point in each
 * row; a peer has a line if it has the same name in more than one of them.
 */
final class GrowthChart
{
    private static final double WIDTH = 640;
    private static final double HEIGHT = 360;
    private static final double LEFT = 66;
    private static final double RIGHT = 606;
    private static final double TOP = 14;
    private static final double BOTTOM = 300;
    private static final double POINT = 4.5;
    private static final double HEADROOM = 1.1;
    private static final int TICKS = 5;
    private static final String OURS = "ringtape";

    private GrowthChart()
    {
    }

    /**
     * The families that have a line.
     *
     * @param rows all that were measured.
     * @return those of each family with more than one size, by size.
     */
    static Map<String, List<Costs>> families(final List<Costs> rows)
    {
        final Map<String, List<Costs>> families = new LinkedHashMap<>();
        for (final Costs row : rows)
        {
            Growth.of(row.row()).ifPresent((growth) ->
                families.computeIfAbsent(growth.family(), (family) -> new ArrayList<>()).add(row));
        }
        families.values().forEach((family) -> family.sort(Comparator.comparingDouble((row) -> growth(row).size())));
        families.values().removeIf((family) ->
            family.stream().mapToDouble((row) -> growth(row).size()).distinct().count() < 2);
        return families;
    }

    static String of(final String family, final List<Costs> rows)
    {
        final Map<String, Map<Double, Interval>> lines = lines(rows);
        final double most = lines.values().stream().flatMap((line) -> line.values().stream())
            .mapToDouble(Interval::high).max().orElse(1);
        final List<Double> sizes = rows.stream().map((row) -> growth(row).size()).distinct().toList();
        final Scale x = Scale.log(sizes.get(0) / HEADROOM, sizes.get(sizes.size() - 1) * HEADROOM, LEFT, RIGHT);
        final Scale y = Scale.linear(0, most * HEADROOM, BOTTOM, TOP);
        final Svg svg = new Svg("chart", "cost over size: " + family, WIDTH, HEIGHT);
        for (final double tick : y.ticks(TICKS))
        {
            svg.line("grid", LEFT, y.at(tick), RIGHT, y.at(tick));
            svg.text("tick end", LEFT - 8, y.at(tick) + 4, BarChart.plain(tick));
        }
        for (final double size : sizes)
        {
            svg.line("grid", x.at(size), TOP, x.at(size), BOTTOM);
            svg.text("tick middle", x.at(size), BOTTOM + 18, BarChart.plain(size));
        }
        svg.line("axis", LEFT, BOTTOM, RIGHT, BOTTOM).line("axis", LEFT, TOP, LEFT, BOTTOM);
        svg.text("name middle", (LEFT + RIGHT) / 2, BOTTOM + 42, growth(rows.get(0)).unit() + ", on a log scale");
        svg.upwards("name middle", 14, (TOP + BOTTOM) / 2, rows.get(0).row().measure().unit() + " an event");
        int index = 0;
        for (final Map.Entry<String, Map<Double, Interval>> line : lines.entrySet())
        {
            draw(svg, line.getKey(), line.getValue(), index++, x, y);
        }
        return svg.end() + Elements.legend(lines.keySet());
    }

    private static void draw(final Svg svg, final String name, final Map<Double, Interval> line, final int index,
        final Scale x, final Scale y)
    {
        final double[] points = new double[2 * line.size()];
        int at = 0;
        for (final Map.Entry<Double, Interval> point : line.entrySet())
        {
            points[at++] = x.at(point.getKey());
            points[at++] = y.at(point.getValue().median());
        }
        svg.polyline(Series.line(index), points, name);
        line.forEach((size, cost) ->
        {
            svg.line("whisker", x.at(size), y.at(cost.low()), x.at(size), y.at(cost.high()));
            svg.circle(Series.point(index), x.at(size), y.at(cost.median()), POINT, name + ", " +
                BarChart.plain(size) + ": " + BarChart.interval(cost));
        });
    }

    private static Map<String, Map<Double, Interval>> lines(final List<Costs> rows)
    {
        final Map<String, Map<Double, Interval>> lines = new LinkedHashMap<>();
        for (final Costs row : rows)
        {
            for (int i = 0; i < row.perEvent().size(); i++)
            {
                lines.computeIfAbsent(i == 0 ? OURS : row.peer(i), (name) -> new LinkedHashMap<>())
                    .put(growth(row).size(), row.perEvent().get(i));
            }
        }
        lines.values().removeIf((line) -> line.size() < 2);
        return lines;
    }

    private static Growth growth(final Costs row)
    {
        return Growth.of(row.row()).orElseThrow();
    }
}
