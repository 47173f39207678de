package io.ringtape.cli.session;

import io.ringtape.book.Books;
import io.ringtape.cli.tape.InstrumentCount;
import io.ringtape.event.Definitions;
import java.util.OptionalLong;

/**
 * What the books of each run counted, summed over runs; what they saw before the range of a replay is left out.
 */
final class RunTotals
{
    private final InstrumentCount instruments = new InstrumentCount();
    private long unknownOrders;
    private long eventEnds;
    private long crossedEventEnds;
    private long lastRunId;
    private int runCount;

    /**
     * What books have counted so far.
     *
     * @param unknownOrders    see {@link Books#unknownOrders()}.
     * @param eventEnds        see {@link Books#eventEnds()}.
     * @param crossedEventEnds see {@link Books#crossedEventEnds()}.
     */
    record Mark(long unknownOrders, long eventEnds, long crossedEventEnds)
    {
        /** Of books that have seen nothing. */
        static final Mark NOTHING = new Mark(0, 0, 0);

        static Mark of(final Books books)
        {
            return new Mark(books.unknownOrders(), books.eventEnds(), books.crossedEventEnds());
        }
    }

    /**
     * Adds a run that has ended.
     *
     * @param runId       of the run.
     * @param definitions of the run.
     * @param books       at its end.
     * @param before      what the books had counted before the range.
     */
    void add(final long runId, final Definitions definitions, final Books books, final Mark before)
    {
        instruments.add(definitions);
        unknownOrders += books.unknownOrders() - before.unknownOrders();
        eventEnds += books.eventEnds() - before.eventEnds();
        crossedEventEnds += books.crossedEventEnds() - before.crossedEventEnds();
        lastRunId = runId;
        runCount++;
    }

    int instruments()
    {
        return instruments.count();
    }

    long unknownOrders()
    {
        return unknownOrders;
    }

    long eventEnds()
    {
        return eventEnds;
    }

    long crossedEventEnds()
    {
        return crossedEventEnds;
    }

    /** The last run, where there are several. */
    OptionalLong lastOfSeveral()
    {
        return runCount > 1 ? OptionalLong.of(lastRunId) : OptionalLong.empty();
    }
}
