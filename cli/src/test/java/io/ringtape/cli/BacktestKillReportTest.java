package io.ringtape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.book.OrderBook;
import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.event.SourceDefinition;
import io.ringtape.order.OrderSender;
import io.ringtape.strategy.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A backtest that its gate stopped says so, in its summary, as JSON and on its page. */
@Timeout(30)
final class BacktestKillReportTest
{
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long START_NS = 1_715_126_400 * SECOND_NS;
    private static final String KILL = "kill all reason=stale instrument=A&B";
    private static final String REST = "1 order rejected as killed; " +
        "1 open order: 0 cancelled, 0 filled, 1 left open; 0 later fills";

    private final TestTapes tapes = new TestTapes(BacktestKillReportTest.class);
    private final Path page = tapes.directory().resolveSibling("page.html");

    @AfterEach
    void remove()
    {
        IoUtil.delete(tapes.directory().getParent().toFile(), true);
    }

    @Test
    void shouldSayWhenAndWhyItWasStopped() throws IOException
    {
        record();

        final String text = run("--limits", limits(), "--out", page.toString());

        final String line = KILL + ", tape sequence 2, 2024-05-08T00:00:06.000000000Z; " + REST;
        assertTrue(text.matches("(?s).*\n  rejects by +killed 1\n  stopped +" + Pattern.quote(line) + "\n.*"), text);
        final String shown = Files.readString(page);
        assertTrue(shown.contains("<p class=\"down\"><b>Stopped:</b> " + line.replace("&", "&amp;") + "</p>\n"), shown);
        // Six of ten seconds, in the charts of profit, price and position.
        final String mark = "<path class=\"kill\" d=\"M600 12V250\"><title>" + KILL.replace("&", "&amp;") +
            ", 2024-05-08T00:00:06.000000000Z</title></path>";
        assertEquals(3, shown.split(Pattern.quote(mark), -1).length - 1, shown);
        final String name = "<text class=\"kill-name\" text-anchor=\"start\" x=\"604\" y=\"36\">" +
            "stopped: stale A&amp;B</text>";
        assertEquals(3, shown.split(Pattern.quote(mark + name), -1).length - 1, shown);
    }

    @Test
    void shouldSayWhichRunWasStopped() throws IOException
    {
        record();
        record();

        final String json = run("--limits", limits(), "--json");
        final String text = run("--limits", limits(), "--out", page.toString());

        final String time = "\"time\":\"2024-05-08T00:00:06.000000000Z\",\"text\":\"" + KILL +
            "\",\"rejected\":1,\"orders\":" +
            "{\"open\":1,\"cancelled\":0,\"rejected\":0,\"filled\":0,\"fills\":0,\"left\":1}}";
        assertTrue(json.contains(",\"kills\":[{\"run\":1,\"tapeSequence\":2," + time +
            ",{\"run\":2,\"tapeSequence\":6," + time + "],\"unknownTicks\":[],\"instruments\":"), json);
        final String end = ", 2024-05-08T00:00:06.000000000Z; " + REST + "\n";
        assertTrue(text.contains(KILL + ", run 1, tape sequence 2" + end), text);
        assertTrue(text.contains(KILL + ", run 2, tape sequence 6" + end), text);
        final List<String> places = Pattern.compile("class=\"kill\" d=\"M([^ ]*) ").matcher(Files.readString(page))
            .results().map((found) -> found.group(1)).toList();
        assertEquals(List.of("342", "772", "600", "600", "600", "600"), places);
    }

    @Test
    void shouldSayNothingWhereNothingWasStopped() throws IOException
    {
        record();

        final String json = run("--json");
        final String text = run("--out", page.toString());

        assertTrue(json.contains(",\"kills\":[],"), json);
        assertFalse(text.contains("stopped"), text);
        assertFalse(Files.readString(page).contains("class=\"kill\""), "a mark");
    }

    /** Ten seconds, six of which are silent while an order rests. */
    private void record()
    {
        final Definitions definitions = new Definitions();
        definitions.add(new SourceDefinition(0, SourceDefinition.Kind.FEED, "venue", 0, 0, 0));
        definitions.add(new InstrumentDefinition(0, "A&B", 0, -2, 0, BookKind.MBP, 0, 1, 1, 1));
        final long[] seconds = {0, 0, 6, 10};
        final int[] sides = {Side.ASK, Side.BID, Side.BID, Side.ASK};
        tapes.record(definitions, (events) ->
        {
            for (int i = 0; i < seconds.length; i++)
            {
                final long timeNs = START_NS + seconds[i] * SECOND_NS;
                events.append().type(EventType.LEVEL_SET).eventTimeNs(timeNs).receiveTimeNs(timeNs)
                    .flags(sides[i] | EventFlags.LAST).price(sides[i] == Side.BID ? 9_990 - i : 10_010 + i)
                    .quantity(50);
            }
        });
    }

    private String limits() throws IOException
    {
        final String text = LimitsFiles.limits(1, 100, "*");
        return Files.writeString(tapes.directory().resolveSibling("limits.json"),
            text.substring(0, text.length() - 1) + ", \"kill-on\": [\"stale\"], \"stale-ms\": 5000}").toString();
    }

    private String run(final String... args)
    {
        final CommandRun run = CommandRun.of("backtest", tapes.directory(),
            Stream.concat(Stream.of("--strategy", Bidder.class.getName()),
                List.of(args).stream()).toArray(String[]::new));
        assertEquals(0, run.exitCode(), run.err());
        return run.out();
    }

    /** Rests with one more unit at each bid. */
    public static final class Bidder implements Strategy
    {
        /**
         * A bidder without orders.
         *
         * @param definitions of no use.
         */
        public Bidder(final Definitions definitions)
        {
            // One unit, whatever the instrument.
        }

        @Override
        public void onEvent(final OrderBookEvent event, final OrderBook book, final OrderSender sender)
        {
            if (event.type() == EventType.LEVEL_SET && event.side() == Side.BID)
            {
                sender.newLimit(book.instrumentId(), Side.BID, 9_900, 1);
            }
        }
    }
}
