package io.ringtape.cli.tape;

import com.github.luben.zstd.ZstdInputStream;
import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Reads the rows of a LOBSTER orderbook file: askPrice1, askSize1, bidPrice1, bidSize1, askPrice2 and so on, whole
 * numbers, prices in dollars x 10,000.
 * <p>
 * The file is plain, {@code .gz}, {@code .zst}, or a zip that holds one file named {@code …orderbook….csv}; what it is
 * is seen from its first bytes.
 */
final class BookRows implements AutoCloseable
{
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int MOST_COLUMNS = 4 * 1_000;
    private static final int END = -1;

    private final Path file;
    private final InputStream in;
    private final long[] values = new long[MOST_COLUMNS];
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private int columns;
    private long row;

    private BookRows(final Path file, final InputStream in)
    {
        this.file = file;
        this.in = in;
    }

    static BookRows open(final Path file) throws IOException
    {
        final InputStream raw = opened(file);
        try
        {
            return new BookRows(file, unpacked(file, raw));
        }
        catch (final IOException | RuntimeException e)
        {
            raw.close();
            throw e;
        }
    }

    private static InputStream opened(final Path file) throws IOException
    {
        try
        {
            return new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
        }
        catch (final AccessDeniedException e)
        {
            throw new CommandException(
                ExitCode.INPUT_MISSING, "file cannot be read: file=" + file + " cause=permission denied", e);
        }
    }

    /**
     * Moves to the next row.
     *
     * @return false at the end of the file.
     * @throws CommandException if the row is no row of a book.
     */
    boolean next() throws IOException
    {
        try
        {
            int first = read();
            final boolean blank = first == '\n' || first == '\r';
            while (first == '\n' || first == '\r')
            {
                first = read();
            }
            if (first == END)
            {
                return false;
            }
            row++;
            if (blank)
            {
                throw new CommandException(ExitCode.BAD_INPUT, "row is blank: file=" + file + " row=" + row);
            }
            position--;
            parse();
            return true;
        }
        catch (final ZipException | EOFException e)
        {
            throw new CommandException(
                ExitCode.BAD_INPUT, "file is truncated or corrupt: file=" + file + " row=" + row, e);
        }
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
    long countAll() throws IOException
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
        try
        {
            in.close();
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException(e);
        }
    }

    private void parse() throws IOException
    {
        int column = 0;
        boolean more = true;
        while (more)
        {
            if (column == values.length)
            {
                throw refused("row has too many columns", column);
            }
            more = parseValue(column);
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

    private boolean parseValue(final int column) throws IOException
    {
        int c = read();
        final boolean negative = c == '-';
        c = negative ? read() : c;
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
        if (c != ',' && c != '\n' && c != END)
        {
            throw refused("not a whole number", column);
        }
        return c == ',';
    }

    private int read() throws IOException
    {
        if (position == limit)
        {
            limit = in.read(buffer, 0, buffer.length);
            position = 0;
            if (limit <= 0)
            {
                limit = 0;
                return END;
            }
        }
        return buffer[position++];
    }

    private CommandException refused(final String what, final int column)
    {
        return new CommandException(
            ExitCode.BAD_INPUT, what + ": file=" + file + " row=" + row + " column=" + (column + 1));
    }

    private static InputStream unpacked(final Path file, final InputStream raw) throws IOException
    {
        raw.mark(4);
        final byte[] magic = raw.readNBytes(4);
        raw.reset();
        if (startsWith(magic, 'P', 'K'))
        {
            return zipped(file, raw);
        }
        if (startsWith(magic, 0x1F, 0x8B))
        {
            return new GZIPInputStream(raw, BUFFER_BYTES);
        }
        return startsWith(magic, 0x28, 0xB5) ? new ZstdInputStream(raw) : raw;
    }

    private static InputStream zipped(final Path file, final InputStream raw) throws IOException
    {
        final ZipInputStream zip = new ZipInputStream(raw);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry())
        {
            final String name = entry.getName().toLowerCase(Locale.ROOT);
            if (name.contains("orderbook") && name.endsWith(".csv"))
            {
                return zip;
            }
        }
        throw new CommandException(ExitCode.BAD_INPUT, "zip holds no orderbook csv: file=" + file);
    }

    private static boolean startsWith(final byte[] bytes, final int first, final int second)
    {
        return bytes.length >= 2 && bytes[0] == (byte)first && bytes[1] == (byte)second;
    }
}
