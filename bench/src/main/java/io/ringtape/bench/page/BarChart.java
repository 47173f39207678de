package io.ringtape.bench.page;

import io.ringtape.bench.peer.Measure;
import io.ringtape.bench.rig.Costs;
import io.ringtape.bench.rig.Statistics.Interval;
import io.ringtape.cli.output.Formats;
import java.util.List;

/**
 * The peers of a row as bars: events a second where speed is compared, else what an event costs. The thin line at the
 * end of a bar is the 95 % interval of its median.
 */
final class BarChart
{
    private static final double WIDTH = 640;
    private static final double LEFT = 8;
    private static final double RIGHT = 360;
    private static final double TOP = 6;
    private static final double BAR = 16;
    private static final double PITCH = 44;
    private static final double LABEL = 20;
    private static final double WHISKER = 5;
    private static final double NS_A_MILLION_A_SECOND = 1_000;
    private static final int TICKS = 5;
    private static final double MANY = 1_000;

    private BarChart()
    {
    }

    static String of(final Costs row)
    {
        final Measure measure = row.row().measure();
        final boolean isSpeed = measure == Measure.SPEED;
        final List<Interval> costs = row.perEvent().stream().map((cost) -> shown(cost, isSpeed)).toList();
        final double most = costs.stream().mapToDouble(Interval::high).max().orElse(1);
        final Scale x = Scale.linear(0, most, LEFT, RIGHT);
        final double bottom = TOP + PITCH * costs.size() + 2;
        final String name = isSpeed ? "million events a second, more is better" :
            measure.unit() + " an event, less is better";
        final Svg svg = new Svg("chart", name + ": " + row.title(), WIDTH, bottom + 46);
        for (final double tick : x.ticks(TICKS))
        {
            svg.line("grid", x.at(tick), TOP, x.at(tick), bottom);
            svg.text("tick middle", x.at(tick), bottom + 18, plain(tick));
        }
        for (int i = 0; i < costs.size(); i++)
        {
            draw(svg, row.peer(i), i, costs.get(i), x);
        }
        svg.line("axis", LEFT, TOP, LEFT, bottom);
        svg.text("name middle", (LEFT + RIGHT) / 2, bottom + 40, name);
        return svg.end();
    }

    private static void draw(
        final Svg svg, final String peer, final int index, final Interval value, final Scale x)
    {
        final double y = TOP + PITCH * index + LABEL;
        final double middle = y + BAR / 2;
        final String text = interval(value);
        svg.text(index == 0 ? "label ours start" : "label start", LEFT + 4, y - 5, peer);
        svg.rect(Series.bar(index), LEFT, y, x.at(value.median()) - LEFT, BAR, peer + ": " + text);
        svg.line("whisker", x.at(value.low()), middle, x.at(value.high()), middle);
        svg.line("whisker", x.at(value.low()), middle - WHISKER, x.at(value.low()), middle + WHISKER);
        svg.line("whisker", x.at(value.high()), middle - WHISKER, x.at(value.high()), middle + WHISKER);
        svg.text("value start", x.at(Math.max(value.median(), value.high())) + 10, middle + 4.5, text);
    }

    /** A cost as it is drawn; a speed is its inverse, and so are its ends. */
    private static Interval shown(final Interval cost, final boolean isSpeed)
    {
        return isSpeed ? new Interval(NS_A_MILLION_A_SECOND / cost.median(), NS_A_MILLION_A_SECOND / cost.high(),
            NS_A_MILLION_A_SECOND / cost.low()) : cost;
    }

    static String plain(final double value)
    {
        return value == Math.rint(value) ? Formats.count((long)value) :
            Formats.decimal(value, 3).replaceFirst("0+$", "");
    }

    static String interval(final Interval value)
    {
        return amount(value.median()) + " (" + amount(value.low()) + " to " + amount(value.high()) + ")";
    }

    /** As exact as anybody wants it: whole thousands, else one decimal, and three of what is less than one. */
    private static String amount(final double value)
    {
        return value >= MANY ? Formats.count(Math.round(value)) : Formats.decimal(value, value < 1 ? 3 : 1);
    }
}
