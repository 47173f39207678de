package io.ringtape.risk;

import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.Stateful;
import io.ringtape.order.OpenOrders;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a risk gate knows, as bytes: its time, the version of its limits, the kill switch and what turns it by itself,
 * the channels with a gap, the ids that were used, a fill whose detail is still to come, of each instrument and account
 * that it has met all but the limits, and the open orders with what they cost their accounts.
 * <p>
 * Limits are parameters, but an instrument may be defined any time, and its limits are asked for when it is met. So
 * their hash stands beside each instrument and account that was met, instead of one over all: a gate with other limits
 * for one of them does not take the state over, and one that differs in those still to come does no harm.
 */
final class RiskGateState implements Stateful
{
    private static final int HEAD_BYTES = 4 * Long.BYTES + 5 * Integer.BYTES + KillTriggers.STATE_BYTES +
        SourceSet.STATE_BYTES;
    private static final int INSTRUMENT_BYTES =
        Integer.BYTES + 7 * Long.BYTES + SourceSet.STATE_BYTES + OpenPosition.STATE_BYTES + MessageBucket.STATE_BYTES +
        DayProfit.STATE_BYTES;
    private static final int EXPOSURE_BYTES = 3 * Long.BYTES + Integer.BYTES;

    private final RiskGate gate;
    private final RiskState state;
    private final Stateful openOrders;

    RiskGateState(final RiskGate gate, final RiskState state)
    {
        this.gate = gate;
        this.state = state;
        openOrders = state.openOrders.state();
    }

    @Override
    public String stateName()
    {
        return "risk-gate";
    }

    @Override
    public int stateVersion()
    {
        return 6;
    }

    @Override
    public long stateParameters()
    {
        return gate.isVenueAnswering() ? 1 : 0;
    }

    @Override
    public long stateBytes()
    {
        long bytes = HEAD_BYTES + state.killSwitch.stateBytes() + (long)state.lastIds.length * Long.BYTES +
            metCount() * (long)INSTRUMENT_BYTES + openOrders.stateBytes() +
            state.openOrders.size() * (long)EXPOSURE_BYTES;
        for (final AccountRisk account : state.accounts())
        {
            bytes += Long.BYTES + account.stateBytes();
        }
        return bytes;
    }

    @Override
    public void writeState(final ByteBuffer target)
    {
        target.putLong(state.nowNs()).putLong(state.nextDayNs()).putLong(gate.limitsVersion())
            .putLong(gate.filledAccount()).putInt(gate.filledInstrument());
        state.killSwitch.store(target);
        state.triggers.store(target);
        state.gaps.store(target);
        for (final long id : state.lastIds)
        {
            target.putLong(id);
        }
        target.putInt(metCount());
        for (final InstrumentRisk risk : state.instruments())
        {
            if (risk != null)
            {
                writeInstrument(risk, target);
            }
        }
        final AccountRisk[] accounts = state.accounts();
        target.putInt(accounts.length);
        for (final AccountRisk account : accounts)
        {
            target.putLong(limitsHash(account.limits));
            account.store(target);
        }
        target.putInt(state.openOrders.size()).putInt((int)openOrders.stateBytes());
        openOrders.writeState(target);
        writeExposure(target);
    }

    @Override
    public void readState(final ByteBuffer source)
    {
        state.restart(source.getLong(), source.getLong());
        gate.restart(source.getLong(), source.getLong(), source.getInt());
        state.killSwitch.load(source);
        state.triggers.load(source);
        state.gaps.load(source);
        for (int strategy = 0; strategy < state.lastIds.length; strategy++)
        {
            state.lastIds[strategy] = source.getLong();
        }
        int before = -1;
        for (int left = source.getInt(); left > 0; left--)
        {
            before = readInstrument(source, before);
        }
        for (int left = source.getInt(); left > 0; left--)
        {
            readAccount(source);
        }
        final int orderCount = source.getInt();
        final int bytes = source.getInt();
        if (bytes < 0 || bytes > source.remaining())
        {
            throw new IllegalArgumentException("state of a risk gate makes no sense: openOrderBytes=" + bytes);
        }
        openOrders.readState(source.slice(source.position(), bytes).order(source.order()));
        source.position(source.position() + bytes);
        readExposure(source, orderCount);
        state.countHolders();
    }

    private void writeInstrument(final InstrumentRisk risk, final ByteBuffer target)
    {
        target.putInt(risk.definition.instrumentId()).putLong(limitsHash(risk.limits)).putLong(risk.bookTimeNs)
            .putLong(risk.tradeTimeNs).putLong(risk.tradePrice).putLong(risk.markPrice).putLong(risk.tradingStatus)
            .putLong(risk.hasGap ? 1 : 0);
        risk.sources.store(target);
        risk.held.store(target);
        risk.messages.store(target);
        risk.profit.store(target);
    }

    private int readInstrument(final ByteBuffer source, final int before)
    {
        final int id = source.getInt();
        final InstrumentRisk risk = id > before ? state.find(id) : null;
        if (risk == null)
        {
            throw new IllegalArgumentException("state of a risk gate makes no sense: instrumentId=" + id);
        }
        if (source.getLong() != limitsHash(risk.limits))
        {
            throw new IllegalArgumentException("state is of a risk gate with other limits: instrumentId=" + id);
        }
        risk.bookTimeNs = source.getLong();
        risk.tradeTimeNs = source.getLong();
        risk.tradePrice = source.getLong();
        risk.markPrice = source.getLong();
        risk.tradingStatus = source.getLong();
        risk.hasGap = source.getLong() != 0;
        risk.sources.load(source);
        risk.held.load(source);
        risk.messages.load(source);
        risk.profit.load(source);
        return id;
    }

    private void readAccount(final ByteBuffer source)
    {
        final long limits = source.getLong();
        final AccountRisk account = state.account(source.getInt());
        if (limits != limitsHash(account.limits))
        {
            throw new IllegalArgumentException(
                "state is of a risk gate with other limits: account=" + account.account());
        }
        account.load(source, this::definition);
    }

    private InstrumentDefinition definition(final int instrumentId)
    {
        final InstrumentRisk risk = state.find(instrumentId);
        if (risk == null)
        {
            throw new IllegalArgumentException("state of a risk gate makes no sense: instrumentId=" + instrumentId);
        }
        return risk.definition;
    }

    private void writeExposure(final ByteBuffer target)
    {
        for (final long id : state.openOrders.ids())
        {
            final int slot = state.openOrders.find(id);
            target.putLong(id).putInt(state.exposure.account(slot).account()).putLong(state.exposure.worstPrice(slot))
                .putLong(state.exposure.notional(slot));
        }
    }

    private void readExposure(final ByteBuffer source, final int count)
    {
        if (count != state.openOrders.size())
        {
            throw new IllegalArgumentException("state of a risk gate makes no sense: openOrders=" + count);
        }
        for (int left = count; left > 0; left--)
        {
            final long id = source.getLong();
            final int slot = state.openOrders.find(id);
            if (slot == OpenOrders.NO_SLOT)
            {
                throw new IllegalArgumentException("state of a risk gate makes no sense: clientOrderId=" + id);
            }
            state.exposure.restore(slot, state.account(source.getInt()), source.getLong(), source.getLong());
        }
        if (source.hasRemaining())
        {
            throw new IllegalArgumentException("state of a risk gate goes on: bytes=" + source.remaining());
        }
    }

    private int metCount()
    {
        return (int)Arrays.stream(state.instruments()).filter((risk) -> risk != null).count();
    }

    static long limitsHash(final @Nullable Object limits)
    {
        return limits == null ? 0 : Stateful.parameters(limits);
    }
}
