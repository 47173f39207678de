package io.ringtape.backtest;

import io.ringtape.order.KillReason;
import java.util.Objects;
import java.util.Optional;

/**
 * A kill of everybody that the gate decided on itself. Nobody arms in a backtest: what is stopped stays so to the end
 * of its run.
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
 */
public record BacktestKill(
    long runId, long tapeSequence, long timeNs, KillReason reason, Optional<String> symbol, long rejected)
{
    /**
     * Checks that reason and symbol are there.
     */
    public BacktestKill
    {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(symbol, "symbol");
    }
}
