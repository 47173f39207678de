package io.ringtape.bench.page;

import io.ringtape.cli.output.Html;
import java.util.Locale;

/**
 * A drawing that is written element by element. Colours and fonts are the style sheet's, by class.
 */
final class Svg
{
    private final StringBuilder text = new StringBuilder();

    /**
     * Starts a drawing that takes the width that it is given.
     *
     * @param type   class of the drawing.
     * @param label  what it shows, for who cannot see it.
     * @param width  of its own units.
     * @param height of its own units.
     */
    Svg(final String type, final String label, final double width, final double height)
    {
        text.append("<svg class=\"").append(type).append("\" role=\"img\" aria-label=\"").append(Html.escape(label))
            .append("\" viewBox=\"0 0 ").append(number(width)).append(' ').append(number(height)).append("\">\n");
    }

    Svg line(final String type, final double x1, final double y1, final double x2, final double y2)
    {
        return element("line", type, "x1", x1, "y1", y1, "x2", x2, "y2", y2).append("/>\n");
    }

    /** A rectangle that says something when it is pointed at. */
    Svg rect(final String type, final double x, final double y, final double width, final double height,
        final String title)
    {
        return element("rect", type, "x", x, "y", y, "width", Math.max(0, width), "height", height).append(">")
            .title(title).append("</rect>\n");
    }

    /** A circle that says something when it is pointed at. */
    Svg circle(final String type, final double x, final double y, final double radius, final String title)
    {
        return element("circle", type, "cx", x, "cy", y, "r", radius).append(">").title(title)
            .append("</circle>\n");
    }

    /** A text whose class says where it is anchored. */
    Svg text(final String type, final double x, final double y, final String content)
    {
        return element("text", type, "x", x, "y", y).append(">").append(Html.escape(content)).append("</text>\n");
    }

    /** A text that reads upwards. */
    Svg upwards(final String type, final double x, final double y, final String content)
    {
        return append("<text class=\"" + type + "\" transform=\"translate(" + number(x) + ' ' + number(y) +
            ") rotate(-90)\">" + Html.escape(content) + "</text>\n");
    }

    /** A line through points, x and y in turn, that says something when it is pointed at. */
    Svg polyline(final String type, final double[] points, final String title)
    {
        final StringBuilder at = new StringBuilder();
        for (int i = 0; i < points.length; i += 2)
        {
            at.append(i == 0 ? "" : " ").append(number(points[i])).append(',').append(number(points[i + 1]));
        }
        return append("<polyline class=\"" + type + "\" points=\"" + at + "\">").title(title)
            .append("</polyline>\n");
    }

    /** The whole drawing. */
    String end()
    {
        return text + "</svg>\n";
    }

    private Svg element(final String name, final String type, final Object... attributes)
    {
        text.append('<').append(name).append(" class=\"").append(type).append('"');
        for (int i = 0; i < attributes.length; i += 2)
        {
            text.append(' ').append(attributes[i]).append("=\"").append(number((Double)attributes[i + 1])).append('"');
        }
        return this;
    }

    private Svg title(final String title)
    {
        return append("<title>" + Html.escape(title) + "</title>");
    }

    private Svg append(final String more)
    {
        text.append(more);
        return this;
    }

    private static String number(final double value)
    {
        final String decimal = String.format(Locale.ROOT, "%.1f", value);
        return decimal.endsWith(".0") ? decimal.substring(0, decimal.length() - 2) : decimal;
    }
}
