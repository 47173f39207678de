package io.ringtape.bench.page;

/**
 * The looks of the lines and bars of a chart, which the style sheet gives: ours first, then one for each peer, and from
 * the ninth on the same colours with broken lines.
 */
final class Series
{
    private static final int COLOURS = 9;

    private Series()
    {
    }

    static String line(final int index)
    {
        return "line s" + index % COLOURS + (index < COLOURS ? "" : " broken");
    }

    static String bar(final int index)
    {
        return "bar s" + index % COLOURS;
    }

    static String point(final int index)
    {
        return "point s" + index % COLOURS;
    }
}
