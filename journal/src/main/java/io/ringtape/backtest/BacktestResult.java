package io.ringtape.backtest;

import io.ringtape.journal.TapeEnd;
import io.ringtape.order.Saturated;
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
 * @param spans        when the runs were, in the order of the tape; those of which no event has a good time are not in
 *                     it.
 * @param counts       sums over instruments.
 * @param money        sums over instruments, the drawdown that of the sum.
 * @param kills        by which the gate stopped the strategy, in order; one a run at most, since nobody arms.
 * @param instruments  those that had an own message or a chart, by run and instrument.
 * @param chart        profit and drawdown over time, all instruments together, over the spans laid end to end: what a
 *                     run came to stands at its end, and the next one adds to that.
 * @param tradedChart  the same from the first fill to the last, or to a kill, in as many points; a kill that is far
 *                     behind the fills is not in it. Empty without a fill.
 * @param fillHash     over all fills and their details in order, see {@link io.ringtape.event.Hash64}: two backtests
 *                     that did the same have the same.
 * @param end          how the tape ended.
 */
public record BacktestResult(
    BacktestConfig config, int runs, long events, long ownEvents, long timers, List<RunSpan> spans,
    BacktestCounts counts, BacktestMoney money, List<BacktestKill> kills, List<InstrumentResult> instruments,
    List<PnlPoint> chart, List<PnlPoint> tradedChart, long fillHash, TapeEnd end)
{
    /** Stands for a time where there is none. */
    public static final long NO_TIME = Long.MIN_VALUE;

    /**
     * A point of the chart of profit.
     *
     * @param elapsedNs    since the start of the first span, without the time between spans.
     * @param pnlNano      profit or loss at the last event of the point, in 10^-9 of the currency.
     * @param drawdownNano the largest drawdown within the point, 0 or more.
     */
    public record PnlPoint(long elapsedNs, long pnlNano, long drawdownNano)
    {
    }

    /**
     * When a run was, as far as it lies in the range.
     *
     * @param runId       of the run.
     * @param startTimeNs lowest clock, ns since the epoch, UTC.
     * @param endTimeNs   highest clock.
     */
    public record RunSpan(long runId, long startTimeNs, long endTimeNs)
    {
        /**
         * How long it was.
         *
         * @return in ns, 0 or more.
         */
        public long lengthNs()
        {
            return lengthNs(startTimeNs, endTimeNs);
        }

        static long lengthNs(final long fromNs, final long toNs)
        {
            return Saturated.add(toNs, -fromNs);
        }
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
        spans = List.copyOf(spans);
        kills = List.copyOf(kills);
        instruments = List.copyOf(instruments);
        chart = List.copyOf(chart);
        tradedChart = List.copyOf(tradedChart);
    }

    /**
     * When the range begins.
     *
     * @return lowest clock of the range, ns since the epoch, UTC; {@link #NO_TIME} where no event has a good time.
     */
    public long startTimeNs()
    {
        return spans.stream().mapToLong(RunSpan::startTimeNs).min().orElse(NO_TIME);
    }

    /**
     * When the range ends.
     *
     * @return highest clock of the range; {@link #NO_TIME} where no event has a good time.
     */
    public long endTimeNs()
    {
        return spans.stream().mapToLong(RunSpan::endTimeNs).max().orElse(NO_TIME);
    }
}
