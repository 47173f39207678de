package io.ringtape.cli.session;

import io.ringtape.book.Books;
import io.ringtape.book.OrderBook;
import io.ringtape.cli.report.CheckCount;
import io.ringtape.cli.report.EventCounts;
import io.ringtape.cli.report.EventSpan;
import io.ringtape.cli.report.FinalBooks;
import io.ringtape.cli.report.InstrumentSummary;
import io.ringtape.cli.report.RunSummary;
import io.ringtape.cli.report.SessionHashes;
import io.ringtape.cli.report.TypeCount;
import io.ringtape.cli.tape.TapeBytes;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.Side;
import io.ringtape.journal.Tape;
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

    static RunSummary of(
        final SessionStatistics statistics, final RunTotals totals, final Definitions definitions, final Books books,
        final SessionHashes hashes, final long elapsedNs, final Tape tape)
    {
        final EventCounts counts = new EventCounts(statistics.eventCount(), TypeCount.of(statistics::count),
            totals.instruments(), statistics.count(EventType.OWN_NEW), statistics.count(EventType.OWN_REJECTED),
            CheckCount.of(statistics::rejects));
        final boolean timed = statistics.firstEventTimeNs() <= statistics.lastEventTimeNs();
        final EventSpan span = new EventSpan(statistics.firstSequence(), statistics.lastSequence(),
            timed ? OptionalLong.of(statistics.firstEventTimeNs()) : OptionalLong.empty(),
            timed ? OptionalLong.of(statistics.lastEventTimeNs()) : OptionalLong.empty());
        return new RunSummary(counts, span, hashes,
            new FinalBooks(totals.bookCounts(), books.liveOrders(), books(definitions, books), totals.lastOfSeveral()),
            TapeBytes.cost(tape, span.firstSequence(), span.lastSequence(), elapsedNs));
    }

    private static List<InstrumentSummary> books(final Definitions definitions, final Books books)
    {
        final List<InstrumentSummary> summaries = new ArrayList<>();
        for (int id = 0; id < definitions.instrumentCount(); id++)
        {
            final InstrumentDefinition definition = definitions.instrument(id);
            final OrderBook book = books.book(id);
            summaries.add(new InstrumentSummary(id, definition.symbol(), definition.bookKind().name(),
                book.bestBid(), book.bestAsk(), definition.priceExponent(), book.levelCount(Side.BID),
                book.levelCount(Side.ASK), book.liveOrders(), definition.tickSize() > 0));
        }
        return summaries;
    }
}
