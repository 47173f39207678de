package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.book.OrderBook;
import io.ringtape.cli.capture.CaptureFiles;
import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.event.SourceDefinition;
import io.ringtape.order.OrderSender;
import io.ringtape.strategy.Strategy;
import io.ringtape.strategy.StrategyParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a reader of a backtest's summary and page sees of it: which it was, and charts that can be read. */
@Timeout(30)
final class BacktestReportTest
{
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long DAY_2012_NS = 1_340_285_400 * SECOND_NS;
    private static final long DAY_2024_NS = 1_715_126_400 * SECOND_NS;
    private static final List<String> AROUND_ZERO = List.of("-1.0", "-0.5", "0.0", "0.5", "1.0");
    private static final String LEFT = "84";
    private static final String RIGHT = "944";

    private final TestTapes tapes = new TestTapes(BacktestReportTest.class);
    private final Path page = tapes.directory().resolveSibling("page.html");

    @AfterEach
    void remove()
    {
        IoUtil.delete(tapes.directory().getParent().toFile(), true);
    }

    @Test
    void shouldHaveAxesToReadWhereNothingWasTraded() throws IOException
    {
        final Path capture = Files.write(
            tapes.directory().resolveSibling("a.dbn"), CaptureFiles.dbn(0, 5, 1));
        assertEquals(0, CommandRun.of("record", tapes.directory(), capture.toString()).exitCode());

        run("--strategy", Buyer.class.getName(), "--out", page.toString());

        assertEquals(AROUND_ZERO, labels("profit and drawdown"));
    }

    @Test
    void shouldHaveAxesToReadWhereAPositionStaysFlat() throws IOException
    {
        record(DAY_2024_NS);

        run("--out", page.toString());

        assertEquals(AROUND_ZERO, labels("profit and drawdown"));
        assertEquals(AROUND_ZERO, labels("position in ONE"));
    }

    @Test
    void shouldNameTapeStrategyAndParameters() throws IOException
    {
        record(DAY_2024_NS);
        final Path params = Files.writeString(
            tapes.directory().resolveSibling("params.json"), "{\"max-lots\": 9, \"lots\": 2}");

        final String json = run("--json", "--params", params.toString());
        final String text = run("--params", params.toString(), "--out", page.toString());

        assertTrue(json.contains("\"journal\":\"" + tapes.directory() + "\",\"strategy\":\"MarketMaker\"," +
            "\"parameters\":{\"lots\":\"2\",\"max-lots\":\"9\"},"), json);
        assertTrue(text.matches("(?s).*\n  journal +" + tapes.directory() + "\n  strategy +MarketMaker with lots=2, " +
            "max-lots=9\n  queue .*"), text);
        final String models = Files.readString(page);
        assertTrue(models.contains("<p class=\"quiet\">Tape: " + tapes.directory() +
            ". Strategy: MarketMaker with lots=2, max-lots=9. Queue: "), models);
    }

    @Test
    void shouldSayWhichParametersAreInForceWhereNoneWereGiven()
    {
        record(DAY_2024_NS);

        final String json = run("--json");
        final String text = run();

        assertTrue(json.contains(
            ",\"strategy\":\"MarketMaker\",\"parameters\":{\"lots\":\"1\",\"max-lots\":\"5\"},"), json);
        assertTrue(text.matches("(?s).*\n  strategy +MarketMaker with lots=1, max-lots=5\n.*"), text);
    }

    @Test
    void shouldSayThatABookByPriceHasAnotherQueueModelThanWasAskedFor()
    {
        record(DAY_2024_NS);

        final String text = run("--queue", "exact-by-order-id");

        assertTrue(text.matches("(?s).*\n  queue +pessimistic; exact-by-order-id was asked for, and a book by price " +
            "has no order ids\n.*"), text);
    }

    @Test
    void shouldSayTheRunOfEachRowWhereThereAreSeveral()
    {
        record(DAY_2024_NS);
        final String one = run("--strategy", Buyer.class.getName());
        record(DAY_2024_NS);
        final String two = run("--strategy", Buyer.class.getName());

        assertTrue(one.matches("(?s).*\n  instrument +fills .*\n  ONE +1 .*"), one);
        assertTrue(two.matches("(?s).*\n  instrument +run +fills .*\n  ONE +1 +1 .*\n  ONE +2 +1 .*"), two);
    }

