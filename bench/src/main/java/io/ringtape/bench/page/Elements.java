package io.ringtape.bench.page;

import io.ringtape.cli.output.Html;

/**
 * Pieces of HTML that is XML too.
 */
final class Elements
{
    private Elements()
    {
    }

    /** An element of a class with a text. */
    static String element(final String name, final String type, final String text)
    {
        return "<" + name + " class=\"" + type + "\">" + Html.escape(text) + "</" + name + ">";
    }

    /** The name of a line behind a piece of it. */
    static String named(final int index, final String name)
    {
        return "<svg class=\"swatch\" viewBox=\"0 0 28 10\" aria-hidden=\"true\"><line class=\"" + Series.line(index) +
            "\" x1=\"1\" y1=\"5\" x2=\"27\" y2=\"5\"/></svg>" + Html.escape(name);
    }

    /** The names of lines; the first line is ours. */
    static String legend(final Iterable<String> names)
    {
        final StringBuilder legend = new StringBuilder("<ul class=\"legend\">\n");
        int index = 0;
        for (final String name : names)
        {
            legend.append("<li>").append(named(index, name)).append("</li>\n");
            index++;
        }
        return legend + "</ul>\n";
    }
}
