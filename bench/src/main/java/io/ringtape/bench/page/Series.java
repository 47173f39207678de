package io.ringtape.bench.page;

/**
 * The looks of the lines and bars of a chart, which the style sheet gives: ours first, then one for each peer, and from
 * the ninth on the same colours with broken lines. Of the bars, which have their names beside them, only ours has a
 * colour.
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
        return index == 0 ? "bar s0" : "bar";
    }

    static String point(final int index)
    {
        return "point s" + index % COLOURS;
    }
}
