package io.ringtape.risk;

import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.Side;
import io.ringtape.order.Position;
import io.ringtape.order.Saturated;
import java.nio.ByteBuffer;

/**
 * A position with its fees, and what was won or lost today. Hot path.
 * <p>
 * Thread safety: none; the order lane.
 * Allocation: on construction only.
 */
final class DayProfit
{
    /** Of what {@link #store(ByteBuffer)} writes. */
    static final int STATE_BYTES = Position.STATE_BYTES + 3 * Long.BYTES;

    private final Position position;
    private long feesNano;
    private boolean unknown;
    private long startNano;

    DayProfit(final InstrumentDefinition definition)
    {
        position = new Position(definition);
    }

    void fill(final int side, final long price, final long quantity)
    {
        try
        {
            position.fill(side, price, quantity, 0);
        }
        catch (final ArithmeticException e)
        {
            // Beyond what can be counted nothing is known, so nothing more may be risked.
            unknown = true;
        }
    }

    /**
     * Takes over a position, and what was won today before it.
     *
     * @param counted at the mark of its instrument.
     */
    void open(final CountedPosition counted)
    {
        final long before = totalNano(counted.mark());
        if (!counted.isKnown())
        {
            fillUnknown();
        }
        else if (counted.quantity() != 0)
        {
            fill(counted.quantity() > 0 ? Side.BID : Side.ASK, counted.price(), Math.abs(counted.quantity()));
        }
        startNano = Saturated.add(
            Saturated.add(startNano, totalNano(counted.mark()) - before), -counted.dayNano());
    }

    /** A fill that cannot be valued: nothing is known from here on. */
    void fillUnknown()
    {
        unknown = true;
    }

    void fee(final long nano)
    {
        feesNano = Saturated.add(feesNano, nano);
    }

    /**
     * A day begins: what was won or lost so far is no longer today's.
     *
     * @param mark in price units of the instrument; of no matter if nothing is open.
     */
    void startDay(final long mark)
    {
        startNano = totalNano(mark);
    }

    /**
     * What was won today.
     *
     * @param mark in price units of the instrument; of no matter if nothing is open.
     * @return below 0 for a loss, in 10^-9 of the currency; held at the ends of 64 bits, and at the lower one from a
     *     fill on that does not fit.
     */
    long profitNano(final long mark)
    {
        return unknown ? Long.MIN_VALUE : Saturated.add(totalNano(mark), -startNano);
    }

    /**
     * What is held, for a report.
     *
     * @param account    of the position.
     * @param instrument of the position.
     * @param quantity   of the account, known where the profit is not.
     * @param mark       in price units of the instrument.
     * @return allocates.
     */
    Holding holding(final int account, final InstrumentDefinition instrument, final long quantity, final long mark)
    {
        return new Holding(account, instrument, quantity, position.averagePrice(), mark, position.realisedNano(),
            feesNano, position.unrealisedNano(mark), profitNano(mark), !unknown);
    }

    void store(final ByteBuffer target)
    {
        position.store(target);
        target.putLong(feesNano).putLong(startNano).putLong(unknown ? 1 : 0);
    }

    void load(final ByteBuffer source)
    {
        position.load(source);
        feesNano = source.getLong();
        startNano = source.getLong();
        unknown = source.getLong() != 0;
    }

    private long totalNano(final long mark)
    {
        return Saturated.add(position.pnlNano(mark), -feesNano);
    }
}
