package io.ringtape.cli.tape;

import io.ringtape.cli.capture.CaptureException;
import io.ringtape.cli.capture.FileBytes;
import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.feed.LobsterDecoder;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Reads the rows of a LOBSTER orderbook file: askPrice1, askSize1, bidPrice1, bidSize1, askPrice2 and so on, whole
 * numbers, prices in dollars x 10,000.
 * <p>
 * The file is plain, {@code .gz}, {@code .zst}, or a zip that holds one file named {@code …orderbook….csv}; what it is
 * is seen from its first bytes.
 */
final class BookRows implements AutoCloseable
{
    private static final int MOST_COLUMNS = 4 * LobsterDecoder.MAX_DEPTH;

    private final Path file;
    private final FileBytes bytes;
    private final long[] values = new long[MOST_COLUMNS];
    private int columns;
    private long row;

    private BookRows(final Path file, final FileBytes bytes)
    {
        this.file = file;
        this.bytes = bytes;
    }

    /**
     * Opens a file.
     *
     * @throws CommandException if it is not there, cannot be read, is empty, or is a zip without rows.
     */
    static BookRows open(final Path file)
    {
        try
        {
            return new BookRows(file, FileBytes.open(file, BookRows::isRows, "orderbook csv"));
        }
        catch (final CaptureException e)
        {
            throw refused(e);
        }
    }

    /**
     * Moves to the next row.
     *
     * @return false at the end of the file.
     * @throws CommandException if the row is no row of a book, or the file is corrupt or cannot be read.
     */
    boolean next()
    {
        int first = read();
        final boolean blank = first == '\n' || first == '\r';
        while (first == '\n' || first == '\r')
        {
            first = read();
        }
        if (first == FileBytes.END)
        {
            return false;
        }
        row++;
        if (blank)
        {
            throw new CommandException(ExitCode.BAD_INPUT, "row is blank: file=" + file + " row=" + row);
        }
        parse(first);
        return true;
    }

    /**
     * The number of the row, from 1; 0 before the first.
     */
    long row()
    {
        return row;
    }

    /**
     * Reads to the end of the file.
     *
     * @return rows of the file.
     */
    long countAll()
    {
        long count = row;
        while (next())
        {
            count = row;
        }
        return count;
    }

    /**
     * Levels a side.
     */
    int depth()
    {
        return columns / 4;
    }

    /**
     * A value of the row, from 0.
     */
    long value(final int column)
    {
        return values[column];
    }

    @Override
    public void close()
    {
        bytes.close();
    }

    private void parse(final int first)
    {
        int column = 0;
        boolean more = true;
        while (more)
        {
            if (column == values.length)
            {
                throw refused("row has too many columns", column);
            }
            more = parseValue(column, column == 0 ? first : read());
            column++;
        }
        if (columns == 0)
        {
            columns = column;
        }
        if (column != columns || column % 4 != 0)
        {
            throw new CommandException(ExitCode.BAD_INPUT, "columns must be the same in each row and a multiple of 4:" +
                " file=" + file + " row=" + row + " columns=" + column);
        }
    }

    private boolean parseValue(final int column, final int first)
    {
        final boolean negative = first == '-';
        int c = negative ? read() : first;
        long value = 0;
        int digits = 0;
        while (c >= '0' && c <= '9')
        {
            value = value * 10 + (c - '0');
            digits++;
            c = read();
        }
        if (digits == 0 || digits > 18)
        {
            throw refused("not a whole number", column);
        }
        values[column] = negative ? -value : value;
        c = c == '\r' ? read() : c;
        if (c != ',' && c != '\n' && c != FileBytes.END)
        {
            throw refused("not a whole number", column);
        }
        return c == ',';
    }

    /**
     * What to throw where a value of the row does not fit into the unit of the book.
     */
    CommandException tooLarge(final int column, final ArithmeticException cause)
    {
        return new CommandException(ExitCode.BAD_INPUT, "number does not fit: file=" + file + " row=" + row +
            " column=" + (column + 1) + " value=" + values[column], cause);
    }

    private CommandException refused(final String what, final int column)
    {
        return new CommandException(
            ExitCode.BAD_INPUT, what + ": file=" + file + " row=" + row + " column=" + (column + 1));
    }

    private int read()
    {
        try
        {
            return bytes.read();
        }
        catch (final CaptureException e)
        {
            throw refused(e);
        }
    }

    private static boolean isRows(final String name)
    {
        final String lower = name.toLowerCase(Locale.ROOT);
        return lower.contains("orderbook") && lower.endsWith(".csv");
    }

    private static CommandException refused(final CaptureException failure)
    {
        return new CommandException(failure.kind().exitCode(), String.valueOf(failure.getMessage()), failure);
    }
}
