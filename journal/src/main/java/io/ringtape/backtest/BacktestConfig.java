package io.ringtape.backtest;

import io.ringtape.event.TimerQueue;
import java.util.Objects;

/**
 * What a backtest assumes of the venue, and how much of it is kept for a report.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param queueModel  what stands ahead of a resting order.
 * @param latency     how long messages take.
 * @param fees        what fills cost.
 * @param timers      how many timers may be pending, 1 to {@link TimerQueue#MAX_CAPACITY}.
 * @param chartPoints how many points a chart has at most, 2 to 1,000,000.
 * @param chartFills  how many fills are kept for the charts, all instruments together, 0 to 10,000,000; later ones are
 *                    counted as all are.
 */
public record BacktestConfig(
    QueueModel queueModel, LatencyModel latency, FeeSchedule fees, int timers, int chartPoints, int chartFills)
{
    private static final int TIMERS = 256;
    private static final int CHART_POINTS = 2_000;
    private static final int CHART_FILLS = 10_000;
    private static final int MAX_CHART_POINTS = 1_000_000;
    private static final int MAX_CHART_FILLS = 10_000_000;

    /**
     * Checks the fields.
     *
     * @throws IllegalArgumentException if a field is out of its range; the message names it.
     */
    public BacktestConfig
    {
        Objects.requireNonNull(queueModel, "queueModel");
        Objects.requireNonNull(latency, "latency");
        Objects.requireNonNull(fees, "fees");
        requireRange("timers", timers, 1, TimerQueue.MAX_CAPACITY);
        requireRange("chartPoints", chartPoints, 2, MAX_CHART_POINTS);
        requireRange("chartFills", chartFills, 0, MAX_CHART_FILLS);
    }

    /**
     * With 256 timers, 2,000 points and 10,000 fills.
     *
     * @param queueModel what stands ahead of a resting order.
     * @param latency    how long messages take.
     * @param fees       what fills cost.
     * @return the configuration.
     */
    public static BacktestConfig of(final QueueModel queueModel, final LatencyModel latency, final FeeSchedule fees)
    {
        return new BacktestConfig(queueModel, latency, fees, TIMERS, CHART_POINTS, CHART_FILLS);
    }

    private static void requireRange(final String field, final int value, final int min, final int max)
    {
        if (value < min || value > max)
        {
            throw new IllegalArgumentException(field + " must be " + min + " to " + max + ": " + field + "=" + value);
        }
    }
}
