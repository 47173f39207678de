package io.ringtape.backtest;

import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.order.KillReason;
import io.ringtape.risk.RiskCheck;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The kill of one run, and what becomes of the orders that are open then. Hot path.
 * <p>
 * Nobody arms, so there is one kill at most, and what is answered behind it is of orders that were open then.
 * <p>
 * Thread safety: none; the thread of the backtest.
 * Allocation: for the result only.
 */
final class RunKill
{
    private final long runId;
    private final Definitions definitions;
    private @Nullable KillReason reason;
    private int instrumentId;
    private long tapeSequence;
    private long timeNs;
    private long open;
    private long openThen;
    private long cancelled;
    private long rejected;
    private long filled;
    private long fills;

    RunKill(final long runId, final Definitions definitions)
    {
        this.runId = runId;
        this.definitions = definitions;
    }

    /** What the gate let pass: an order is open from here on, also on its way to the venue. */
    void onMade(final EventBatch batch)
    {
        if (batch.event(0).type() == EventType.OWN_NEW)
        {
            open++;
        }
    }

    /**
     * The gate stops everybody.
     *
     * @param control  that says so.
     * @param sequence on tape of the market event in hand.
     * @param nowNs    the time of the run.
     */
    void onKill(final OrderBookEvent control, final long sequence, final long nowNs)
    {
        reason = KillReason.ofCode(control.price());
        instrumentId = control.instrumentId();
        tapeSequence = sequence;
        timeNs = nowNs;
        openThen = open;
    }

    /** An answer of the venue, with its detail. */
    void onAnswer(final EventBatch answer)
    {
        final boolean behind = reason != null;
        switch (answer.event(0).type())
        {
            case EventType.OWN_CANCELLED ->
            {
                open--;
                cancelled += behind ? 1 : 0;
            }
            case EventType.OWN_REJECTED ->
            {
                open--;
                rejected += behind ? 1 : 0;
            }
            case EventType.OWN_FILL ->
            {
                final int whole = answer.event(1).detail(2) == 0 ? 1 : 0;
                open -= whole;
                filled += behind ? whole : 0;
                fills += behind ? 1 : 0;
            }
            default ->
            {
                // Accepted: as open as it was.
            }
        }
    }

    /**
     * The kill, when the run has ended.
     *
     * @param results of the run.
     * @return empty if nothing was stopped.
     */
    Optional<BacktestKill> result(final List<InstrumentResult> results)
    {
        final KillReason why = reason;
        if (why == null)
        {
            return Optional.empty();
        }
        final Optional<String> symbol = why == KillReason.STALE ?
            Optional.of(definitions.instrument(instrumentId).symbol()) : Optional.empty();
        final long refused = results.stream()
            .mapToLong((one) -> one.counts().rejects().getOrDefault(RiskCheck.KILLED.text(), 0L)).sum();
        return Optional.of(new BacktestKill(runId, tapeSequence, timeNs, why, symbol, refused,
            new BacktestKill.Orders(openThen, cancelled, rejected, filled, fills)));
    }
}
