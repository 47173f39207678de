package io.ringtape.risk;

import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.order.KillReason;
import io.ringtape.order.OwnControls;
import io.ringtape.order.Saturated;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Turns the kill switch for everybody where events say that the market is not known: at a gap, and where reference data
 * of open orders is too old. It obeys at once, and says so with an own control event; once everybody is stopped it has
 * nothing more to say until somebody arms. Where the outbox is full it says so at a later event, but not behind an arm
 * of everybody: that ends the kill, told or not. Hot path.
 * <p>
 * Thread safety: none; the order lane.
 * Allocation: none.
 */
final class KillTriggers
{
    /** Of what {@link #store(ByteBuffer)} writes. */
    static final int STATE_BYTES = 2 * Long.BYTES;

    private final RiskState state;
    private KillRules rules = KillRules.OFF;
    private @Nullable OwnControls controls;
    private @Nullable KillReason untold;
    private int untoldInstrument;
    private long nextLookNs;

    KillTriggers(final RiskState state)
    {
        this.state = state;
    }

    /** Other rules from here on. */
    void rules(final KillRules newRules)
    {
        rules = newRules;
        nextLookNs = 0;
    }

    /** Sets what says that everybody was stopped; the first one stays. */
    void controls(final OwnControls first)
    {
        controls = controls == null ? first : controls;
    }

    /** Takes an order that opened: from the next event on it is looked at too. */
    void onOpen(final InstrumentRisk risk)
    {
        nextLookNs = Math.min(nextLookNs, tooOldNs(referenceNs(risk), rules.staleNs()));
    }

    /**
     * Takes an event whose time the state has taken, and nothing else of it but a control: what ends a silence must not
     * hide it.
     *
     * @param event any but a detail.
     * @param type  of the event.
     */
    void onEvent(final OrderBookEvent event, final int type)
    {
        if (untold != null)
        {
            tellLate(event, untold);
        }
        final KillRules inForce = rules;
        if (inForce.isOff() || event.has(EventFlags.OWN))
        {
            return;
        }
        if (inForce.onGap() && type == EventType.GAP && state.gaps.isTraded(event.sourceId()))
        {
            kill(event, KillReason.GAP, 0);
        }
        if (inForce.staleNs() != KillRules.NEVER_STALE && state.nowNs() >= nextLookNs)
        {
            lookForStale(event, inForce.staleNs());
        }
    }

    void store(final ByteBuffer target)
    {
        target.putLong(RiskGateState.limitsHash(rules)).putLong(nextLookNs);
    }

    void load(final ByteBuffer source)
    {
        if (source.getLong() != RiskGateState.limitsHash(rules))
        {
            throw new IllegalArgumentException("state is of a risk gate with other limits: onGap=" + rules.onGap() +
                " staleNs=" + rules.staleNs());
        }
        nextLookNs = source.getLong();
        untold = null;
    }

    // Looks again when the oldest reference of an open order can have become too old, and not before.
    private void lookForStale(final OrderBookEvent event, final long staleNs)
    {
        InstrumentRisk oldest = null;
        long oldestNs = Long.MAX_VALUE;
        for (final InstrumentRisk risk : state.instruments())
        {
            if (risk != null && risk.held.hasOpenOrders())
            {
                final long referenceNs = referenceNs(risk);
                oldest = referenceNs < oldestNs ? risk : oldest;
                oldestNs = Math.min(oldestNs, referenceNs);
            }
        }
        nextLookNs = oldest == null ? Long.MAX_VALUE : tooOldNs(oldestNs, staleNs);
        if (oldest != null && state.nowNs() >= nextLookNs)
        {
            kill(event, KillReason.STALE, oldest.definition.instrumentId());
        }
    }

    private static long referenceNs(final InstrumentRisk risk)
    {
        return Math.max(risk.bookTimeNs, risk.tradeTimeNs);
    }

    private static long tooOldNs(final long referenceNs, final long staleNs)
    {
        return Saturated.add(Saturated.add(referenceNs, staleNs), 1);
    }

    private void kill(final OrderBookEvent event, final KillReason reason, final int instrumentId)
    {
        if (!state.killSwitch.isAllStopped())
        {
            state.killSwitch.stopAll();
            tell(event, reason, instrumentId);
        }
    }

    // Whatever the rules are by now: everybody is stopped, and nobody else knows. Behind an arm nobody is any more, and
    // it would stop everybody again, for what was there before somebody armed.
    private void tellLate(final OrderBookEvent event, final KillReason reason)
    {
        if (state.killSwitch.isAllStopped())
        {
            tell(event, reason, untoldInstrument);
        }
        else
        {
            untold = null;
        }
    }

    // An outbox that is full gets it with a later event; the gate has obeyed already.
    private void tell(final OrderBookEvent event, final KillReason reason, final int instrumentId)
    {
        final boolean isTold = controls == null || controls.killAll(event, reason, instrumentId);
        untold = isTold ? null : reason;
        untoldInstrument = instrumentId;
    }
}
