package io.ringtape.cli.report;

import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The books at the end of a session, and what they counted on the way.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param counts      of the books of all runs.
 * @param liveOrders  in all books at the end of the last run.
 * @param instruments at the end of the last run, in order of definition.
 * @param run         the last run, where there are several.
 */
public record FinalBooks(BookCounts counts, long liveOrders, List<InstrumentSummary> instruments, OptionalLong run)
{
    private static final int MOST_INSTRUMENTS = 20;

    /**
     * Makes the list its own.
     */
    public FinalBooks
    {
        instruments = List.copyOf(instruments);
    }

    void writeJson(final JsonOutput json)
    {
        json.startArray("books");
        for (final InstrumentSummary book : instruments)
        {
            json.startObject().text("symbol", book.symbol()).text("kind", book.kind())
                .textOrNull("bestBid", Formats.price(book.bestBid(), book.priceExponent()))
                .textOrNull("bestAsk", Formats.price(book.bestAsk(), book.priceExponent()))
                .number("bidLevels", book.bidLevels()).number("askLevels", book.askLevels())
                .number("liveOrders", book.liveOrders()).number("instrumentId", book.instrumentId()).endObject();
        }
        json.endArray();
    }

    void writeText(final TextOutput text)
    {
        if (instruments.isEmpty())
        {
            return;
        }
        final InstrumentNames names =
            new InstrumentNames(instruments.stream().map(InstrumentSummary::symbol).toList());
        final List<List<String>> rows = new ArrayList<>();
        for (final InstrumentSummary book :
            instruments.subList(0, Math.min(MOST_INSTRUMENTS, instruments.size())))
        {
            rows.add(List.of(names.name(book.symbol(), book.instrumentId()), book.kind(),
                Formats.price(book.bestBid(), book.priceExponent()),
                Formats.price(book.bestAsk(), book.priceExponent()), Formats.count(book.bidLevels()),
                Formats.count(book.askLevels()), Formats.count(book.liveOrders())));
        }
        text.heading("Books at the end" + (run.isPresent() ? " of run " + run.getAsLong() : "")).table(
            List.of("instrument", "kind", "best bid", "best ask", "bid levels", "ask levels", "live orders"), rows);
        if (instruments.size() > MOST_INSTRUMENTS)
        {
            text.line("  and " + Formats.count(instruments.size() - MOST_INSTRUMENTS) + " more, see ringtape book");
        }
    }
}
