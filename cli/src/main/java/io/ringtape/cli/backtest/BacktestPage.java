package io.ringtape.cli.backtest;

import io.ringtape.backtest.BacktestCounts;
import io.ringtape.backtest.BacktestKill;
import io.ringtape.backtest.BacktestMoney;
import io.ringtape.backtest.BacktestResult;
import io.ringtape.backtest.BacktestResult.RunSpan;
import io.ringtape.backtest.InstrumentResult;
import io.ringtape.cli.backtest.Plot.Point;
import io.ringtape.cli.output.FileOutput;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.Html;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.order.Saturated;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A backtest as one HTML page that opens from disk: key figures, price with own fills, profit with drawdown, position,
 * and a table. It has no script and refers to nothing outside. The same result makes the same page.
 * <p>
 * Thread safety: stateless.
 * Allocation: text for each point.
 */
final class BacktestPage
{
    private static final int MOST_CHARTS = 8;
    private static final int MOST_ROWS = 200;
    private static final double NANO = 1e-9;
    private static final String STYLE = """
        body{font:15px/1.5 system-ui,sans-serif;color:#1b2733;background:#f5f7f9;margin:0}
        main{max-width:1040px;margin:0 auto;padding:24px 20px 48px}
        h1{font-size:26px;margin:0}h2{font-size:18px;margin:32px 0 8px}p{margin:4px 0}.quiet{color:#5b6b7a}
        .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(200px,1fr));gap:12px;margin:20px 0}
        .tile{background:#fff;border:1px solid #dde3e8;border-radius:8px;padding:10px 14px}
        .tile b{display:block;font-size:20px;font-variant-numeric:tabular-nums}
        .tile span{color:#5b6b7a;font-size:13px}.up{color:#1a7f4b}.down{color:#b3261e}
        figure{background:#fff;border:1px solid #dde3e8;border-radius:8px;margin:0 0 12px;padding:10px 12px}
        figcaption{font-size:13px;color:#5b6b7a}svg{display:block;width:100%;height:auto}
        .grid{stroke:#e6ebef;fill:none}.axis{font-size:11px;fill:#5b6b7a}
        .kill{stroke:#b3261e;stroke-width:1.5;stroke-dasharray:2 3;fill:none}
        .kill-name{font-size:12px;font-weight:600;fill:#b3261e;stroke:#fff;stroke-width:3px;paint-order:stroke}
        .run{stroke:#5b6b7a;stroke-dasharray:4 3;fill:none}
        .price{stroke:#2b5c8a;stroke-width:1.3;fill:none}.pnl{stroke:#1b2733;stroke-width:1.5;fill:none}
        .position{stroke:#7a4fa3;stroke-width:1.3;fill:none}.drawdown{fill:#b3261e;fill-opacity:.18}
        .buy{fill:#1a7f4b;stroke:#fff;stroke-width:.6}.sell{fill:#b3261e;stroke:#fff;stroke-width:.6}
        table{border-collapse:collapse;width:100%;background:#fff;font-variant-numeric:tabular-nums}
        th,td{padding:6px 10px;border-bottom:1px solid #e6ebef;text-align:right}
        th:first-child,td:first-child{text-align:left}th{font-weight:600;color:#5b6b7a}.wide{overflow-x:auto}
        """;

    private final StringBuilder page = new StringBuilder();
    private final BacktestReport report;
    private final BacktestResult result;

    private BacktestPage(final BacktestReport report)
    {
        this.report = report;
        result = report.result();
    }

    /**
     * Writes a page.
     *
     * @param file   that is there afterwards, or as it was if this fails.
     * @param report to show.
     */
    static void write(final Path file, final BacktestReport report)
    {
        try (FileOutput out = FileOutput.open(file))
        {
            final byte[] bytes = new BacktestPage(report).html().getBytes(StandardCharsets.UTF_8);
            out.write(bytes, 0, bytes.length);
            out.complete();
        }
    }

    /** The page as text. */
    static String html(final BacktestReport report)
    {
        return new BacktestPage(report).html();
    }