    @Test
    void shouldDrawEachRunOverItsOwnTime() throws IOException
    {
        record(DAY_2024_NS);
        record(DAY_2024_NS);
        record(DAY_2012_NS);

        run("--strategy", Buyer.class.getName(), "--out", page.toString());

        for (final String line : List.of("price", "position"))
        {
            final List<String> paths = all("class=\"" + line + "\" d=\"([^\"]*)\"");
            assertEquals(3, paths.size());
            for (final String path : paths)
            {
                assertTrue(path.startsWith("M" + LEFT + " ") && path.contains("L" + RIGHT + " "), path);
            }
        }
        // Ten seconds a run; a third of the width of the profit's chart each.
        final List<String> places = places(all("class=\"pnl\" d=\"([^\"]*)\"").get(0));
        assertEquals(LEFT, places.get(0));
        assertEquals(RIGHT, places.get(places.size() - 1));
        assertTrue(places.containsAll(List.of("227.3", "370.7", "514", "657.3", "800.7")), places::toString);
        assertEquals(List.of("370.7", "657.3"), all("class=\"run\" d=\"M([^ ]*) "));
        assertEquals(List.of("run 1, 2024-05-08", "run 2, 2024-05-08", "run 3, 2012-06-21"),
            all(">(run [^<]*)</text>"));
    }

    @Test
    void shouldMarkNoRunWhereThereIsOne() throws IOException
    {
        record(DAY_2024_NS);

        run("--strategy", Buyer.class.getName(), "--out", page.toString());

        assertEquals(List.of(), all("(class=\"run\")"));
        assertEquals(List.of(), all(">(run [^<]*)</text>"));
        final List<String> places = places(all("class=\"pnl\" d=\"([^\"]*)\"").get(0));
        assertEquals(List.of(LEFT, RIGHT), List.of(places.get(0), places.get(places.size() - 1)));
    }

    /** A run of ten seconds in which one who buys at once makes a profit in the middle. */
    private void record(final long startNs)
    {
        final Definitions definitions = new Definitions();
        definitions.add(new SourceDefinition(0, SourceDefinition.Kind.FEED, "venue", 0, 0, 0));
        definitions.add(new InstrumentDefinition(0, "ONE", 0, -2, 0, BookKind.MBP, 0, 1, 1, 1));
        tapes.record(definitions, (events) ->
        {
            level(events, startNs, Side.ASK, 10_010, 50);
            level(events, startNs, Side.BID, 9_990, 50);
            level(events, startNs + 5 * SECOND_NS, Side.BID, 10_000, 50);
            level(events, startNs + 10 * SECOND_NS, Side.BID, 10_000, 0);
        });
    }

    private static void level(
        final EventBatch events, final long timeNs, final int side, final long price, final long quantity)
    {
        events.append().type(EventType.LEVEL_SET).eventTimeNs(timeNs).receiveTimeNs(timeNs)
            .flags(side | EventFlags.LAST).price(price).quantity(quantity);
    }

    private String run(final String... args)
    {
        final CommandRun run = CommandRun.of("backtest", tapes.directory(), args);
        assertEquals(0, run.exitCode(), run.err());
        return run.out();
    }

    /** What stands at the axis of values of a chart. */
    private List<String> labels(final String chart) throws IOException
    {
        final String shown = Files.readString(page);
        final int start = shown.indexOf("aria-label=\"" + chart + "\"");
        assertTrue(start > 0, chart);
        return all("text-anchor=\"end\"[^>]*>([^<]*)</text>", shown.substring(start, shown.indexOf("</svg>", start)));
    }

    private List<String> all(final String pattern) throws IOException
    {
        return all(pattern, Files.readString(page));
    }

    private static List<String> all(final String pattern, final String text)
    {
        return Pattern.compile(pattern).matcher(text).results().map((found) -> found.group(1)).toList();
    }

    private static List<String> places(final String path)
    {
        return all("[ML]([-\\d.]+) ", path);
    }

    /** Buys one unit at the first book that has two sides. */
    public static final class Buyer implements Strategy
    {
        private boolean bought;

        /**
         * A buyer without a position.
         *
         * @param definitions of no use.
         * @param parameters  none.
         */
        public Buyer(final Definitions definitions, final StrategyParameters parameters)
        {
            // One unit, whatever the instrument.
        }

        @Override
        public void onEvent(final OrderBookEvent event, final OrderBook book, final OrderSender sender)
        {
            if (!bought && book.isTwoSided())
            {
                bought = true;
                sender.newLimit(book.instrumentId(), Side.BID, book.bestAsk(), 1);
            }
        }
    }
}
