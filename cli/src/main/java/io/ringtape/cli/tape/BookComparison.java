package io.ringtape.cli.tape;

import io.ringtape.book.OrderBook;
import io.ringtape.cli.error.CommandException;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.report.BookReport;
import io.ringtape.event.FixedPoint;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Holds a book against the rows of a file: row k against the book at the last event with source sequence k.
 */
final class BookComparison implements AutoCloseable
{
    private static final int FILE_PRICE_EXPONENT = -4;
    private static final long NO_PRICE = 9_999_999_999L;

    private final Path file;
    private final BookRows rows;
    private final InstrumentDefinition instrument;
    private long events;
    private long equalRows;
    private long firstDifferentRow = -1;
    private String detail = "";

    private BookComparison(final Path file, final BookRows rows, final InstrumentDefinition instrument)
    {
        this.file = file;
        this.rows = rows;
        this.instrument = instrument;
    }

    static BookComparison open(final Path file, final InstrumentDefinition instrument)
    {
        return new BookComparison(file, BookRows.open(file), instrument);
    }

    /**
     * Compares the row of a venue event that has just ended.
     *
     * @param sourceSequence of the venue event; 0 for what came before row 1.
     * @param book           after it.
     * @throws CommandException if the file has no such row.
     */
    void onEventEnd(final long sourceSequence, final OrderBook book)
    {
        if (sourceSequence == 0)
        {
            return;
        }
        events++;
        if (sourceSequence != events)
        {
            throw new CommandException(ExitCode.BAD_INPUT, "source sequences of the run do not count rows: file=" +
                file + " row=" + events + " sourceSequence=" + sourceSequence);
        }
        if (rows.row() < events - 1 || !rows.next())
        {
            // The rows are at their end; the events go on, so that the message can hold both counts.
            return;
        }
        final String difference = difference(book);
        if (difference.isEmpty())
        {
            equalRows++;
        }
        else if (firstDifferentRow < 0)
        {
            firstDifferentRow = events;
            detail = difference;
        }
    }

    /**
     * What came of it, behind the last event of the run.
     *
     * @throws CommandException if the file has another row count than the run has venue events.
     */
    BookReport.Comparison result()
    {
        if (rows.countAll() != events)
        {
            throw new CommandException(ExitCode.BAD_INPUT, "file has another row count than the newest run: file=" +
                file + " rows=" + rows.row() + " events=" + events);
        }
        final OptionalLong first = firstDifferentRow < 0 ? OptionalLong.empty() : OptionalLong.of(firstDifferentRow);
        return new BookReport.Comparison(events, equalRows, first, detail);
    }

    @Override
    public void close()
    {
        rows.close();
    }

    private String difference(final OrderBook book)
    {
        for (int level = 0; level < rows.depth(); level++)
        {
            if (!isEqual(book, Side.ASK, level, 4 * level))
            {
                return described(book, Side.ASK, level, 4 * level);
            }
            if (!isEqual(book, Side.BID, level, 4 * level + 2))
            {
                return described(book, Side.BID, level, 4 * level + 2);
            }
        }
        return "";
    }

    private boolean isEqual(final OrderBook book, final int side, final int level, final int column)
    {
        final long price = rows.value(column);
        final long size = rows.value(column + 1);
        if (level >= book.levelCount(side))
        {
            return size == 0 && Math.abs(price) == NO_PRICE;
        }
        return size != 0 &&
            isEqual(column, FILE_PRICE_EXPONENT, instrument.priceExponent(), book.price(side, level)) &&
            isEqual(column + 1, 0, instrument.quantityExponent(), book.quantity(side, level));
    }

    private boolean isEqual(final int column, final int exponent, final int bookExponent, final long inBook)
    {
        final long value = rows.value(column);
        if (exponent < bookExponent)
        {
            // A digit that the book's unit does not have is a difference, and nothing wrong with the file.
            final long unit = FixedPoint.powerOfTen(bookExponent - exponent);
            return value % unit == 0 && value / unit == inBook;
        }
        try
        {
            return FixedPoint.rescale(value, exponent, bookExponent) == inBook;
        }
        catch (final ArithmeticException e)
        {
            throw rows.tooLarge(column, e);
        }
    }

    private String described(final OrderBook book, final int side, final int level, final int column)
    {
        final boolean there = level < book.levelCount(side);
        final long price = there ? book.price(side, level) : OrderBookEvent.NULL_PRICE;
        final long quantity = there ? book.quantity(side, level) : OrderBookEvent.NULL_QUANTITY;
        final boolean empty = rows.value(column + 1) == 0;
        return "side=" + Side.name(side) + " level=" + (level + 1) +
            " filePrice=" + (empty ? Formats.NONE : FixedPoint.format(rows.value(column), FILE_PRICE_EXPONENT)) +
            " fileSize=" + rows.value(column + 1) +
            " bookPrice=" + Formats.price(price, instrument.priceExponent()) +
            " bookSize=" + Formats.quantity(quantity, instrument.quantityExponent());
    }
}
