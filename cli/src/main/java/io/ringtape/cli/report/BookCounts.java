package io.ringtape.cli.report;

import io.ringtape.book.Books;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;
import java.util.Optional;

/**
 * What books counted while events were applied to them.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param unknownOrders    see {@link Books#unknownOrders()}.
 * @param overReduces      see {@link Books#overReduces()}.
 * @param duplicateAdds    see {@link Books#duplicateAdds()}.
 * @param refusedEvents    see {@link Books#refusedEvents()}.
 * @param firstRefusal     see {@link Books#firstRefusal()}; empty also where the first of these is not known.
 * @param eventEnds        see {@link Books#eventEnds()}.
 * @param crossedEventEnds see {@link Books#crossedEventEnds()}.
 */
public record BookCounts(
    long unknownOrders, long overReduces, long duplicateAdds, long refusedEvents, Optional<String> firstRefusal,
    long eventEnds, long crossedEventEnds)
{
    /** Of books that have seen nothing. */
    public static final BookCounts NOTHING = new BookCounts(0, 0, 0, 0, Optional.empty(), 0, 0);

    /**
     * What books have counted so far.
     *
     * @param books to ask.
     * @return their counts.
     */
    public static BookCounts of(final Books books)
    {
        return new BookCounts(books.unknownOrders(), books.overReduces(), books.duplicateAdds(),
            books.refusedEvents(), books.firstRefusal(), books.eventEnds(), books.crossedEventEnds());
    }

    /**
     * What was counted after an earlier look at the same books. Books keep their first refusal only, so where one came
     * before, the first one since is not known.
     *
     * @param earlier what they had counted then.
     * @return the difference.
     */
    public BookCounts since(final BookCounts earlier)
    {
        return new BookCounts(unknownOrders - earlier.unknownOrders, overReduces - earlier.overReduces,
            duplicateAdds - earlier.duplicateAdds, refusedEvents - earlier.refusedEvents,
            earlier.refusedEvents == 0 ? firstRefusal : Optional.empty(), eventEnds - earlier.eventEnds,
            crossedEventEnds - earlier.crossedEventEnds);
    }

    /**
     * These and what other books counted later.
     *
     * @param later of a later run.
     * @return the sum.
     */
    public BookCounts plus(final BookCounts later)
    {
        return new BookCounts(unknownOrders + later.unknownOrders, overReduces + later.overReduces,
            duplicateAdds + later.duplicateAdds, refusedEvents + later.refusedEvents,
            refusedEvents == 0 ? later.firstRefusal : firstRefusal, eventEnds + later.eventEnds,
            crossedEventEnds + later.crossedEventEnds);
    }

    /**
     * What a user must know who trusts the books.
     *
     * @return one line; empty if no event was refused.
     */
    public String warning()
    {
        return refusedEvents == 0 ? "" : "books refused events and may be wrong: refusedEvents=" + refusedEvents +
            firstRefusal.map((first) -> "; first: " + first).orElse("");
    }

    /** Whether the books met an event that they could not apply as it is. */
    boolean areFaulty()
    {
        return unknownOrders + overReduces + duplicateAdds + refusedEvents > 0;
    }

    /** Writes those that scripts have not relied on from the start. */
    void writeFaults(final JsonOutput json)
    {
        json.number("overReduces", overReduces).number("duplicateAdds", duplicateAdds)
            .number("refusedEvents", refusedEvents);
        if (firstRefusal.isPresent())
        {
            json.text("firstRefusal", firstRefusal.get());
        }
        else
        {
            json.absent("firstRefusal");
        }
    }

    void writeText(final TextOutput text, final long liveOrders)
    {
        text.pair("venue events", Formats.count(eventEnds) + " ended, " + Formats.count(crossedEventEnds) +
                " of them with a crossed book")
            .pair("orders", Formats.count(liveOrders) + " live, " + orders());
        writeRefused(text);
    }

    void writeFaults(final TextOutput text)
    {
        text.pair("orders", orders());
        writeRefused(text);
    }

    private String orders()
    {
        return Formats.count(unknownOrders) + " unknown, " + Formats.count(duplicateAdds) + " added twice, " +
            Formats.count(overReduces) + " reduced too far";
    }

    private void writeRefused(final TextOutput text)
    {
        text.pair("refused", Formats.count(refusedEvents, "event") + " by the books" +
            firstRefusal.map((first) -> ", first: " + first).orElse(""));
    }
}
