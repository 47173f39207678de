package io.ringtape.backtest;

import io.ringtape.event.InstrumentDefinition;
import java.util.List;
import java.util.Objects;

/**
 * What came of a backtest in one instrument of one run. Each run of a tape starts without orders and positions.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param runId        of the run.
 * @param instrument   with the exponents of prices and quantities.
 * @param queueModel   that was used for its book.
 * @param counts       of messages and fills.
 * @param money        what the fills came to.
 * @param position     at the end, in quantity units.
 * @param averagePrice of the position; {@link io.ringtape.event.OrderBookEvent#NULL_PRICE} if it is flat.
 * @param markPrice    that the position was valued at last: the middle of best bid and ask, rounded down, where the
 *                     book has both and is neither crossed nor suspect; else the last one that there was; else the last
 *                     fill's; {@link io.ringtape.event.OrderBookEvent#NULL_PRICE} if there was none.
 * @param openOrders   that were open at the venue at the end.
 * @param chart        mark price and position over time; empty for those beyond the first 64 instruments of a run.
 * @param tradedChart  the same from the first fill to the last, or to the kill, in as many points; a kill that is far
 *                     behind the fills is not in it. Empty without a fill.
 * @param chartFills   the first fills, as many as are kept.
 */
public record InstrumentResult(
    long runId, InstrumentDefinition instrument, QueueModel queueModel, BacktestCounts counts, BacktestMoney money,
    long position, long averagePrice, long markPrice, int openOrders, List<MarkPoint> chart,
    List<MarkPoint> tradedChart, List<FillPoint> chartFills)
{
    /**
     * A point of the charts of price and position.
     *
     * @param timeNs   receive time, ns since the epoch, UTC.
     * @param price    the mark.
     * @param position in quantity units.
     */
    public record MarkPoint(long timeNs, long price, long position)
    {
    }

    /**
     * A fill in the chart of prices.
     *
     * @param timeNs   receive time, ns since the epoch, UTC.
     * @param side     {@link io.ringtape.event.Side#BID} bought, {@link io.ringtape.event.Side#ASK} sold.
     * @param price    of the fill.
     * @param quantity of the fill.
     * @param maker    whether the order was resting.
     */
    public record FillPoint(long timeNs, int side, long price, long quantity, boolean maker)
    {
    }

    /**
     * Takes copies.
     */
    public InstrumentResult
    {
        Objects.requireNonNull(instrument, "instrument");
        Objects.requireNonNull(queueModel, "queueModel");
        Objects.requireNonNull(counts, "counts");
        Objects.requireNonNull(money, "money");
        chart = List.copyOf(chart);
        tradedChart = List.copyOf(tradedChart);
        chartFills = List.copyOf(chartFills);
    }
}
