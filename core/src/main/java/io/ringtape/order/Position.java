package io.ringtape.order;

import io.ringtape.event.FixedPoint;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * What fills of one instrument add up to: position, cost, cash, realised and unrealised profit, fees; all in integers,
 * by average cost. Hot path.
 * <p>
 * <b>Units.</b> Sums of price x quantity are kept in 128 bits in the instrument's own units, so nothing is rounded
 * there, with one exception: when a part of a position is closed, its share of the cost is rounded towards zero to one
 * unit, and the rest stays in the cost of what is left. So realised and unrealised profit are off by less than one unit
 * each, in opposite directions, and a flat position has no cost. A fill that goes through zero closes the old position
 * and opens a new one at its price. At all times, and exactly,
 * <pre>
 *   realised + unrealised(mark) = cash + position x mark x multiplier
 * </pre>
 * where cash is what sells brought less what buys cost, without fees; {@link #pnlNano(long)} takes the fees off.
 * <p>
 * Methods that end in {@code Nano} give 10^-9 of the instrument's currency, rounded down, and held at the ends of 64
 * bits (9.2 billion of the currency). Those that give a {@link BigDecimal} are exact, and are for reports.
 * <p>
 * Thread safety: none; one thread.
 * Allocation: none on a fill or in what gives a {@code long} (but where a sum times the multiplier does not fit into
 * 128 bits); a few objects in what gives a {@link BigDecimal}.
 */
public final class Position
{
    /** Of what {@link #store(ByteBuffer)} writes. */
    public static final int STATE_BYTES = 8 * Long.BYTES;

    private static final int NANO = -9;
    private static final int MAX_POWER = 18;

    private final Wide cash = new Wide();
    private final Wide costBasis = new Wide();
    private final Wide turnover = new Wide();
    private final Wide scratch = new Wide();
    private final Wide part = new Wide();
    private final String symbol;
    private final long multiplier;
    private final int exponent;
    private long quantity;
    private long feesNano;

    /**
     * No position.
     *
     * @param instrument of the fills.
     */
    public Position(final InstrumentDefinition instrument)
    {
        symbol = instrument.symbol();
        multiplier = instrument.multiplier();
        exponent = instrument.priceExponent() + instrument.quantityExponent();
    }

    /**
     * Adds a fill, whole or not at all.
     *
     * @param side         {@link Side#BID} bought, {@link Side#ASK} sold.
     * @param price        in price units of the instrument.
     * @param fillQuantity in quantity units of the instrument, above 0.
     * @param feeNano      what the fill cost on top, in 10^-9 of the currency; below 0 for a rebate.
     * @throws IllegalArgumentException if a field is out of its range; the message names it.
     * @throws ArithmeticException      if position or fees do not fit into 64 bits, or the turnover into 126; the
     *                                  message names the instrument.
     */
    public void fill(final int side, final long price, final long fillQuantity, final long feeNano)
    {
        requireFields(side, price, fillQuantity);
        final long change = side == Side.BID ? fillQuantity : -fillQuantity;
        final long newQuantity = quantity + change;
        final long newFees = feesNano + feeNano;
        // A sum has gone over the end where both parts have the sign that it has not. Neither may be the least long.
        if (((quantity ^ newQuantity) & (change ^ newQuantity)) < 0 || newQuantity == Long.MIN_VALUE)
        {
            throw doesNotFit("position", price, fillQuantity);
        }
        if (((feesNano ^ newFees) & (feeNano ^ newFees)) < 0)
        {
            throw doesNotFit("fees", price, fillQuantity);
        }
        // All other sums are at most the turnover, or twice that.
        scratch.setProduct(Math.abs(price), fillQuantity).add(turnover);
        if (!scratch.isSmall())
        {
            throw doesNotFit("turnover", price, fillQuantity);
        }
        turnover.set(scratch);
        cash.subtract(scratch.setProduct(price, change));
        changeCost(price, change, newQuantity);
        quantity = newQuantity;
        feesNano = newFees;
    }

    /**
     * Forgets all fills.
     */
    public void clear()
    {
        cash.clear();
        costBasis.clear();
        turnover.clear();
        quantity = 0;
        feesNano = 0;
    }

    /**
     * Writes all that the fills made, as part of the state of who holds the position.
     *
     * @param target little-endian, with room for {@link #STATE_BYTES}.
     */
    public void store(final ByteBuffer target)
    {
        cash.store(target);
        costBasis.store(target);
        turnover.store(target);
        target.putLong(quantity).putLong(feesNano);
    }

    /**
     * Takes over what was stored, in place of all fills so far.
     *
     * @param source little-endian, at what {@link #store(ByteBuffer)} wrote.
     * @throws java.nio.BufferUnderflowException if it ends early.
     */
    public void load(final ByteBuffer source)
    {
        cash.load(source);
        costBasis.load(source);
        turnover.load(source);
        quantity = source.getLong();
        feesNano = source.getLong();
    }

    /**
     * The position.
     *
     * @return above 0 long, below 0 short, in quantity units of the instrument.
     */
    public long quantity()
    {
        return quantity;
    }

    /**
     * The average price of what is open.
     *
     * @return in price units of the instrument, rounded down; {@link OrderBookEvent#NULL_PRICE} if nothing is open.
     */
    public long averagePrice()
    {
        if (quantity == 0)
        {
            return OrderBookEvent.NULL_PRICE;
        }
        scratch.set(costBasis);
        if (quantity < 0)
        {
            scratch.negate();
        }
        scratch.divideFloor(Math.abs(quantity));
        return scratch.saturated();
    }

    /**
     * What closed positions made, without fees.
     *
     * @return in 10^-9 of the currency.
     */
    public long realisedNano()
    {
        return nano(scratch.set(cash).add(costBasis));
    }

    /**
     * What the open position would make if it were closed at a price, without fees.
     *
     * @param mark in price units of the instrument; of no matter if nothing is open.
     * @return in 10^-9 of the currency.
     */
    public long unrealisedNano(final long mark)
    {
        return quantity == 0 ? 0 : nano(scratch.setProduct(quantity, mark).subtract(costBasis));
    }

    /**
     * What fees cost.
     *
     * @return in 10^-9 of the currency; below 0 if rebates were more.
     */
    public long feesNano()
    {
        return feesNano;
    }

    /**
     * Profit or loss: realised and unrealised, less the fees.
     *
     * @param mark in price units of the instrument; of no matter if nothing is open.
     * @return in 10^-9 of the currency.
     */
    public long pnlNano(final long mark)
    {
        scratch.set(cash);
        if (quantity != 0)
        {
            scratch.add(part.setProduct(quantity, mark));
        }
        final long gross = nano(scratch);
        final long net = gross - feesNano;
        return ((gross ^ feesNano) & (gross ^ net)) < 0 ? gross < 0 ? Long.MIN_VALUE : Long.MAX_VALUE : net;
    }

    /**
     * What sells brought less what buys cost, without fees.
     *
     * @return in the currency, exact.
     */
    public BigDecimal cash()
    {
        return exact(cash);
    }

    /**
     * What the open position cost: above 0 where it is long (at prices above 0), below 0 where it is short.
     *
     * @return in the currency, exact; 0 if nothing is open.
     */
    public BigDecimal costBasis()
    {
        return exact(costBasis);
    }

    /**
     * What closed positions made, without fees.
     *
     * @return in the currency, exact.
     */
    public BigDecimal realised()
    {
        return exact(scratch.set(cash).add(costBasis));
    }

    /**
     * What the open position would make if it were closed at a price, without fees.
     *
     * @param mark in price units of the instrument; of no matter if nothing is open.
     * @return in the currency, exact.
     */
    public BigDecimal unrealised(final long mark)
    {
        return quantity == 0 ? exact(scratch.clear()) : exact(scratch.setProduct(quantity, mark).subtract(costBasis));
    }

    /**
     * What was bought and sold together.
     *
     * @return in the currency, exact, 0 or more.
     */
    public BigDecimal turnover()
    {
        return exact(turnover);
    }

    private void changeCost(final long price, final long change, final long newQuantity)
    {
        if ((quantity ^ change) >= 0)
        {
            costBasis.add(scratch.setProduct(price, change));
        }
        else if (newQuantity == 0 || (newQuantity ^ quantity) < 0)
        {
            costBasis.setProduct(price, newQuantity);
        }
        else
        {
            costBasis.subtract(share(Math.abs(change), Math.abs(quantity)));
        }
    }

    // The cost x closed / open: quotient and remainder go apart, so that each product fits into 128 bits.
    private Wide share(final long closed, final long open)
    {
        final boolean negative = costBasis.isNegative();
        scratch.set(costBasis);
        if (negative)
        {
            scratch.negate();
        }
        final long remainder = scratch.divideFloor(open);
        part.setProduct(remainder, closed).divideFloor(open);
        // At most the cost, because what is closed is at most what is open.
        scratch.multiply(closed);
        scratch.add(part);
        return negative ? scratch.negate() : scratch;
    }

    private long nano(final Wide sum)
    {
        final int power = exponent - NANO;
        part.set(sum);
        if (!part.multiply(multiplier) || (power > 0 && !part.multiply(FixedPoint.powerOfTen(power))))
        {
            return nanoOfLarge(sum);
        }
        for (int left = -power; left > 0; left -= MAX_POWER)
        {
            part.divideFloor(FixedPoint.powerOfTen(Math.min(left, MAX_POWER)));
        }
        return part.saturated();
    }

    private long nanoOfLarge(final Wide sum)
    {
        final BigInteger product = sum.toBigInteger().multiply(BigInteger.valueOf(multiplier));
        final int power = exponent - NANO;
        final BigInteger scale = BigInteger.TEN.pow(Math.abs(power));
        final BigInteger[] quotient = product.divideAndRemainder(scale);
        final BigInteger rounded = quotient[1].signum() < 0 ? quotient[0].subtract(BigInteger.ONE) : quotient[0];
        final BigInteger value = power >= 0 ? product.multiply(scale) : rounded;
        return value.bitLength() < Long.SIZE ? value.longValue() :
            value.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    private BigDecimal exact(final Wide sum)
    {
        return new BigDecimal(sum.toBigInteger().multiply(BigInteger.valueOf(multiplier)), -exponent);
    }

    private void requireFields(final int side, final long price, final long fillQuantity)
    {
        if (side != Side.BID && side != Side.ASK)
        {
            throw new IllegalArgumentException("side must be bid or ask: side=" + side);
        }
        if (price == OrderBookEvent.NULL_PRICE)
        {
            throw new IllegalArgumentException("price must not be null: quantity=" + fillQuantity);
        }
        if (fillQuantity <= 0)
        {
            throw new IllegalArgumentException("quantity must be above 0: quantity=" + fillQuantity);
        }
    }

    private ArithmeticException doesNotFit(final String field, final long price, final long fillQuantity)
    {
        return new ArithmeticException(field + " does not fit: instrument=" + symbol + " price=" + price +
            " quantity=" + fillQuantity + " position=" + quantity);
    }
}
