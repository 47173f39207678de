package io.ringtape.bench.report;

import java.util.List;
import java.util.stream.Stream;

/**
 * Columns of one width each, words to the left and numbers to the right.
 */
final class TextTable
{
    private static final String BETWEEN_COLUMNS = "  ";

    private TextTable()
    {
    }

    /**
     * A table.
     *
     * @param headings of the columns.
     * @param words    headings of those that hold words.
     * @param lines    a text for each column.
     * @return lines that end with a line feed.
     */
    static String of(final List<String> headings, final List<String> words, final List<List<String>> lines)
    {
        final List<List<String>> all = Stream.concat(Stream.of(headings), lines.stream()).toList();
        final int[] widths = new int[headings.size()];
        for (final List<String> line : all)
        {
            for (int column = 0; column < widths.length; column++)
            {
                widths[column] = Math.max(widths[column], line.get(column).length());
            }
        }
        final StringBuilder table = new StringBuilder();
        for (final List<String> line : all)
        {
            final StringBuilder padded = new StringBuilder();
            for (int column = 0; column < widths.length; column++)
            {
                final String text = line.get(column);
                final String space = " ".repeat(widths[column] - text.length());
                padded.append(words.contains(headings.get(column)) ? text + space : space + text)
                    .append(BETWEEN_COLUMNS);
            }
            table.append(padded.toString().stripTrailing()).append('\n');
        }
        return table.toString();
    }
}
