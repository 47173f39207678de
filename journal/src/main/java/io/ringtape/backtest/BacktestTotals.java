package io.ringtape.backtest;

import io.ringtape.backtest.BacktestResult.PnlPoint;
import io.ringtape.backtest.BacktestResult.RunSpan;
import io.ringtape.event.Hash64;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.journal.TapeEnd;
import io.ringtape.order.Saturated;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What a backtest came to so far, over instruments and runs. Hot path.
 * <p>
 * Thread safety: none; the thread of the backtest.
 * Allocation: on construction, and for each run and the result.
 */
final class BacktestTotals
{
    private final List<InstrumentResult> instruments = new ArrayList<>();
    private final List<RunSpan> spans = new ArrayList<>();
    private final List<BacktestKill> kills = new ArrayList<>();
    private final Drawdown drawdown = new Drawdown();
    private final BacktestConfig config;
    private final ChartSeries chart;
    private final TradedSeries traded;
    private long pnlNano;
    private long fillHash = Hash64.START;
    private int keptFills;
    private int runs;
    private long events;
    private long ownEvents;
    private long timers;
    private long endedNs;
    private long startTimeNs = BacktestResult.NO_TIME;
    private long endTimeNs = BacktestResult.NO_TIME;

    BacktestTotals(final BacktestConfig config)
    {
        this.config = config;
        chart = new ChartSeries(config.chartPoints(), true);
        traded = new TradedSeries(config.chartPoints(), true);
    }

    /** A market event of the range; {@link BacktestResult#NO_TIME} as long as none of its run had a good time. */
    void onMarket(final long timeNs)
    {
        events++;
        if (startTimeNs == BacktestResult.NO_TIME)
        {
            startTimeNs = timeNs;
        }
        endTimeNs = timeNs;
    }

    void onOwn()
    {
        ownEvents++;
    }

    void onTimer()
    {
        timers++;
    }

    void onFill(final OrderBookEvent event)
    {
        fillHash = Hash64.addEvent(fillHash, event, event.orderId(), event.sourceSequence());
    }

    /** Whether one more fill is kept for the charts. */
    boolean keepFill()
    {
        if (keptFills == config.chartFills())
        {
            return false;
        }
        keptFills++;
        return true;
    }

    /** The profit of accounts has changed, at one moment. */
    void change(final long changeNano)
    {
        pnlNano = Saturated.add(pnlNano, changeNano);
        drawdown.add(pnlNano);
    }

    // The next run of a tape may have any time: its points come behind those of the run before, whenever that was.
    void point(final long timeNs)
    {
        if (startTimeNs != BacktestResult.NO_TIME)
        {
            final long elapsedNs = elapsedNs(timeNs);
            chart.add(elapsedNs, pnlNano, drawdown.now());
            traded.add(elapsedNs, pnlNano, drawdown.now());
        }
    }

    /** The same at a fill. */
    void fillPoint(final long timeNs)
    {
        point(timeNs);
        if (startTimeNs != BacktestResult.NO_TIME)
        {
            traded.onFill(elapsedNs(timeNs), pnlNano, drawdown.now());
        }
    }

    /** The same at the kill of a run. */
    void killPoint(final long timeNs)
    {
        if (startTimeNs != BacktestResult.NO_TIME)
        {
            traded.onKill(elapsedNs(timeNs), pnlNano, drawdown.now());
        }
    }

    void onKill(final BacktestKill kill)
    {
        kills.add(kill);
    }

    void endRun(final long runId, final List<InstrumentResult> results)
    {
        runs++;
        instruments.addAll(results);
        if (startTimeNs != BacktestResult.NO_TIME)
        {
            final RunSpan span = new RunSpan(runId, startTimeNs, endTimeNs);
            spans.add(span);
            endedNs = Saturated.add(endedNs, span.lengthNs());
            startTimeNs = BacktestResult.NO_TIME;
        }
    }

    BacktestResult result(final TapeEnd end)
    {
        BacktestCounts counts = BacktestCounts.NONE;
        long realised = 0;
        long unrealised = 0;
        long fees = 0;
        BigDecimal turnover = BigDecimal.ZERO;
        for (final InstrumentResult instrument : instruments)
        {
            final BacktestMoney money = instrument.money();
            counts = counts.plus(instrument.counts());
            realised = Saturated.add(realised, money.realisedNano());
            unrealised = Saturated.add(unrealised, money.unrealisedNano());
            fees = Saturated.add(fees, money.feesNano());
            turnover = turnover.add(money.turnover());
        }
        return new BacktestResult(config, runs, events, ownEvents, timers, spans, counts,
            new BacktestMoney(realised, unrealised, fees, pnlNano, drawdown.largest(), turnover), kills, instruments,
            chart.points(PnlPoint::new), traded.points().points(PnlPoint::new), fillHash, end);
    }

    private long elapsedNs(final long timeNs)
    {
        return Saturated.add(endedNs, RunSpan.lengthNs(startTimeNs, timeNs));
    }
}
