package io.ringtape.backtest;

import io.ringtape.journal.TapeEnd;
import java.util.List;
import java.util.Objects;

/**
 * What came of a backtest. Own orders never moved the recorded market: what a real order would have changed is not in
 * it.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param config       the models that were used; see their {@code describe}.
 * @param runs         how many runs of the tape the range lies in.
 * @param events       market events of the range that the handlers got.
 * @param ownEvents    own events that they made or got: orders, answers, requests of timers, with their details.
 * @param timers       that came due.
 * @param startTimeNs  lowest clock of the range, ns since the epoch, UTC; {@link #NO_TIME} where no event has a good
 *                     time.
 * @param endTimeNs    highest clock of the range; {@link #NO_TIME} where no event has a good time.
 * @param counts       sums over instruments.
 * @param money        sums over instruments, the drawdown that of the sum.
 * @param instruments  those that had an own message or a chart, by run and instrument.
 * @param chart        profit and drawdown over time, all instruments together.
 * @param fillHash     over all fills and their details in order, see {@link io.ringtape.event.Hash64}: two backtests
 *                     that did the same have the same.
 * @param end          how the tape ended.
 */
public record BacktestResult(
    BacktestConfig config, int runs, long events, long ownEvents, long timers, long startTimeNs, long endTimeNs,
    BacktestCounts counts, BacktestMoney money, List<InstrumentResult> instruments, List<PnlPoint> chart,
    long fillHash, TapeEnd end)
{
    /** Stands for a time where there is none. */
    public static final long NO_TIME = Long.MIN_VALUE;

    /**
     * A point of the chart of profit.
     *
     * @param timeNs       receive time, ns since the epoch, UTC.
     * @param pnlNano      profit or loss at the last event of the point, in 10^-9 of the currency.
     * @param drawdownNano the largest drawdown within the point, 0 or more.
     */
    public record PnlPoint(long timeNs, long pnlNano, long drawdownNano)
    {
    }

    /**
     * Takes copies.
     */
    public BacktestResult
    {
        Objects.requireNonNull(config, "config");
        Objects.requireNonNull(counts, "counts");
        Objects.requireNonNull(money, "money");
        Objects.requireNonNull(end, "end");
        instruments = List.copyOf(instruments);
        chart = List.copyOf(chart);
    }
}
