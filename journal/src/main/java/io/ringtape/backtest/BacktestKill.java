package io.ringtape.backtest;

import io.ringtape.order.KillReason;
import java.util.Objects;
import java.util.Optional;

/**
 * A kill of everybody that the gate decided on itself. Nobody arms in a backtest: what is stopped stays so to the end
 * of its run. A kill cancels nothing by itself.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param runId        of the run that was stopped.
 * @param tapeSequence of the market event that showed it, or of the last one before the timer that did.
 * @param timeNs       when, on the receive times of the tape, ns since the epoch, UTC; {@link BacktestResult#NO_TIME}
 *                     before the first good time of the run.
 * @param reason       why.
 * @param symbol       of the instrument that it is about; empty where it is about none.
 * @param rejected     how many orders of the run the gate rejected because of it.
 * @param orders       that were open then, and what became of them.
 */
public record BacktestKill(
    long runId, long tapeSequence, long timeNs, KillReason reason, Optional<String> symbol, long rejected,
    Orders orders)
{
    /**
     * The orders that were open at a kill: the gate had let them pass, and they were at the venue or on their way.
     *
     * @param open      how many.
     * @param cancelled of them later by the venue, asked or because they could not be filled at once.
     * @param rejected  of them later by the venue.
     * @param filled    of them later, to the end.
     * @param fills     of them later, those of a part too.
     */
    public record Orders(long open, long cancelled, long rejected, long filled, long fills)
    {
        /**
         * How many the stop left open to the end of the run.
         *
         * @return 0 or more.
         */
        public long left()
        {
            return open - cancelled - rejected - filled;
        }
    }

    /**
     * Checks that reason, symbol and orders are there.
     */
    public BacktestKill
    {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(symbol, "symbol");
        Objects.requireNonNull(orders, "orders");
    }
}
