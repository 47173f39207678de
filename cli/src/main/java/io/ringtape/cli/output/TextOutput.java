package io.ringtape.cli.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes text that lines up: a heading, blocks of names and values, and tables.
 * <p>
 * Thread safety: none; one thread.
 * Allocation: the lines of the block at hand.
 */
public final class TextOutput
{
    private static final String INDENT = "  ";

    private final PrintStream out;
    private final List<String[]> pairs = new ArrayList<>();
    private boolean started;

    /**
     * Writes nothing yet.
     *
     * @param out to write to; it stays open.
     */
    public TextOutput(final PrintStream out)
    {
        this.out = out;
    }

    /**
     * Writes a line as it is.
     *
     * @param text of the line.
     * @return this.
     */
    public TextOutput line(final String text)
    {
        end();
        print(text);
        return this;
    }

    /**
     * Starts a block with a heading, an empty line before it unless it is the first.
     *
     * @param text of the heading.
     * @return this.
     */
    public TextOutput heading(final String text)
    {
        end();
        if (started)
        {
            line("");
        }
        return line(text);
    }

    /**
     * Adds a name and its value to the block; names and values of a block line up.
     *
     * @param name  of the value.
     * @param value as it is printed.
     * @return this.
     */
    public TextOutput pair(final String name, final String value)
    {
        pairs.add(new String[]{name, value});
        return this;
    }

    /**
     * Writes a table; the first column lines up at its left, the others at their right.
     *
     * @param header one title a column.
     * @param rows   as many cells as the header has.
     * @return this.
     */
    public TextOutput table(final List<String> header, final List<List<String>> rows)
    {
        end();
        final int[] widths = new int[header.size()];
        measure(header, widths);
        for (final List<String> row : rows)
        {
            measure(row, widths);
        }
        print(cells(header, widths));
        for (final List<String> row : rows)
        {
            print(cells(row, widths));
        }
        return this;
    }

    /**
     * Writes the names and values that were added since the last heading.
     */
    public void end()
    {
        int width = 0;
        for (final String[] pair : pairs)
        {
            width = Math.max(width, pair[0].length());
        }
        for (final String[] pair : pairs)
        {
            print(INDENT + pair[0] + " ".repeat(width - pair[0].length()) + INDENT + pair[1]);
        }
        pairs.clear();
        out.flush();
    }

    private void print(final String text)
    {
        out.print(text);
        out.print('\n');
        started = true;
    }

    private static void measure(final List<String> row, final int[] widths)
    {
        for (int i = 0; i < widths.length; i++)
        {
            widths[i] = Math.max(widths[i], row.get(i).length());
        }
    }

    private static String cells(final List<String> row, final int[] widths)
    {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < widths.length; i++)
        {
            final String padding = " ".repeat(widths[i] - row.get(i).length());
            text.append(INDENT).append(i == 0 ? row.get(i) + padding : padding + row.get(i));
        }
        return text.toString().stripTrailing();
    }
}
