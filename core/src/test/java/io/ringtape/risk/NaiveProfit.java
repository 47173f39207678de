package io.ringtape.risk;

import io.ringtape.event.Side;
import java.math.BigInteger;

/** Money that came and went, a position, and what both were worth when the day began. */
final class NaiveProfit
{
    long position;
    private final NaiveInstrument instrument;
    private BigInteger moneyNano = BigInteger.ZERO;
    private BigInteger startNano = BigInteger.ZERO;

    NaiveProfit(final NaiveInstrument instrument)
    {
        this.instrument = instrument;
    }

    void fill(final int side, final long price, final long quantity, final long feeNano)
    {
        final boolean isBuy = side == Side.BID;
        final BigInteger paid = instrument.nano(BigInteger.valueOf(price), quantity);
        position += isBuy ? quantity : -quantity;
        moneyNano = moneyNano.add(isBuy ? paid.negate() : paid).subtract(BigInteger.valueOf(feeNano));
    }

    void startDay(final BigInteger mark)
    {
        startNano = total(mark);
    }

    BigInteger today(final BigInteger mark)
    {
        return total(mark).subtract(startNano);
    }

    private BigInteger total(final BigInteger mark)
    {
        final BigInteger worth = position == 0 ? BigInteger.ZERO : instrument.nano(mark, Math.abs(position));
        return moneyNano.add(position < 0 ? worth.negate() : worth);
    }
}
