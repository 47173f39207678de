package io.ringtape.cli.session;

import io.ringtape.book.Books;
import io.ringtape.cli.report.BookCounts;
import io.ringtape.cli.tape.InstrumentCount;
import io.ringtape.event.Definitions;
import java.util.OptionalLong;

/**
 * What the books of each run counted, summed over runs; what they saw before the range of a replay is left out.
 */
final class RunTotals
{
    private final InstrumentCount instruments = new InstrumentCount();
    private BookCounts bookCounts = BookCounts.NOTHING;
    private long lastRunId;
    private int runCount;

    /**
     * Adds a run that has ended.
     *
     * @param runId       of the run.
     * @param definitions of the run.
     * @param books       at its end.
     * @param before      what the books had counted before the range.
     */
    void add(final long runId, final Definitions definitions, final Books books, final BookCounts before)
    {
        instruments.add(definitions);
        bookCounts = bookCounts.plus(BookCounts.of(books).since(before));
        lastRunId = runId;
        runCount++;
    }

    int instruments()
    {
        return instruments.count();
    }

    BookCounts bookCounts()
    {
        return bookCounts;
    }

    /** The last run, where there are several. */
    OptionalLong lastOfSeveral()
    {
        return runCount > 1 ? OptionalLong.of(lastRunId) : OptionalLong.empty();
    }
}
