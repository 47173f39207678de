package io.ringtape.risk;

import io.ringtape.event.Stateful;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a risk gate knows, as bytes: its time, of each instrument that it has met the exposure, reference times and
 * message bucket, and the open orders.
 * <p>
 * Limits are parameters, but an instrument may be defined any time, and its limits are asked for when it is met. So
 * their hash stands beside each instrument that was met, instead of one over all: a gate with other limits for one of
 * them does not take the state over, and one that differs in instruments still to come does no harm.
 */
final class RiskState implements Stateful
{
    private static final int HEAD_BYTES = Long.BYTES + Integer.BYTES;
    private static final int INSTRUMENT_BYTES = Integer.BYTES + 9 * Long.BYTES;

    private final RiskGate gate;
    private final Stateful openOrders;

    RiskState(final RiskGate gate)
    {
        this.gate = gate;
        openOrders = gate.openOrders().state();
    }

    @Override
    public String stateName()
    {
        return "risk-gate";
    }

    @Override
    public int stateVersion()
    {
        return 1;
    }

    @Override
    public long stateParameters()
    {
        return 0;
    }

    @Override
    public long stateBytes()
    {
        return HEAD_BYTES + (long)metCount() * INSTRUMENT_BYTES + openOrders.stateBytes();
    }

    private int metCount()
    {
        int count = 0;
        for (final InstrumentRisk risk : gate.instruments)
        {
            count += risk == null ? 0 : 1;
        }
        return count;
    }

    @Override
    public void writeState(final ByteBuffer target)
    {
        target.putLong(gate.nowNs).putInt(metCount());
        final @Nullable InstrumentRisk[] all = gate.instruments;
        for (int id = 0; id < all.length; id++)
        {
            final InstrumentRisk risk = all[id];
            if (risk != null)
            {
                target.putInt(id).putLong(limitsHash(risk)).putLong(risk.position).putLong(risk.openBuys)
                    .putLong(risk.openSells).putLong(risk.bookTimeNs).putLong(risk.tradeTimeNs)
                    .putLong(risk.tradePrice);
                risk.messages.store(target);
            }
        }
        openOrders.writeState(target);
    }

    @Override
    public void readState(final ByteBuffer source)
    {
        gate.instruments = new @Nullable InstrumentRisk[0];
        gate.nowNs = source.getLong();
        final int count = source.getInt();
        int before = -1;
        for (int i = 0; i < count; i++)
        {
            before = readInstrument(source, before);
        }
        openOrders.readState(source);
    }

    private int readInstrument(final ByteBuffer source, final int before)
    {
        final int id = source.getInt();
        final InstrumentRisk risk = id > before ? gate.find(id) : null;
        if (risk == null)
        {
            throw new IllegalArgumentException("state of a risk gate makes no sense: instrumentId=" + id);
        }
        if (source.getLong() != limitsHash(risk))
        {
            throw new IllegalArgumentException("state is of a risk gate with other limits: instrumentId=" + id);
        }
        risk.position = source.getLong();
        risk.openBuys = source.getLong();
        risk.openSells = source.getLong();
        risk.bookTimeNs = source.getLong();
        risk.tradeTimeNs = source.getLong();
        risk.tradePrice = source.getLong();
        risk.messages.load(source);
        return id;
    }

    private static long limitsHash(final InstrumentRisk risk)
    {
        final RiskLimits limits = risk.limits;
        return limits == null ? 0 : Stateful.parameters(limits);
    }
}
