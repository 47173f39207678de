package io.ringtape.backtest;

import io.ringtape.backtest.InstrumentResult.MarkPoint;
import io.ringtape.book.OrderBook;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.order.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What own orders of one instrument came to so far. Hot path.
 * <p>
 * Thread safety: none; the thread of the backtest.
 * Allocation: on construction, on the first fill, while it keeps more fills, and for the result.
 */
final class InstrumentAccount
{
    private final MessageCounts counts = new MessageCounts();
    private final FillColumns fills = new FillColumns();
    private final Drawdown drawdown = new Drawdown();
    private final InstrumentDefinition instrument;
    private final Position position;
    private final @Nullable ChartSeries chart;
    private @Nullable TradedSeries traded;
    private long mark = OrderBookEvent.NULL_PRICE;
    private long pnlNano;
    private boolean touched;

    /**
     * Nothing yet.
     *
     * @param instrument  of the orders.
     * @param chartPoints of its chart; 0 for none.
     */
    InstrumentAccount(final InstrumentDefinition instrument, final int chartPoints)
    {
        this.instrument = instrument;
        position = new Position(instrument);
        chart = chartPoints == 0 ? null : new ChartSeries(chartPoints, false);
    }

    MessageCounts counts()
    {
        return counts;
    }

    InstrumentDefinition instrument()
    {
        return instrument;
    }

    long position()
    {
        return position.quantity();
    }

    long pnlNano()
    {
        return pnlNano;
    }

    /** Notes that the venue event in hand has an event of the instrument; true for the first one. */
    boolean touch()
    {
        final boolean first = !touched;
        touched = true;
        return first;
    }

    /**
     * Values the position at the book as it is now.
     *
     * @param book   of the instrument.
     * @param timeNs now.
     */
    void mark(final OrderBook book, final long timeNs)
    {
        touched = false;
        revalue(book);
        point(timeNs);
    }

    /** The same without a point in the chart. */
    void revalue(final OrderBook book)
    {
        final long middle = middle(book);
        if (middle != OrderBookEvent.NULL_PRICE && middle != mark)
        {
            mark = middle;
            if (position.quantity() != 0)
            {
                value();
            }
        }
    }

    /**
     * Adds a fill.
     *
     * @param fill    of the instrument.
     * @param feeNano of the fill.
     * @param keep    whether to keep it for the chart.
     * @param timeNs  now, in the charts; {@link BacktestResult#NO_TIME} ahead of the first good time, when the fill
     *                itself has a bad one.
     */
    void fill(final OrderBookEvent fill, final long feeNano, final boolean keep, final long timeNs)
    {
        position.fill(fill.side(), fill.price(), fill.quantity(), feeNano);
        if (mark == OrderBookEvent.NULL_PRICE)
        {
            mark = fill.price();
        }
        if (keep)
        {
            fills.add(fill);
        }
        value();
        point(timeNs);
        final ChartSeries whole = chart;
        if (whole != null)
        {
            final TradedSeries part = traded == null ? new TradedSeries(whole.capacity(), false) : traded;
            traded = part;
            part.onFill(timeNs, mark, position.quantity());
        }
    }

    /** The run was stopped. */
    void onKill(final long timeNs)
    {
        final TradedSeries part = traded;
        if (part != null)
        {
            part.onKill(timeNs, mark, position.quantity());
        }
    }

    InstrumentResult result(final long runId, final QueueModel queueModel, final int openOrders)
    {
        return new InstrumentResult(runId, instrument, queueModel, counts.result(), money(), position.quantity(),
            position.averagePrice(), mark, openOrders, points(chart), points(traded == null ? null : traded.points()),
            fills.points());
    }

    private BacktestMoney money()
    {
        return new BacktestMoney(position.realisedNano(), position.unrealisedNano(mark), position.feesNano(), pnlNano,
            drawdown.largest(), position.turnover());
    }

    private static List<MarkPoint> points(final @Nullable ChartSeries series)
    {
        return series == null ? List.of() : series.points(MarkPoint::new);
    }

    private void value()
    {
        pnlNano = position.pnlNano(mark);
        drawdown.add(pnlNano);
    }

    private void point(final long timeNs)
    {
        if (chart != null && mark != OrderBookEvent.NULL_PRICE)
        {
            chart.add(timeNs, mark, position.quantity());
            final TradedSeries part = traded;
            if (part != null)
            {
                part.add(timeNs, mark, position.quantity());
            }
        }
    }

    private static long middle(final OrderBook book)
    {
        final long bid = book.bestBid();
        final long ask = book.bestAsk();
        // The middle without the sum, which may not fit.
        return bid == OrderBookEvent.NULL_PRICE || ask == OrderBookEvent.NULL_PRICE || bid >= ask || book.isSuspect() ?
            OrderBookEvent.NULL_PRICE : (bid & ask) + ((bid ^ ask) >> 1);
    }
}
