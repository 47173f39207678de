package io.ringtape.cli.report;

import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What passed the handlers, whether it was recorded or replayed, and how fast.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param events              all of the run, own ones included.
 * @param eventsByType        how many of each type, see {@link TypeCount#of}.
 * @param instruments         distinct ones, of all runs.
 * @param firstSequence       -1 without events.
 * @param lastSequence        -1 without events.
 * @param firstEventTimeNs    the earliest; empty without events.
 * @param lastEventTimeNs     the latest; empty without events.
 * @param orders              own orders that passed the risk gate.
 * @param rejects             own orders that it rejected.
 * @param rejectsByCheck      how many each check rejected, see {@link CheckCount#of}.
 * @param eventHash           over the input events.
 * @param outputHash          over the own events.
 * @param bookHash            over the books at the end of the last run.
 * @param bookCounts          of the books of all runs.
 * @param liveOrders          in all books at the end of the last run.
 * @param elapsedNs           from the first event to the last.
 * @param journalBytes        by how much a recording made the tape longer; in a replay the length of the whole tape,
 *                            also where a part of it was replayed.
 * @param maxHeapBytes        the largest heap in use.
 * @param books               at the end of the last run, in order of definition.
 * @param booksOfRun          the last run, where there are several.
 */
public record RunSummary(
    long events,
    List<TypeCount> eventsByType,
    int instruments,
    long firstSequence,
    long lastSequence,
    OptionalLong firstEventTimeNs,
    OptionalLong lastEventTimeNs,
    long orders,
    long rejects,
    List<CheckCount> rejectsByCheck,
    long eventHash,
    long outputHash,
    long bookHash,
    BookCounts bookCounts,
    long liveOrders,
    long elapsedNs,
    long journalBytes,
    long maxHeapBytes,
    List<InstrumentSummary> books,
    OptionalLong booksOfRun)
{
    private static final int MOST_INSTRUMENTS = 20;

    /**
     * Makes the lists its own.
     */
    public RunSummary
    {
        eventsByType = List.copyOf(eventsByType);
        rejectsByCheck = List.copyOf(rejectsByCheck);
        books = List.copyOf(books);
    }

    /**
     * The rate.
     *
     * @return events a second, rounded.
     */
    public long eventsPerSecond()
    {
        return Formats.perSecond(events, elapsedNs);
    }

    /**
     * Writes the keys that scripts rely on, and then those for a closer look.
     *
     * @param json to write to.
     */
    public void writeJson(final JsonOutput json)
    {
        json.number("events", events)
            .number("instruments", instruments)
            .number("firstSequence", firstSequence)
            .number("lastSequence", lastSequence)
            .number("orders", orders)
            .number("rejects", rejects)
            .hash("eventHash", eventHash)
            .hash("outputHash", outputHash)
            .hash("bookHash", bookHash)
            .number("unknownOrders", bookCounts.unknownOrders())
            .number("liveOrders", liveOrders)
            .number("eventEnds", bookCounts.eventEnds())
            .number("crossedEventEnds", bookCounts.crossedEventEnds())
            .seconds("seconds", elapsedNs)
            .number("eventsPerSecond", eventsPerSecond())
            .number("journalBytes", journalBytes)
            .number("maxHeapBytes", maxHeapBytes);
        bookCounts.writeFaults(json);
        time(json, "firstEventTime", firstEventTimeNs);
        time(json, "lastEventTime", lastEventTimeNs);
        json.startObject("eventsByType");
        for (final TypeCount type : eventsByType)
        {
            json.number(type.type(), type.count());
        }
        json.endObject();
        CheckCount.writeJson(json, rejectsByCheck);
        json.startArray("books");
        for (final InstrumentSummary book : books)
        {
            writeBook(json, book);
        }
        json.endArray();
    }

    /**
     * Writes what a person wants to see behind the first line of a report.
     *
     * @param text to write to.
     */
    public void writeText(final TextOutput text)
    {
        text.pair("sequences", events == 0 ? Formats.NONE : span(firstSequence, lastSequence));
        if (firstEventTimeNs.isPresent() && lastEventTimeNs.isPresent())
        {
            final long fromNs = firstEventTimeNs.getAsLong();
            final long toNs = lastEventTimeNs.getAsLong();
            text.pair("event times", Formats.time(fromNs) + " to " + Formats.time(toNs))
                .pair("", Formats.duration(toNs - fromNs));
        }
        text.pair("tape", Formats.bytes(journalBytes))
            .pair("own orders", Formats.count(orders) + " sent, " + Formats.count(rejects) + " rejected by risk");
        if (!rejectsByCheck.isEmpty())
        {
            text.pair("rejects by", CheckCount.text(rejectsByCheck));
        }
        bookCounts.writeText(text, liveOrders);
        text.pair("largest heap", Formats.bytes(maxHeapBytes))
            .pair("event hash", Formats.hash(eventHash))
            .pair("output hash", Formats.hash(outputHash))
            .pair("book hash", Formats.hash(bookHash));
        writeTypes(text);
        writeBooks(text);
    }

    private void writeTypes(final TextOutput text)
    {
        final List<List<String>> rows = new ArrayList<>();
        for (final TypeCount type : eventsByType)
        {
            rows.add(List.of(type.type(), Formats.count(type.count()), Formats.percent(type.count(), events)));
        }
        if (!rows.isEmpty())
        {
            text.heading("Events by type").table(List.of("type", "events", "share"), rows);
        }
    }

    private void writeBooks(final TextOutput text)
    {
        if (books.isEmpty())
        {
            return;
        }
        final List<List<String>> rows = new ArrayList<>();
        for (final InstrumentSummary book : books.subList(0, Math.min(MOST_INSTRUMENTS, books.size())))
        {
            rows.add(List.of(book.symbol(), book.kind(), Formats.price(book.bestBid(), book.priceExponent()),
                Formats.price(book.bestAsk(), book.priceExponent()), Formats.count(book.bidLevels()),
                Formats.count(book.askLevels()), Formats.count(book.liveOrders())));
        }
        text.heading("Books at the end" +
            (booksOfRun.isPresent() ? " of run " + booksOfRun.getAsLong() : "")).table(
            List.of("instrument", "kind", "best bid", "best ask", "bid levels", "ask levels", "live orders"), rows);
        if (books.size() > MOST_INSTRUMENTS)
        {
            text.line("  and " + Formats.count(books.size() - MOST_INSTRUMENTS) + " more, see ringtape book");
        }
    }

    private static void writeBook(final JsonOutput json, final InstrumentSummary book)
    {
        json.startObject().text("symbol", book.symbol()).text("kind", book.kind());
        price(json, "bestBid", book.bestBid(), book.priceExponent());
        price(json, "bestAsk", book.bestAsk(), book.priceExponent());
        json.number("bidLevels", book.bidLevels()).number("askLevels", book.askLevels())
            .number("liveOrders", book.liveOrders()).endObject();
    }

    private static void price(final JsonOutput json, final String key, final long price, final int exponent)
    {
        final String text = Formats.price(price, exponent);
        if (text.equals(Formats.NONE))
        {
            json.absent(key);
        }
        else
        {
            json.text(key, text);
        }
    }

    private static void time(final JsonOutput json, final String key, final OptionalLong timeNs)
    {
        if (timeNs.isPresent())
        {
            json.time(key, timeNs.getAsLong());
        }
        else
        {
            json.absent(key);
        }
    }

    private static String span(final long from, final long to)
    {
        return Formats.count(from) + " to " + Formats.count(to);
    }
}
