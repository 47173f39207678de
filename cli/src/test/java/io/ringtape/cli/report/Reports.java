package io.ringtape.cli.report;

import io.ringtape.cli.TestConsole;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Examples of reports, and what they write.
 * <p>
 * Thread safety: none; one test.
 * Allocation: as it needs.
 */
public final class Reports
{
    public static final RunSummary RUN = new RunSummary(
        new EventCounts(
            1_036_544,
            TypeCount.of((code) -> switch (code)
            {
                case EventType.ORDER_ADD -> 1_000_000;
                case EventType.TRADE -> 32_296;
                case EventType.OWN_NEW -> 4_211;
                case EventType.OWN_REJECTED -> 37;
                default -> 0;
            }),
            2, 4_211, 37, List.of(new CheckCount("price-collar", 7), new CheckCount("message-rate", 30))),
        new EventSpan(0, 1_036_543, OptionalLong.of(1_340_285_400_017_459_617L),
            OptionalLong.of(1_340_308_799_913_000_000L)),
        new SessionHashes(0x1234L, -1L, 0xABCDEF0123456789L),
        books(new BookCounts(3, 5, 4, 0, Optional.empty(), 185, 2), "ESM4", OptionalLong.empty()),
        new SessionCost(312_000_000L, 66_338_816, 66_500_000, 98_000_000));

    public static final RunSummary NOTHING = new RunSummary(
        new EventCounts(0, List.of(), 0, 0, 0, List.of()), EventSpan.NONE, new SessionHashes(0, 0, 0),
        new FinalBooks(BookCounts.NOTHING, 0, List.of(), OptionalLong.empty()), new SessionCost(0, 0, 0, 0));

    private Reports()
    {
    }

    static RunSummary ofSeveralRuns(final long lastRun)
    {
        return with(books(RUN.books().counts(), "ESM4", OptionalLong.of(lastRun)));
    }

    /** A run whose books refused two events. */
    static RunSummary withRefusals()
    {
        return with(books(new BookCounts(3, 5, 4, 2, Optional.of("event has no price: sequence=7"), 185, 2), "ESM4",
            OptionalLong.empty()));
    }

    /** A run with two instruments of one symbol. */
    static RunSummary withOneSymbol()
    {
        return with(books(RUN.books().counts(), "AMZN", OptionalLong.empty()));
    }

    private static RunSummary with(final FinalBooks books)
    {
        return new RunSummary(RUN.counts(), RUN.span(), RUN.hashes(), books, RUN.cost());
    }

    private static FinalBooks books(final BookCounts counts, final String second, final OptionalLong run)
    {
        return new FinalBooks(counts, 13_598, List.of(
            new InstrumentSummary(0, "AMZN", "MBP", 220_670_000_000L, 220_830_000_000L, -9, 5, 5, 0, true),
            new InstrumentSummary(
                1, second, "MBO", OrderBookEvent.NULL_PRICE, 5_216_250_000_000L, -9, 0, 812, 13_598, true)), run);
    }

    public static String json(final Report report)
    {
        final TestConsole console = new TestConsole();
        try (JsonOutput json = new JsonOutput(console.console().out()))
        {
            report.writeJson(json);
            json.end();
        }
        return console.out();
    }

    public static String text(final Report report)
    {
        final TestConsole console = new TestConsole();
        report.writeText(new TextOutput(console.console().out()));
        return console.out();
    }
}
