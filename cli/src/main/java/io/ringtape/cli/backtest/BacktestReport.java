package io.ringtape.cli.backtest;

import io.ringtape.backtest.BacktestCounts;
import io.ringtape.backtest.BacktestKill;
import io.ringtape.backtest.BacktestMoney;
import io.ringtape.backtest.BacktestResult;
import io.ringtape.backtest.InstrumentResult;
import io.ringtape.cli.error.ExitCode;
import io.ringtape.cli.output.Formats;
import io.ringtape.cli.output.JsonOutput;
import io.ringtape.cli.output.TextOutput;
import io.ringtape.cli.report.Report;
import io.ringtape.cli.report.UnknownTicks;
import io.ringtape.cli.tape.EventWords;
import io.ringtape.cli.tape.TapeEnds;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.risk.RiskCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What came of a backtest.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param journal    directory of the tape.
 * @param strategy   simple name of its class.
 * @param parameters that the strategy reads, with the values that it had; here in the order of their names.
 * @param result     of the backtest.
 * @param limits     which limits were in force, in words.
 * @param durationNs how long it took.
 * @param page       file that was written; empty for none.
 * @param fills      file that was written; empty for none.
 * @param warning    what a user must not miss, one line; empty if there is nothing.
 */
public record BacktestReport(
    Path journal, String strategy, Map<String, String> parameters, BacktestResult result, String limits,
    long durationNs, Optional<Path> page, Optional<Path> fills, String warning)
    implements Report
{
    /** What every reader of a result has to know. */
    static final String CAVEAT = "Own orders never moved the recorded market; what a real order would have changed " +
        "is not in this.";

    private static final int MOST_INSTRUMENTS = 20;
    private static final int MOST_KILLS = 20;

    /**
     * Puts the parameters into one order.
     */
    public BacktestReport
    {
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    }

    @Override
    public void writeJson(final JsonOutput json)
    {
        json.text("journal", journal.toString()).text("strategy", strategy).startObject("parameters");
        parameters.forEach(json::text);
        json.endObject().number("events", result.events())
            .number("runs", result.runs());
        if (result.startTimeNs() == BacktestResult.NO_TIME)
        {
            json.absent("fromTime").absent("toTime");
        }
        else
        {
            json.time("fromTime", result.startTimeNs()).time("toTime", result.endTimeNs());
        }
        writeCounts(json, result.counts());
        writeMoney(json, result.money());
        json.hash("fillHash", result.fillHash())
            .text("queueModel", result.config().queueModel().text())
            .text("latency", result.config().latency().describe())
            .text("feeRates", result.config().fees().describe())
            .text("limits", limits)
            .text("notice", TapeEnds.notice(result.end()))
            .startArray("kills");
        result.kills().forEach((kill) -> writeKill(json, kill));
        json.endArray();
        unknownTicks().writeJson(json);
        json.startArray("instruments");
        for (final InstrumentResult instrument : result.instruments())
        {
            json.startObject().text("symbol", instrument.instrument().symbol())
                .number("instrumentId", instrument.instrument().instrumentId())
                .number("run", instrument.runId())
                .text("queueModel", instrument.queueModel().text())
                .text("position", Formats.quantity(instrument.position(), instrument.instrument().quantityExponent()))
                .text("averagePrice", price(instrument, instrument.averagePrice()))
                .text("markPrice", price(instrument, instrument.markPrice()))
                .number("openOrders", instrument.openOrders());
            writeCounts(json, instrument.counts());
            writeMoney(json, instrument.money());
            json.endObject();
        }
        json.endArray().seconds("seconds", durationNs)
            .number("eventsPerSecond", Formats.perSecond(result.events(), durationNs));
        page.ifPresent((file) -> json.text("page", file.toString()));
        fills.ifPresent((file) -> json.text("fillsFile", file.toString()));
    }

    @Override
    public void writeText(final TextOutput text)
    {
        text.line("Backtest of " + strategy + ": " + Formats.count(result.events(), "event") + " in " +
            Formats.duration(durationNs) + ", " + Formats.rate(Formats.perSecond(result.events(), durationNs)));
        text.line(CAVEAT);
        final String notice = TapeEnds.notice(result.end());
        if (!notice.isEmpty())
        {
            text.line(notice);
        }
        final String unknownTicks = unknownTicks().line();
        if (!unknownTicks.isEmpty())
        {
            text.line(unknownTicks);
        }
        final BacktestCounts counts = result.counts();
        final BacktestMoney money = result.money();
        text.pair("receive times", span())
            .pair("P&L", Formats.money(money.pnlNano()) + " (realised " + Formats.money(money.realisedNano()) +
                ", unrealised " + Formats.money(money.unrealisedNano()) + ", fees " +
                Formats.money(money.feesNano()) + ")")
            .pair("max drawdown", Formats.money(money.maxDrawdownNano()))
            .pair("turnover", Formats.money(money.turnover()))
            .pair("trades", Formats.count(counts.fills()) + " fills: " + Formats.count(counts.buys()) + " buys, " +
                Formats.count(counts.sells()) + " sells, " + Formats.percent(counts.makerFills(), counts.fills()) +
                " as maker")
            .pair("orders", Formats.count(counts.orders()) + " sent, " + Formats.count(counts.cancels()) +
                " cancels, " + Formats.count(counts.rejected()) + " rejected")
            .pair("order to trade", orderToTrade(counts));
        if (!counts.rejects().isEmpty())
        {
            text.pair("rejects by", rejects(counts.rejects()));
        }
        kills().forEach((kill) -> text.pair("stopped", kill));
        text.pair("journal", journal.toString())
            .pair("strategy", parametrised())
            .pair("queue", queues())
            .pair("latency", result.config().latency().describe())
            .pair("fees", result.config().fees().describe())
            .pair("limits", limits)
            .pair("fill hash", Formats.hash(result.fillHash()));
        fills.ifPresent((file) -> text.pair("fills", file.toString()));
        page.ifPresent((file) -> text.pair("page", file.toString()));
        writeInstruments(text);
        text.end();
    }

    @Override
    public ExitCode exitCode()
    {
        return ExitCode.FINE;
    }

    /** The instruments whose prices were not checked. */
    UnknownTicks unknownTicks()
    {
        return UnknownTicks.of(result.instruments().stream().map(InstrumentResult::instrument)
            .filter((instrument) -> instrument.tickSize() == 0).map(InstrumentDefinition::symbol));
    }

    /** The strategy with what it was told. */
    String parametrised()
    {
        return strategy + (parameters.isEmpty() ? " without parameters" :
            parameters.entrySet().stream().map((one) -> one.getKey() + "=" + one.getValue())
                .collect(Collectors.joining(", ", " with ", "")));
    }

    /** The models that the books of the instruments had. */
    String queues()
    {
        final List<String> used = result.instruments().stream()
            .map((instrument) -> instrument.queueModel().text()).distinct().sorted().toList();
        final String asked = result.config().queueModel().text();
        if (used.isEmpty())
        {
            return asked;
        }
        return String.join(", ", used) + (used.equals(List.of(asked)) ? "" :
            "; " + asked + " was asked for, and a book by price has no order ids");
    }

    /** What stopped the strategy, one line a kill; of many the first, and how many more there are. */
    List<String> kills()
    {
        final List<String> lines = new ArrayList<>();
        for (final BacktestKill kill : result.kills())
        {
            if (lines.size() == MOST_KILLS)
            {
                lines.add("and " + Formats.count(result.kills().size() - MOST_KILLS, "more run") + ", see --json");
                break;
            }
            lines.add(words(kill) + (result.runs() > 1 ? ", run " + kill.runId() : "") + ", tape sequence " +
                kill.tapeSequence() + ", " + time(kill) + "; " + Formats.count(kill.rejected(), "order") +
                " rejected as " + RiskCheck.KILLED.text() + "; " + open(kill.orders()));
        }
        return lines;
    }

    // What the kill found, and what became of it.
    private static String open(final BacktestKill.Orders orders)
    {
        return orders.open() == 0 ? "no open order" : Formats.count(orders.open(), "open order") + ": " +
            Formats.count(orders.cancelled()) + " cancelled, " + (orders.rejected() == 0 ? "" :
            Formats.count(orders.rejected()) + " rejected by the venue, ") + Formats.count(orders.filled()) +
            " filled, " + Formats.count(orders.left()) + " left open; " + Formats.count(orders.fills(), "later fill");
    }

    /** A kill, as {@code dump} has it. */
    static String words(final BacktestKill kill)
    {
        return EventWords.killAll(kill.reason(), kill.symbol());
    }

    static String time(final BacktestKill kill)
    {
        return kill.timeNs() == BacktestResult.NO_TIME ? "before the first good time" : Formats.time(kill.timeNs());
    }

    String span()
    {
        return result.startTimeNs() == BacktestResult.NO_TIME ? Formats.NONE :
            Formats.time(result.startTimeNs()) + " to " + Formats.time(result.endTimeNs());
    }

    static String orderToTrade(final BacktestCounts counts)
    {
        return counts.orderToTrade().isEmpty() ? Formats.NONE :
            String.format(Locale.ROOT, "%.1f", counts.orderToTrade().getAsDouble());
    }

    static String rejects(final Map<String, Long> rejects)
    {
        final List<String> parts = new ArrayList<>();
        rejects.forEach((check, count) -> parts.add(check + " " + Formats.count(count)));
        return String.join(", ", parts);
    }

    static String price(final InstrumentResult instrument, final long price)
    {
        return Formats.price(price, instrument.instrument().priceExponent());
    }

    /** Those with the most fills, where there are more than are shown; by run and instrument, as all are. */
    List<InstrumentResult> mostTraded(final int most)
    {
        final List<InstrumentResult> all = result.instruments();
        return IntStream.range(0, all.size()).boxed()
            .sorted(Comparator.comparingLong((Integer i) -> -all.get(i).counts().fills())).limit(most)
            .sorted().map(all::get).toList();
    }

    private void writeInstruments(final TextOutput text)
    {
        final List<List<String>> rows = new ArrayList<>();
        for (final InstrumentResult one : mostTraded(MOST_INSTRUMENTS))
        {
            rows.add(row(one.instrument().symbol(), Long.toString(one.runId()),
                Formats.count(one.counts().fills()), Formats.count(one.openOrders()),
                Formats.quantity(one.position(), one.instrument().quantityExponent()),
                price(one, one.averagePrice()), price(one, one.markPrice()),
                Formats.money(one.money().feesNano()), Formats.money(one.money().pnlNano()),
                Formats.money(one.money().maxDrawdownNano())));
        }
        if (!rows.isEmpty())
        {
            text.heading("Instruments").table(
                row("instrument", "run", "fills", "open orders", "position", "average", "mark", "fees", "P&L",
                    "drawdown"), rows);
        }
        if (result.instruments().size() > MOST_INSTRUMENTS)
        {
            text.line("  and " + Formats.count(result.instruments().size() - MOST_INSTRUMENTS) +
                " more with the fewest fills, see --json");
        }
    }

    // The run, which comes second, says something only where there are several.
    private List<String> row(final String... cells)
    {
        final List<String> row = new ArrayList<>(List.of(cells));
        if (result.runs() <= 1)
        {
            row.remove(1);
        }
        return row;
    }

    private static void writeCounts(final JsonOutput json, final BacktestCounts counts)
    {
        json.number("trades", counts.fills()).number("buys", counts.buys()).number("sells", counts.sells())
            .number("makerTrades", counts.makerFills()).number("orders", counts.orders())
            .number("cancels", counts.cancels()).number("lateCancels", counts.lateCancels())
            .number("accepted", counts.accepted()).number("cancelled", counts.cancelled())
            .number("rejects", counts.rejected()).startObject("rejectsByCheck");
        counts.rejects().forEach(json::number);
        json.endObject();
        if (counts.orderToTrade().isPresent())
        {
            json.text("orderToTrade", orderToTrade(counts));
        }
        else
        {
            json.absent("orderToTrade");
        }
    }

    private static void writeKill(final JsonOutput json, final BacktestKill kill)
    {
        json.startObject().number("run", kill.runId()).number("tapeSequence", kill.tapeSequence());
        if (kill.timeNs() == BacktestResult.NO_TIME)
        {
            json.absent("time");
        }
        else
        {
            json.time("time", kill.timeNs());
        }
        final BacktestKill.Orders orders = kill.orders();
        json.text("text", words(kill)).number("rejected", kill.rejected()).startObject("orders")
            .number("open", orders.open()).number("cancelled", orders.cancelled())
            .number("rejected", orders.rejected()).number("filled", orders.filled()).number("fills", orders.fills())
            .number("left", orders.left()).endObject().endObject();
    }

    private static void writeMoney(final JsonOutput json, final BacktestMoney money)
    {
        json.text("pnl", Formats.nano(money.pnlNano())).text("realised", Formats.nano(money.realisedNano()))
            .text("unrealised", Formats.nano(money.unrealisedNano())).text("fees", Formats.nano(money.feesNano()))
            .text("maxDrawdown", Formats.nano(money.maxDrawdownNano()))
            .text("turnover", money.turnover().stripTrailingZeros().toPlainString());
    }
}
