package io.ringtape.cli.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.backtest.BacktestConfig;
import io.ringtape.backtest.BacktestCounts;
import io.ringtape.backtest.BacktestKill;
import io.ringtape.backtest.BacktestMoney;
import io.ringtape.backtest.BacktestResult;
import io.ringtape.backtest.FeeSchedule;
import io.ringtape.backtest.InstrumentResult;
import io.ringtape.backtest.LatencyModel;
import io.ringtape.backtest.QueueModel;
import io.ringtape.cli.report.Reports;
import io.ringtape.event.BookKind;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.journal.TapeEnd;
import io.ringtape.order.KillReason;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class BacktestPageTest
{
    private static final long SECOND_NS = 1_000_000_000L;
    private static final BacktestConfig CONFIG =
        BacktestConfig.of(QueueModel.PESSIMISTIC, LatencyModel.constant(0, 0), FeeSchedule.FREE);
    private static final TapeEnd END = new TapeEnd(TapeEnd.Kind.CLOSED, "");

    @Test
    void shouldSayHowManyRowsAreLeftOut()
    {
        final String page = page(1_201);

        assertEquals(200, rows(page));
        assertTrue(page.contains(
            "<p class=\"quiet\">The 200 with the most fills; 1,001 more are in what --json prints.</p>"), page);
    }

    @Test
    void shouldSayNothingWhereAllRowsAreThere()
    {
        final String page = page(200);

        assertEquals(200, rows(page));
        assertFalse(page.contains("with the most fills"), page);
    }

    @Test
    void shouldShowWhatWasTradedAmongManyThatWereNot()
    {
        final BacktestCounts traded = new BacktestCounts(3, 0, 3, 0, 0, 3, 3, 0, 3, Map.of());
        final BacktestReport report = report(IntStream.range(0, 300)
            .mapToObj((id) -> flat(id, id == 77 || id == 277 ? traded : BacktestCounts.NONE)).toList());

        final String page = BacktestPage.html(report);
        final List<String> lines = Reports.text(report).lines().map(String::strip).toList();

        assertEquals(200, rows(page));
        assertTrue(page.indexOf("<td>S77</td>") < page.indexOf("<td>S277</td>"), page);
        assertTrue(page.contains("<td>S77</td>"), page);
        assertEquals(List.of("S17", "S77", "S277", "and 280 more with the fewest fills, see --json"),
            lines.subList(lines.size() - 4, lines.size()).stream()
                .map((line) -> line.startsWith("S") ? line.substring(0, line.indexOf(' ')) : line).toList());
    }

    @Test
    void shouldDrawWhereThereWereFillsIfThatIsASmallPart()
    {
        final String page = killed(23_400, 12);

        final List<Double> fills = places(page, "class=\"(?:buy|sell)\" d=\"M([^ ]*) ");
        assertEquals(3, fills.size());
        assertTrue(fills.get(0) < 130 && fills.get(1) > 400 && fills.get(1) < 560 && fills.get(2) > 700,
            fills::toString);
        // The chart of profit is there twice: of the whole run, and of the part.
        final List<Double> kills = places(page, "class=\"kill\" d=\"M([^ ]*) ");
        assertEquals(4, kills.size());
        assertTrue(kills.get(0) < 90 && kills.stream().skip(1).allMatch((place) -> place > 880), kills::toString);
        assertEquals(4, page.split(">stopped: gap</text>", -1).length - 1);
        assertEquals(2, page.split("class=\"pnl\"", -1).length - 1);
        final String extent = "1970-01-01T00:00:09.250000000Z to 1970-01-01T00:00:25.750000000Z, 16.5 s of the " +
            "run's 6 h 30 m 0.0 s";
        assertTrue(page.contains("<p class=\"quiet\">Drawn is where there were fills: " + extent +
            "; before and after it there is none.</p>"), page);
        assertTrue(page.contains("<figcaption>the same where there were fills: " + extent + "</figcaption>"), page);
    }

    @Test
    void shouldDrawAllOfARunWhoseFillsAreInAQuarterOfItOrMore()
    {
        final String page = killed(60, 12);

        assertEquals(1, page.split("class=\"pnl\"", -1).length - 1);
        assertFalse(page.contains("Drawn is"), page);
        assertEquals(List.of(227.3, 313.3, 399.3), places(page, "class=\"(?:buy|sell)\" d=\"M([^ ]*) "));
    }

    @Test
    void shouldStartThePositionAtZeroAlsoWhereTheFirstPointHasAFill()
    {
        final String page = killed(60, 12);

        final double first = places(page, "class=\"position\" d=\"M[^ ]* ([^H]*)H").get(0);
        final double second = places(page, "class=\"position\" d=\"M[^L]*L[^ ]* ([^H\"]*)").get(0);
        // Its axis begins at 0.
        final String axis = page.substring(page.indexOf("aria-label=\"position in S0\""));
        assertEquals(first, places(axis, "y=\"([^\"]*)\" dy=\"4\">0(?:\\.0)?</text>").get(0));
        assertTrue(second < first, first + " to " + second);
    }

    private static List<Double> places(final String page, final String pattern)
    {
        return Pattern.compile(pattern).matcher(page).results().map((found) -> Double.valueOf(found.group(1))).toList();
    }

    /** A run with three fills from its tenth second on, and a kill three seconds behind the last. */
    private static String killed(final long seconds, final long tradedSeconds)
    {
        final List<Long> fillNs = List.of(
            10 * SECOND_NS, (10 + tradedSeconds / 2) * SECOND_NS, (10 + tradedSeconds) * SECOND_NS);
        final long killNs = (13 + tradedSeconds) * SECOND_NS;
        final long endNs = seconds * SECOND_NS;
        final List<Long> tradedNs = Stream.concat(fillNs.stream(), Stream.of(killNs)).toList();
        final InstrumentResult one = new InstrumentResult(1, instrument(0), QueueModel.PESSIMISTIC,
            new BacktestCounts(3, 0, 3, 0, 0, 3, 3, 0, 3, Map.of()), BacktestMoney.NONE, 3, 100, 100, 0,
            marks(List.of(0L, endNs)), marks(tradedNs), fillNs.stream().map((ns) ->
                new InstrumentResult.FillPoint(ns, Side.BID, 100, 1, true)).toList());
        return BacktestPage.html(report(new BacktestResult(CONFIG, 1, 9, 9, 0,
            List.of(new BacktestResult.RunSpan(1, 0, endNs)), one.counts(), BacktestMoney.NONE,
            List.of(new BacktestKill(1, 7, killNs, KillReason.GAP, Optional.empty(), 0,
                new BacktestKill.Orders(0, 0, 0, 0, 0))), List.of(one), profits(List.of(0L, endNs)),
            profits(tradedNs), 0, END)));
    }

    private static List<InstrumentResult.MarkPoint> marks(final List<Long> timesNs)
    {
        return timesNs.stream().map((ns) -> new InstrumentResult.MarkPoint(ns, 100, 1)).toList();
    }

    private static List<BacktestResult.PnlPoint> profits(final List<Long> timesNs)
    {
        return timesNs.stream().map((ns) -> new BacktestResult.PnlPoint(ns, 5, 5)).toList();
    }

    private static InstrumentDefinition instrument(final int id)
    {
        return new InstrumentDefinition(id, "S" + id, 0, -9, 0, BookKind.MBP, 0, 1, 1, 1);
    }

    private static BacktestReport report(final BacktestResult result)
    {
        return new BacktestReport(
            Path.of("tape"), "test", Map.of(), result, "none", 0, Optional.empty(), Optional.empty(), "");
    }

    private static int rows(final String page)
    {
        return page.split("<tr><td>", -1).length - 1;
    }

    private static String page(final int instruments)
    {
        return BacktestPage.html(report(
            IntStream.range(0, instruments).mapToObj((id) -> flat(id, BacktestCounts.NONE)).toList()));
    }

    private static InstrumentResult flat(final int id, final BacktestCounts counts)
    {
        return new InstrumentResult(1, instrument(id), QueueModel.PESSIMISTIC, counts, BacktestMoney.NONE, 0,
            OrderBookEvent.NULL_PRICE, OrderBookEvent.NULL_PRICE, 0, List.of(), List.of(), List.of());
    }

    private static BacktestReport report(final List<InstrumentResult> instruments)
    {
        return report(new BacktestResult(CONFIG, 1, 0, 0, 0, List.of(), BacktestCounts.NONE, BacktestMoney.NONE,
            List.of(), instruments, List.of(), List.of(), 0, END));
    }
}
