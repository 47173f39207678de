package io.ringtape.cli.report;

import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Books at one sequence.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param books      in order of definition.
 * @param counts     of all books of the run up to there.
 * @param comparison with a file of book rows, empty if none was asked for.
 */
public record BookReport(List<Book> books, BookCounts counts, Optional<Comparison> comparison) implements Report
{
    /**
     * Makes the list its own.
     */
    public BookReport
    {
        books = List.copyOf(books);
    }

    /**
     * One book.
     *
     * @param instrumentId of the run.
     * @param symbol       of the instrument.
     * @param name         what it is called, see {@link InstrumentNames}.
     * @param sequence     of the last event of the tape that the books hold; -1 if they hold none.
     * @param bids         best first.
     * @param asks         best first.
     */
    public record Book(
        int instrumentId, String symbol, String name, long sequence, List<Level> bids, List<Level> asks)
    {
        /**
         * Makes the lists its own.
         */
        public Book
        {
            bids = List.copyOf(bids);
            asks = List.copyOf(asks);
        }
    }

    /**
     * One level.
     *
     * @param price    a plain decimal.
     * @param quantity a plain decimal.
     * @param orders   at the price, empty on a book by price.
     */
    public record Level(String price, String quantity, OptionalLong orders)
    {
    }

    /**
     * How many rows of a file are the book.
     *
     * @param rows              of the file, and venue events of the run.
     * @param equalRows         those that are the book in every price and size.
     * @param firstDifferentRow from 1, empty if all are equal.
     * @param detail            what the first different row holds and what the book is, empty if all are equal.
     */
    public record Comparison(long rows, long equalRows, OptionalLong firstDifferentRow, String detail)
    {
    }

    @Override
    public void writeJson(final JsonOutput json)
    {
        json.startArray("instruments");
        for (final Book book : books)
        {
            json.startObject().text("symbol", book.symbol()).number("sequence", book.sequence());
            writeLevels(json, "bids", book.bids());
            writeLevels(json, "asks", book.asks());
            json.number("instrumentId", book.instrumentId()).endObject();
        }
        json.endArray().number("unknownOrders", counts.unknownOrders());
        counts.writeFaults(json);
        comparison.ifPresent((compared) -> json.number("rows", compared.rows())
            .number("equalRows", compared.equalRows())
            .number("firstDifferentRow", compared.firstDifferentRow())
            .text("detail", compared.detail()));
    }

    @Override
    public void writeText(final TextOutput text)
    {
        comparison.ifPresent((compared) ->
        {
            text.line(Formats.count(compared.equalRows()) + " of " + Formats.count(compared.rows(), "row") + " equal");
            if (compared.firstDifferentRow().isPresent())
            {
                text.line("first different row " + Formats.count(compared.firstDifferentRow().getAsLong()) + ": " +
                    compared.detail());
            }
        });
        for (final Book book : books)
        {
            writeBook(text, book);
        }
        if (counts.areFaulty())
        {
            text.heading("Events of the run up to there");
            counts.writeFaults(text);
        }
        text.end();
    }

    @Override
    public String warning()
    {
        return counts.warning();
    }

    @Override
    public ExitCode exitCode()
    {
        final boolean different = comparison.isPresent() && comparison.get().firstDifferentRow().isPresent();
        return different ? ExitCode.OUTPUTS_DIFFER : ExitCode.FINE;
    }

    private static void writeLevels(final JsonOutput json, final String key, final List<Level> levels)
    {
        json.startArray(key);
        for (final Level level : levels)
        {
            json.startArray().element(level.price()).element(level.quantity()).element(level.orders()).endArray();
        }
        json.endArray();
    }

    private static void writeBook(final TextOutput text, final Book book)
    {
        text.heading(book.name() + (book.sequence() < 0 ? ", no event yet" :
            " after sequence " + Formats.count(book.sequence())));
        final int depth = Math.max(book.bids().size(), book.asks().size());
        if (depth == 0)
        {
            text.line("  empty");
            return;
        }
        final List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < depth; i++)
        {
            final Optional<Level> bid = level(book.bids(), i);
            final Optional<Level> ask = level(book.asks(), i);
            rows.add(List.of(Integer.toString(i + 1), orders(bid), bid.map(Level::quantity).orElse(""),
                bid.map(Level::price).orElse(""), ask.map(Level::price).orElse(""),
                ask.map(Level::quantity).orElse(""), orders(ask)));
        }
        text.table(List.of("level", "orders", "bid size", "bid", "ask", "ask size", "orders"), rows);
    }

    private static Optional<Level> level(final List<Level> levels, final int index)
    {
        return index < levels.size() ? Optional.of(levels.get(index)) : Optional.empty();
    }

    private static String orders(final Optional<Level> level)
    {
        if (level.isEmpty())
        {
            return "";
        }
        final OptionalLong orders = level.get().orders();
        return orders.isPresent() ? Formats.count(orders.getAsLong()) : Formats.NONE;
    }
}