    private String html()
    {
        page.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/><meta name=\"viewport\" " +
            "content=\"width=device-width,initial-scale=1\"/><title>Backtest of ").append(escape(report.strategy()))
            .append("</title><style>\n").append(STYLE).append("</style></head><body><main>\n");
        page.append("<h1>Backtest of ").append(escape(report.strategy())).append("</h1><p class=\"quiet\">")
            .append(escape(report.span())).append(", ").append(Formats.count(result.events(), "market event"))
            .append("</p>\n");
        tiles();
        report.kills().forEach((kill) ->
            page.append("<p class=\"down\"><b>Stopped:</b> ").append(escape(kill)).append("</p>\n"));
        final String unknownTicks = report.unknownTicks().line();
        if (!unknownTicks.isEmpty())
        {
            page.append("<p class=\"down\"><b>Beware:</b> ").append(escape(unknownTicks)).append("</p>\n");
        }
        page.append("<p>").append(BacktestReport.CAVEAT).append("</p><p class=\"quiet\">Tape: ")
            .append(escape(report.journal().toString())).append(". Strategy: ")
            .append(escape(report.parametrised())).append(". Queue: ")
            .append(escape(report.queues())).append(". Latency: ").append(escape(result.config().latency().describe()))
            .append(". Fees: ").append(escape(result.config().fees().describe())).append(". Limits: ")
            .append(escape(report.limits())).append(". Fill hash ").append(Formats.hash(result.fillHash()))
            .append(".</p>\n");
        profit();
        instruments();
        table();
        rejects();
        return page.append("</main></body></html>\n").toString();
    }

    private void tiles()
    {
        final BacktestMoney money = result.money();
        final BacktestCounts counts = result.counts();
        page.append("<div class=\"tiles\">");
        tile("profit or loss", Formats.money(money.pnlNano()),
            money.pnlNano() > 0 ? "up" : money.pnlNano() < 0 ? "down" : "");
        tile("max drawdown", Formats.money(money.maxDrawdownNano()), "");
        tile("fees", Formats.money(money.feesNano()), "");
        tile("turnover", Formats.money(money.turnover()), "");
        tile("fills, " + Formats.percent(counts.makerFills(), counts.fills()) + " as maker",
            Formats.count(counts.fills()), "");
        tile("orders, " + Formats.count(counts.cancels(), "cancel"), Formats.count(counts.orders()), "");
        tile("rejected", Formats.count(counts.rejected()), "");
        tile("orders and cancels a fill", BacktestReport.orderToTrade(counts), "");
        page.append("</div>\n");
    }

    private void tile(final String name, final String value, final String style)
    {
        page.append("<div class=\"tile\"><b class=\"").append(style).append("\">").append(escape(value))
            .append("</b><span>").append(escape(name)).append("</span></div>");
    }

    private void profit()
    {
        page.append("<h2>Profit and drawdown</h2>\n");
        if (result.chart().isEmpty())
        {
            page.append("<p class=\"quiet\">No events in the range.</p>\n");
            return;
        }
        final List<Point> profit = profits(result.chart());
        final List<Point> drawdown = drawdowns(result.chart());
        final Plot plot = profitPlot("profit and drawdown", result.spans(), profit, drawdown);
        long runNs = 0;
        for (final RunSpan run : result.spans())
        {
            kills(plot, run, run, runNs);
            runNs = Saturated.add(runNs, run.lengthNs());
        }
        figure("profit or loss (line) and how far it is below its highest (area), in the currency, UTC" +
            (several() ? "; each run behind the one before on the tape, whenever it was" : ""), plot.svg());
        if (result.spans().size() == 1)
        {
            tradedProfit(result.spans().get(0), profit, drawdown);
        }
    }

    private void tradedProfit(final RunSpan run, final List<Point> profit, final List<Point> drawdown)
    {
        final List<Point> traded = profits(result.tradedChart());
        TradedPart.of(run, traded).ifPresent((part) -> figure("the same where there were fills: " + extent(part, run),
            kills(profitPlot("profit and drawdown where there were fills", List.of(part.span()),
                part.cut(profit, traded), part.cut(drawdown, drawdowns(result.tradedChart()))), run, part.span(), 0)
                .svg()));
    }

    private static Plot profitPlot(
        final String title, final List<RunSpan> spans, final List<Point> profit, final List<Point> drawdown)
    {
        return new Plot(title, spans, Math.min(0, Math.min(least(profit), least(drawdown))), Math.max(0, most(profit)))
            .area("drawdown", drawdown).line("pnl", profit, false);
    }

    private static List<Point> profits(final List<BacktestResult.PnlPoint> points)
    {
        return points.stream().map((point) -> new Point(point.elapsedNs(), point.pnlNano() * NANO)).toList();
    }

    private static List<Point> drawdowns(final List<BacktestResult.PnlPoint> points)
    {
        return points.stream().map((point) -> new Point(point.elapsedNs(), -point.drawdownNano() * NANO)).toList();
    }

    private static double least(final List<Point> points)
    {
        return points.stream().mapToDouble(Point::value).min().orElse(0);
    }

    private static double most(final List<Point> points)
    {
        return points.stream().mapToDouble(Point::value).max().orElse(0);
    }

    // One that came before the range has stopped the run from its start on.
    private Plot kills(final Plot plot, final RunSpan run, final RunSpan shown, final long shownNs)
    {
        for (final BacktestKill kill : result.kills())
        {
            final long timeNs = Math.max(kill.timeNs(), run.startTimeNs());
            if (kill.runId() == run.runId() && timeNs >= shown.startTimeNs() && timeNs <= shown.endTimeNs())
            {
                plot.moment("kill", Saturated.add(shownNs, timeNs - shown.startTimeNs()), "stopped: " +
                    kill.reason().text() + kill.symbol().map((symbol) -> " " + symbol).orElse(""),
                    BacktestReport.words(kill) + ", " + BacktestReport.time(kill));
            }
        }
        return plot;
    }

    private static String extent(final TradedPart part, final RunSpan run)
    {
        return Formats.time(part.span().startTimeNs()) + " to " + Formats.time(part.span().endTimeNs()) + ", " +
            Formats.duration(part.span().lengthNs()) + " of the run's " + Formats.duration(run.lengthNs());
    }

    private void instruments()
    {
        final List<InstrumentResult> charted = result.instruments().stream()
            .filter((one) -> !one.chart().isEmpty())
            .sorted(Comparator.comparingLong((InstrumentResult one) -> -one.counts().fills()))
            .limit(MOST_CHARTS).toList();
        for (final InstrumentResult one : charted)
        {
            page.append("<h2>").append(escape(one.instrument().symbol())).append(", run ").append(one.runId())
                .append("</h2>\n");
            final RunSpan span = result.spans().stream().filter((run) -> run.runId() == one.runId()).findFirst()
                .orElseThrow(() -> new IllegalStateException("chart of a run without a time: run=" + one.runId()));
            if (several())
            {
                page.append("<p class=\"quiet\">").append(Formats.time(span.startTimeNs())).append(" to ")
                    .append(Formats.time(span.endTimeNs())).append("</p>\n");
            }
            final Optional<TradedPart> part = TradedPart.of(span, positions(one, span, one.tradedChart()));
            part.ifPresent((shown) -> page.append("<p class=\"quiet\">Drawn is where there were fills: ")
                .append(extent(shown, span)).append("; before and after it there is none.</p>\n"));
            price(one, span, part);
            position(one, span, part);
        }
        final long left = result.instruments().stream().filter((one) -> !one.chart().isEmpty()).count() -
            charted.size();
        if (left > 0)
        {
            page.append("<p class=\"quiet\">Charts of the ").append(charted.size())
                .append(" instruments with the most fills; ").append(left).append(" more are in the table.</p>\n");
        }
    }

    private boolean several()
    {
        return result.spans().size() > 1;
    }

    private void price(final InstrumentResult one, final RunSpan run, final Optional<TradedPart> part)
    {
        final RunSpan span = part.map(TradedPart::span).orElse(run);
        final double unit = Math.pow(10, one.instrument().priceExponent());
        final List<Point> marks = cut(part, prices(one, run, one.chart()), prices(one, run, one.tradedChart()));
        final List<Point> all = new ArrayList<>(marks);
        one.chartFills().forEach((fill) -> all.add(point(span, fill.timeNs(), fill.price() * unit)));
        if (all.isEmpty())
        {
            return;
        }
        final Plot plot = new Plot("price of " + one.instrument().symbol(), List.of(span), least(all), most(all))
            .line("price", marks, false);
        for (final InstrumentResult.FillPoint fill : one.chartFills())
        {
            final boolean isBuy = fill.side() == Side.BID;
            plot.mark(isBuy ? "buy" : "sell", point(span, fill.timeNs(), fill.price() * unit), isBuy,
                Formats.time(fill.timeNs()) + (isBuy ? " buy " : " sell ") +
                    Formats.quantity(fill.quantity(), one.instrument().quantityExponent()) + " at " +
                    BacktestReport.price(one, fill.price()) + (fill.maker() ? ", maker" : ", taker"));
        }
        final long hidden = one.counts().fills() - one.chartFills().size();
        figure("middle of the book, with own buys (green, up) and sells (red, down), UTC" +
            (hidden > 0 ? "; " + Formats.count(hidden, "fill") + " not drawn" : ""),
            kills(plot, run, span, 0).svg());
    }

    private static Point point(final RunSpan span, final long timeNs, final double value)
    {
        return new Point(timeNs - span.startTimeNs(), value);
    }

    private static List<Point> cut(
        final Optional<TradedPart> part, final List<Point> whole, final List<Point> traded)
    {
        return part.map((shown) -> shown.cut(whole, traded)).orElse(whole);
    }

    private static List<Point> prices(
        final InstrumentResult one, final RunSpan run, final List<InstrumentResult.MarkPoint> points)
    {
        final double unit = Math.pow(10, one.instrument().priceExponent());
        return points.stream().filter((point) -> point.price() != OrderBookEvent.NULL_PRICE)
            .map((point) -> point(run, point.timeNs(), point.price() * unit)).toList();
    }

    // A run starts flat; a point has the last value of its span, and the first span may have a fill.
    private static List<Point> wholePositions(final InstrumentResult one, final RunSpan run)
    {
        final List<Point> points = new ArrayList<>(List.of(new Point(0, 0)));
        points.addAll(positions(one, run, one.chart()));
        return points;
    }

    private static List<Point> positions(
        final InstrumentResult one, final RunSpan run, final List<InstrumentResult.MarkPoint> points)
    {
        final double unit = Math.pow(10, one.instrument().quantityExponent());
        return points.stream().map((point) -> point(run, point.timeNs(), point.position() * unit)).toList();
    }

    private void position(final InstrumentResult one, final RunSpan run, final Optional<TradedPart> part)
    {
        final RunSpan span = part.map(TradedPart::span).orElse(run);
        final List<Point> points = cut(part, wholePositions(one, run), positions(one, run, one.tradedChart()));
        figure("position, UTC", kills(new Plot("position in " + one.instrument().symbol(), List.of(span),
            Math.min(0, least(points)), Math.max(0, most(points))).line("position", points, true), run, span, 0)
            .svg());
    }

    private void table()
    {
        page.append("<h2>Instruments</h2><div class=\"wide\"><table><tr><th>instrument</th><th>run</th>" +
            "<th>fills</th><th>open orders</th><th>position</th><th>average</th><th>mark</th>" +
            "<th>realised</th><th>unrealised</th><th>fees</th><th>P&amp;L</th><th>drawdown</th></tr>\n");
        for (final InstrumentResult one : report.mostTraded(MOST_ROWS))
        {
            page.append("<tr>");
            cell(one.instrument().symbol());
            cell(Long.toString(one.runId()));
            cell(Formats.count(one.counts().fills()));
            cell(Formats.count(one.openOrders()));
            cell(Formats.quantity(one.position(), one.instrument().quantityExponent()));
            cell(BacktestReport.price(one, one.averagePrice()));
            cell(BacktestReport.price(one, one.markPrice()));
            cell(Formats.money(one.money().realisedNano()));
            cell(Formats.money(one.money().unrealisedNano()));
            cell(Formats.money(one.money().feesNano()));
            cell(Formats.money(one.money().pnlNano()));
            cell(Formats.money(one.money().maxDrawdownNano()));
            page.append("</tr>\n");
        }
        page.append("</table></div>\n");
        final int left = result.instruments().size() - MOST_ROWS;
        if (left > 0)
        {
            page.append("<p class=\"quiet\">The ").append(Formats.count(MOST_ROWS)).append(" with the most fills; ")
                .append(Formats.count(left)).append(" more are in what --json prints.</p>\n");
        }
    }

    private void rejects()
    {
        if (!result.counts().rejects().isEmpty())
        {
            page.append("<h2>Rejects</h2><p>").append(escape(BacktestReport.rejects(result.counts().rejects())))
                .append("</p>\n");
        }
    }

    private void cell(final String text)
    {
        page.append("<td>").append(escape(text)).append("</td>");
    }

    private void figure(final String caption, final String svg)
    {
        page.append("<figure>").append(svg).append("<figcaption>").append(escape(caption))
            .append("</figcaption></figure>\n");
    }

    private static String escape(final String text)
    {
        return Html.escape(text);
    }
}
