package io.ringtape.cli.backtest;

import io.ringtape.backtest.BacktestResult.RunSpan;
import io.ringtape.cli.output.Html;
import io.ringtape.order.Saturated;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * A chart over time as inline SVG: a grid with labelled axes, lines, steps, areas and marks. Of several runs each has
 * its time behind that of the run before, with a mark between them. It refers to nothing outside and has no script.
 * <p>
 * Thread safety: none; one thread.
 * Allocation: text for each point.
 */
final class Plot
{
    private static final int WIDTH = 960;
    private static final int HEIGHT = 280;
    private static final int LEFT = 84;
    private static final int RIGHT = 16;
    private static final int TOP = 12;
    private static final int BOTTOM = 30;
    private static final int TICKS = 6;
    private static final int TIME_WIDTH = 50;
    private static final int RUN_WIDTH = 120;
    private static final int RUN_GAP = 4;
    private static final int NAME_TOP = TOP + 24;
    private static final double LETTER_WIDTH = 6.5;
    private static final DateTimeFormatter DAY =
        DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long[] STEPS_MS = {100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 120_000,
        300_000, 600_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000, 43_200_000, 86_400_000, 604_800_000};
    private static final long MILLI_NS = 1_000_000L;

    private final StringBuilder svg = new StringBuilder();
    private final long lengthNs;
    private final double low;
    private final double high;
    private double namedTo = LEFT;

    /**
     * A plot with its grid.
     *
     * @param title for who cannot see it.
     * @param spans  of the runs, one behind the other.
     * @param least  lowest value.
     * @param most   highest value.
     */
    Plot(final String title, final List<RunSpan> spans, final double least, final double most)
    {
        lengthNs = Math.max(1, spans.stream().mapToLong(RunSpan::lengthNs).reduce(0, Saturated::add));
        // A flat line has room on both sides: 1 at 0, as money, prices and positions are; a hundredth elsewhere.
        final double room = most > least ? (most - least) * 0.05 : least == 0 ? 1 : Math.abs(least) * 0.01;
        low = least - room;
        high = most + room;
        svg.append("<svg viewBox=\"0 0 ").append(WIDTH).append(' ').append(HEIGHT)
            .append("\" role=\"img\" aria-label=\"").append(Html.escape(title)).append("\">");
        grid();
        times(spans);
        if (spans.size() > 1)
        {
            runs(spans);
        }
    }

    /** A point of a line: the time since the start of the first run, without the time between runs. */
    record Point(long elapsedNs, double value)
    {
    }

    /** A line from point to point, or in steps. */
    Plot line(final String style, final List<Point> points, final boolean inSteps)
    {
        svg.append("<path class=\"").append(style).append("\" d=\"");
        for (int i = 0; i < points.size(); i++)
        {
            final Point point = points.get(i);
            if (i > 0 && inSteps)
            {
                svg.append('H').append(x(point.elapsedNs()));
            }
            svg.append(i == 0 ? 'M' : 'L').append(x(point.elapsedNs())).append(' ').append(y(point.value()));
        }
        svg.append("\"/>");
        return this;
    }

    /** The area between 0 and a line. */
    Plot area(final String style, final List<Point> points)
    {
        if (points.isEmpty())
        {
            return this;
        }
        svg.append("<path class=\"").append(style).append("\" d=\"M").append(x(points.get(0).elapsedNs())).append(' ')
            .append(y(0));
        for (final Point point : points)
        {
            svg.append('L').append(x(point.elapsedNs())).append(' ').append(y(point.value()));
        }
        svg.append('L').append(x(points.get(points.size() - 1).elapsedNs())).append(' ').append(y(0)).append("Z\"/>");
        return this;
    }

    /** A triangle that points up or down, with a text for who rests on it. */
    Plot mark(final String style, final Point at, final boolean up, final String text)
    {
        final int tip = up ? -5 : 5;
        svg.append("<path class=\"").append(style).append("\" d=\"M").append(x(at.elapsedNs())).append(' ')
            .append(y(at.value())).append("m-4 ").append(-tip).append("l4 ").append(2 * tip).append("l4 ")
            .append(-2 * tip).append("z\"><title>").append(Html.escape(text)).append("</title></path>");
        return this;
    }

    /**
     * A line from top to bottom with its name beside it, unless the name of one ahead of it takes the room.
     *
     * @param style     of the line; that of the name ends with {@code -name}.
     * @param elapsedNs not before that of the call before.
     * @param name      short.
     * @param text      for who rests on the line.
     * @return this.
     */
    Plot moment(final String style, final long elapsedNs, final String name, final String text)
    {
        final double place = across(elapsedNs);
        upright(style, place).append("><title>").append(Html.escape(text)).append("</title></path>");
        final double width = name.length() * LETTER_WIDTH;
        final boolean isBehind = place + RUN_GAP + width <= WIDTH - RIGHT;
        final double start = isBehind ? place + RUN_GAP : place - RUN_GAP - width;
        if (start >= namedTo)
        {
            svg.append("<text class=\"").append(style).append("-name\" text-anchor=\"")
                .append(isBehind ? "start" : "end").append("\" x=\"")
                .append(place(isBehind ? place + RUN_GAP : place - RUN_GAP)).append("\" y=\"").append(NAME_TOP)
                .append("\">").append(Html.escape(name)).append("</text>");
            namedTo = start + width;
        }
        return this;
    }

