package io.ringtape.risk;

import io.ringtape.event.Definitions;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.SourceDefinition;
import io.ringtape.order.KillReason;
import io.ringtape.order.OwnControls;
import io.ringtape.order.Saturated;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Turns the kill switch for everybody where events say that the market is not known: at a gap, and where reference data
 * of open orders is too old. It obeys at once, and says so with an own control event; once everybody is stopped it has
 * nothing more to say until somebody arms. Hot path.
 * <p>
 * Thread safety: none; the order lane.
 * Allocation: none.
 */
final class KillTriggers
{
    private static final int SOURCE_WORDS = (Definitions.MAX_SOURCE_ID + 1) / Long.SIZE;
    /** Of what {@link #store(ByteBuffer)} writes. */
    static final int STATE_BYTES = (2 + SOURCE_WORDS) * Long.BYTES;

    /** The sources that events of instruments with limits came from, a bit each. */
    private final long[] tradedSources = new long[SOURCE_WORDS];
    private final RiskState state;
    private final Definitions definitions;
    private KillRules rules = KillRules.OFF;
    private @Nullable OwnControls controls;
    private @Nullable KillReason untold;
    private int untoldInstrument;
    private long nextLookNs;

    KillTriggers(final RiskState state, final Definitions definitions)
    {
        this.state = state;
        this.definitions = definitions;
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

    /**
     * Takes an event that the state has taken.
     *
     * @param event any but a detail.
     * @param type  of the event.
     */
    void onEvent(final OrderBookEvent event, final int type)
    {
        // Whatever the rules are by now: everybody was stopped, and nobody else knows.
        if (untold != null)
        {
            tell(event, untold, untoldInstrument);
        }
        final KillRules inForce = rules;
        if (inForce.isOff())
        {
            return;
        }
        if (event.has(EventFlags.OWN))
        {
            // An order that was not looked at yet.
            nextLookNs = type == EventType.OWN_NEW ? 0 : nextLookNs;
            return;
        }
        if (inForce.onGap())
        {
            lookForGap(event, type);
        }
        if (inForce.staleNs() != KillRules.NEVER_STALE && state.nowNs() >= nextLookNs)
        {
            lookForStale(event, inForce.staleNs());
        }
    }

    void store(final ByteBuffer target)
    {
        target.putLong(RiskGateState.limitsHash(rules)).putLong(nextLookNs);
        for (final long word : tradedSources)
        {
            target.putLong(word);
        }
    }

    void load(final ByteBuffer source)
    {
        if (source.getLong() != RiskGateState.limitsHash(rules))
        {
            throw new IllegalArgumentException("state is of a risk gate with other limits: onGap=" + rules.onGap() +
                " staleNs=" + rules.staleNs());
        }
        nextLookNs = source.getLong();
        for (int i = 0; i < SOURCE_WORDS; i++)
        {
            tradedSources[i] = source.getLong();
        }
        untold = null;
    }

    private void lookForGap(final OrderBookEvent event, final int type)
    {
        final int sourceId = event.sourceId();
        if (type >= EventType.ORDER_ADD && type <= EventType.TRADING_STATUS)
        {
            if (!isTraded(sourceId) && hasLimits(event.instrumentId()))
            {
                tradedSources[sourceId >> 6] |= 1L << sourceId;
            }
        }
        else if (type == EventType.GAP && isTradedChannel(sourceId))
        {
            kill(event, KillReason.GAP, 0);
        }
    }

    private boolean hasLimits(final int instrumentId)
    {
        final InstrumentRisk risk = state.find(instrumentId);
        return risk != null && risk.limits != null;
    }

    private boolean isTraded(final int sourceId)
    {
        return (tradedSources[sourceId >> 6] >>> sourceId & 1) != 0;
    }

    // A gap is one of all lines of a channel. A source that nobody defined may be any.
    private boolean isTradedChannel(final int sourceId)
    {
        final int count = definitions.sourceCount();
        if (sourceId >= count)
        {
            return true;
        }
        final SourceDefinition gap = definitions.source(sourceId);
        for (int id = 0; id < count; id++)
        {
            final SourceDefinition other = definitions.source(id);
            if (isTraded(id) && other.name().equals(gap.name()) && other.publisher() == gap.publisher() &&
                other.channel() == gap.channel())
            {
                return true;
            }
        }
        return false;
    }

    // Looks again when the oldest reference of an open order can have become too old, and not before.
    private void lookForStale(final OrderBookEvent event, final long staleNs)
    {
        InstrumentRisk oldest = null;
        long oldestNs = Long.MAX_VALUE;
        for (final InstrumentRisk risk : state.instruments())
        {
            if (risk != null && (risk.openBuys != 0 || risk.openSells != 0))
            {
                final long referenceNs = Math.max(risk.bookTimeNs, risk.tradeTimeNs);
                oldest = referenceNs < oldestNs ? risk : oldest;
                oldestNs = Math.min(oldestNs, referenceNs);
            }
        }
        nextLookNs = oldest == null ? Long.MAX_VALUE : Saturated.add(Saturated.add(oldestNs, staleNs), 1);
        if (oldest != null && state.nowNs() >= nextLookNs)
        {
            kill(event, KillReason.STALE, oldest.definition.instrumentId());
        }
    }

    private void kill(final OrderBookEvent event, final KillReason reason, final int instrumentId)
    {
        if (!state.killSwitch.isAllStopped())
        {
            state.killSwitch.stopAll();
            tell(event, reason, instrumentId);
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
