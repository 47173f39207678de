package io.ringtape.cli.report;

import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;

/**
 * What passed the handlers, whether it was recorded or replayed, and how fast.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param counts of the events.
 * @param span   that they go over.
 * @param hashes of events, outputs and books.
 * @param books  at the end.
 * @param cost   in time, room and memory.
 */
public record RunSummary(
    EventCounts counts, EventSpan span, SessionHashes hashes, FinalBooks books, SessionCost cost)
{
    /**
     * How many events passed.
     *
     * @return 0 or more.
     */
    public long events()
    {
        return counts.events();
    }

    /**
     * The rate.
     *
     * @return events a second, rounded.
     */
    public long eventsPerSecond()
    {
        return cost.eventsPerSecond(counts.events());
    }

    /**
     * How many events of how many instruments, and how fast.
     *
     * @return for example {@code 9 events of 1 instrument in 2.0 ms, 4,500 events/s}.
     */
    String headline()
    {
        return Formats.count(counts.events(), "event") + " of " + Formats.count(counts.instruments(), "instrument") +
            " in " + rate();
    }

    String rate()
    {
        return Formats.duration(cost.elapsedNs()) + ", " + Formats.count(eventsPerSecond()) + " events/s";
    }

    /**
     * Writes the keys that scripts rely on, and then those for a closer look.
     *
     * @param json to write to.
     */
    public void writeJson(final JsonOutput json)
    {
        final BookCounts bookCounts = books.counts();
        json.number("events", counts.events())
            .number("instruments", counts.instruments())
            .number("firstSequence", span.firstSequence())
            .number("lastSequence", span.lastSequence())
            .number("orders", counts.orders())
            .number("rejects", counts.rejects());
        hashes.writeJson(json);
        json.number("unknownOrders", bookCounts.unknownOrders())
            .number("liveOrders", books.liveOrders())
            .number("eventEnds", bookCounts.eventEnds())
            .number("crossedEventEnds", bookCounts.crossedEventEnds());
        cost.writeJson(json, counts.events());
        bookCounts.writeFaults(json);
        span.writeTimes(json);
        counts.writeTypes(json);
        books.writeJson(json);
    }

    /**
     * Writes what a person wants to see behind the first line of a report.
     *
     * @param text to write to.
     * @param done what was done with the events, for example {@code recorded}.
     */
    public void writeText(final TextOutput text, final String done)
    {
        writeText(text, done, "", "");
    }

    /**
     * Writes what a person wants to see behind the first line of a replay whose outputs are others than those on tape:
     * each count and each hash says whose it is.
     *
     * @param text to write to.
     */
    void writeDiffering(final TextOutput text)
    {
        writeText(text, "replayed", " (recorded)", " (replayed)");
    }

    private void writeText(final TextOutput text, final String done, final String ofTape, final String ofHandlers)
    {
        span.writeText(text);
        cost.writeTape(text, done);
        counts.writeOrders(text, ofTape);
        books.counts().writeText(text, books.liveOrders());
        cost.writeHeap(text);
        hashes.writeText(text, ofTape, ofHandlers);
        counts.writeTypes(text, ofTape);
        books.writeText(text);
    }
}