    String svg()
    {
        return svg + "</svg>";
    }

    private void grid()
    {
        final double step = niceStep((high - low) / TICKS);
        final int decimals = Math.max(0, (int)Math.ceil(-Math.log10(step) - 1e-9));
        final long last = (long)Math.floor(high / step);
        for (long i = (long)Math.ceil(low / step); i <= last; i++)
        {
            final double value = i * step;
            final String height = y(value);
            svg.append("<path class=\"grid\" d=\"M").append(LEFT).append(' ').append(height).append('H')
                .append(WIDTH - RIGHT).append("\"/><text class=\"axis\" text-anchor=\"end\" x=\"").append(LEFT - 8)
                .append("\" y=\"").append(height).append("\" dy=\"4\">")
                .append(String.format(Locale.ROOT, "%,." + decimals + "f", value))
                .append("</text>");
        }
    }

    private void times(final List<RunSpan> spans)
    {
        final long stepNs = timeStepNs();
        final DateTimeFormatter format = DateTimeFormatter.ofPattern(
            stepNs >= 86_400 * SECOND_NS ? "MM-dd" : stepNs >= 60 * SECOND_NS ? "HH:mm" :
            stepNs >= SECOND_NS ? "HH:mm:ss" : "HH:mm:ss.S", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
        long runNs = 0;
        double free = 0;
        for (final RunSpan span : spans)
        {
            final long firstNs = Math.floorMod(-span.startTimeNs(), stepNs);
            for (long ns = firstNs; ns >= 0 && ns <= span.lengthNs(); ns += stepNs)
            {
                // Where one run ends and the next begins there is room for the time of one.
                final double place = across(runNs + ns);
                if (place >= free)
                {
                    time(place, format.format(instant(span.startTimeNs() + ns)));
                    free = place + TIME_WIDTH;
                }
            }
            runNs = Saturated.add(runNs, span.lengthNs());
        }
    }

    private void time(final double place, final String text)
    {
        upright("grid", place).append("/><text class=\"axis\" text-anchor=\"middle\" x=\"")
            .append(place(place)).append("\" y=\"").append(HEIGHT - 10).append("\">").append(text).append("</text>");
    }

    // As many marks as can be told apart, and names as have room.
    private void runs(final List<RunSpan> spans)
    {
        long runNs = 0;
        double free = LEFT + RUN_GAP;
        double freeForName = 0;
        for (final RunSpan span : spans)
        {
            final double place = across(runNs);
            if (place >= free)
            {
                upright("run", place).append("/>");
                free = place + RUN_GAP;
            }
            if (place >= freeForName && place <= WIDTH - RUN_WIDTH)
            {
                svg.append("<text class=\"axis\" x=\"").append(place(place + RUN_GAP)).append("\" y=\"")
                    .append(TOP + 10).append("\">run ").append(span.runId()).append(", ")
                    .append(DAY.format(instant(span.startTimeNs()))).append("</text>");
                freeForName = place + RUN_WIDTH;
            }
            runNs = Saturated.add(runNs, span.lengthNs());
        }
    }

    private StringBuilder upright(final String style, final double place)
    {
        return svg.append("<path class=\"").append(style).append("\" d=\"M").append(place(place)).append(' ')
            .append(TOP).append('V').append(HEIGHT - BOTTOM).append('"');
    }

    private static Instant instant(final long timeNs)
    {
        return Instant.ofEpochSecond(Math.floorDiv(timeNs, SECOND_NS), Math.floorMod(timeNs, SECOND_NS));
    }

    private long timeStepNs()
    {
        for (final long stepMs : STEPS_MS)
        {
            if (lengthNs / (stepMs * MILLI_NS) < 2L * TICKS)
            {
                return stepMs * MILLI_NS;
            }
        }
        return lengthNs / TICKS / (86_400 * SECOND_NS) * 86_400 * SECOND_NS;
    }

    private static double niceStep(final double raw)
    {
        final double power = Math.pow(10, Math.floor(Math.log10(raw)));
        final double share = raw / power;
        return power * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10);
    }

    private String x(final long elapsedNs)
    {
        return place(across(elapsedNs));
    }

    private double across(final long elapsedNs)
    {
        return LEFT + elapsedNs / (double)lengthNs * (WIDTH - LEFT - RIGHT);
    }

    private String y(final double value)
    {
        return place(HEIGHT - BOTTOM - (value - low) / (high - low) * (HEIGHT - TOP - BOTTOM));
    }

    // One decimal, without the formatter, which would take most of the time of a page.
    private static String place(final double value)
    {
        final long tenths = Math.round(value * 10);
        return tenths / 10 + (tenths % 10 == 0 ? "" : "." + Math.abs(tenths % 10));
    }
}
