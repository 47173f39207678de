package io.ringtape.cli.session;

import io.ringtape.book.Books;
import io.ringtape.book.OrderBook;
import io.ringtape.cli.platform.Heap;
import io.ringtape.cli.report.CheckCount;
import io.ringtape.cli.report.InstrumentSummary;
import io.ringtape.cli.report.RunSummary;
import io.ringtape.cli.report.TypeCount;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Makes the report of a session from what its handlers hold at the end.
 */
final class Summaries
{
    private Summaries()
    {
    }

    /**
     * The three hashes of a session.
     *
     * @param events  over the input events.
     * @param outputs over the own events.
     * @param books   over the books at the end.
     */
    record Hashes(long events, long outputs, long books)
    {
    }

    static RunSummary of(
        final SessionStatistics statistics, final RunTotals totals, final Definitions definitions, final Books books,
        final Hashes hashes, final long elapsedNs, final long journalBytes)
    {
        final boolean timed = statistics.firstEventTimeNs() <= statistics.lastEventTimeNs();
        return new RunSummary(
            statistics.eventCount(),
            TypeCount.of(statistics::count),
            totals.instruments(),
            statistics.firstSequence(),
            statistics.lastSequence(),
            timed ? OptionalLong.of(statistics.firstEventTimeNs()) : OptionalLong.empty(),
            timed ? OptionalLong.of(statistics.lastEventTimeNs()) : OptionalLong.empty(),
            statistics.count(EventType.OWN_NEW),
            statistics.count(EventType.OWN_REJECTED),
            CheckCount.of(statistics::rejects),
            hashes.events(),
            hashes.outputs(),
            hashes.books(),
            totals.bookCounts(),
            books.liveOrders(),
            elapsedNs,
            journalBytes,
            Heap.maxUsedBytes(),
            books(definitions, books),
            totals.lastOfSeveral());
    }

    private static List<InstrumentSummary> books(final Definitions definitions, final Books books)
    {
        final List<InstrumentSummary> summaries = new ArrayList<>();
        for (int id = 0; id < definitions.instrumentCount(); id++)
        {
            final InstrumentDefinition definition = definitions.instrument(id);
            final OrderBook book = books.book(id);
            summaries.add(new InstrumentSummary(definition.symbol(), definition.bookKind().name(), book.bestBid(),
                book.bestAsk(), definition.priceExponent(), book.levelCount(Side.BID), book.levelCount(Side.ASK),
                book.liveOrders()));
        }
        return summaries;
    }
}
