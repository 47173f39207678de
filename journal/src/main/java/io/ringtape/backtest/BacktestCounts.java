package io.ringtape.backtest;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * How many messages and fills there were.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param orders     that passed the risk gate and were sent.
 * @param cancels    that were sent.
 * @param accepted   orders that the venue accepted.
 * @param cancelled  orders that the venue cancelled, asked or because they could not be filled at once.
 * @param lateCancels cancels that came to the venue when the order was gone; they are not answered.
 * @param fills      all fills.
 * @param buys       fills of buy orders.
 * @param sells      fills of sell orders.
 * @param makerFills fills of orders that were resting.
 * @param rejects    rejected orders by check, as {@code RiskCheck} names it; those of the venue by
 *                   {@code venue:REASON}, see {@link VenueReason}. Sorted by name; only what happened.
 */
public record BacktestCounts(
    long orders, long cancels, long accepted, long cancelled, long lateCancels, long fills, long buys, long sells,
    long makerFills, Map<String, Long> rejects)
{
    /** Nothing happened. */
    public static final BacktestCounts NONE = new BacktestCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of());

    /**
     * Keeps the rejects sorted by name.
     */
    public BacktestCounts
    {
        rejects = Collections.unmodifiableMap(new TreeMap<>(rejects));
    }

    /**
     * All rejected orders.
     *
     * @return 0 or more.
     */
    public long rejected()
    {
        return rejects.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Orders and cancels that were sent, for each fill.
     *
     * @return empty without a fill.
     */
    public OptionalDouble orderToTrade()
    {
        return fills == 0 ? OptionalDouble.empty() : OptionalDouble.of((double)(orders + cancels) / fills);
    }

    /**
     * Both together.
     *
     * @param other of another instrument or run.
     * @return the sums.
     */
    public BacktestCounts plus(final BacktestCounts other)
    {
        final Map<String, Long> sum = new TreeMap<>(rejects);
        other.rejects.forEach((check, count) -> sum.merge(check, count, Long::sum));
        return new BacktestCounts(orders + other.orders, cancels + other.cancels, accepted + other.accepted,
            cancelled + other.cancelled, lateCancels + other.lateCancels, fills + other.fills, buys + other.buys,
            sells + other.sells, makerFills + other.makerFills, sum);
    }
}
