package io.ringtape.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.BookKind;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.Side;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Positions against a naive twin in big integers. */
final class PositionPropertyTest
{
    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);

    record Fill(int side, long price, long quantity, long feeNano)
    {
    }

    @Property(tries = 2_000)
    void shouldReconcileWithTheFills(
        @ForAll("fills") final List<Fill> fills,
        @ForAll @IntRange(min = -18, max = 0) final int priceExponent,
        @ForAll @IntRange(min = -18, max = 0) final int quantityExponent,
        @ForAll @LongRange(min = 1, max = 1_000_000_000_000L) final long multiplier,
        @ForAll final long mark)
    {
        assertReconciles(fills, priceExponent, quantityExponent, multiplier, Math.max(mark, -Long.MAX_VALUE));
    }

    @Property(tries = 2_000)
    void shouldReconcileWithFillsOfAStock(
        @ForAll("stockFills") final List<Fill> fills, @ForAll @LongRange(min = 90, max = 110) final long mark)
    {
        assertReconciles(fills, -2, 0, 1, mark);
    }

    private static void assertReconciles(
        final List<Fill> fills, final int priceExponent, final int quantityExponent, final long multiplier,
        final long mark)
    {
        final Position position = new Position(new InstrumentDefinition(
            0, "SYM", 0, priceExponent, quantityExponent, BookKind.MBP, 0, 0, 0, multiplier));
        final Twin twin = new Twin(BigInteger.valueOf(multiplier), -priceExponent - quantityExponent);

        for (final Fill fill : fills)
        {
            position.fill(fill.side, fill.price, fill.quantity, fill.feeNano);
            twin.fill(fill);

            twin.assertEqual(position, mark);
        }
    }

    @Provide
    Arbitrary<List<Fill>> fills()
    {
        // 50 fills of less than 2^56 each fit; prices are also below 0.
        return Combinators.combine(
            Arbitraries.of(Side.BID, Side.ASK),
            Arbitraries.longs().between(-Long.MAX_VALUE, Long.MAX_VALUE),
            Arbitraries.longs().between(1, 1L << 56),
            Arbitraries.longs().between(-(1L << 56), 1L << 56)).as(Fill::new).list().ofMaxSize(50);
    }

    @Provide
    Arbitrary<List<Fill>> stockFills()
    {
        return Combinators.combine(
            Arbitraries.of(Side.BID, Side.ASK),
            Arbitraries.longs().between(90, 110),
            Arbitraries.longs().between(1, 7),
            Arbitraries.longs().between(-5, 5)).as(Fill::new).list().ofMaxSize(60);
    }

    /** The same by the definition: signed quantities, sums that never end. */
    private static final class Twin
    {
        private final BigInteger multiplier;
        private final int decimals;
        private BigInteger position = BigInteger.ZERO;
        private BigInteger cash = BigInteger.ZERO;
        private BigInteger cost = BigInteger.ZERO;
        private BigInteger realised = BigInteger.ZERO;
        private BigInteger turnover = BigInteger.ZERO;
        private BigInteger fees = BigInteger.ZERO;

        Twin(final BigInteger multiplier, final int decimals)
        {
            this.multiplier = multiplier;
            this.decimals = decimals;
        }

        void fill(final Fill fill)
        {
            final BigInteger price = BigInteger.valueOf(fill.price);
            BigInteger left = BigInteger.valueOf(fill.side == Side.BID ? fill.quantity : -fill.quantity);
            cash = cash.subtract(price.multiply(left));
            turnover = turnover.add(price.multiply(left).abs());
            fees = fees.add(BigInteger.valueOf(fill.feeNano));
            if (position.signum() * left.signum() < 0)
            {
                final BigInteger closed = position.abs().min(left.abs());
                final BigInteger signed = left.signum() < 0 ? closed.negate() : closed;
                final BigInteger share = cost.multiply(closed).divide(position.abs());
                realised = realised.subtract(price.multiply(signed)).subtract(share);
                cost = cost.subtract(share);
                position = position.add(signed);
                left = left.subtract(signed);
            }
            cost = cost.add(price.multiply(left));
            position = position.add(left);
        }

        void assertEqual(final Position actual, final long mark)
        {
            final BigInteger value = position.multiply(BigInteger.valueOf(mark));
            final BigInteger unrealised = value.subtract(cost);

            assertEquals(position.longValueExact(), actual.quantity());
            assertEquals(money(cash), actual.cash());
            assertEquals(money(cost), actual.costBasis());
            assertEquals(money(realised), actual.realised());
            assertEquals(money(unrealised), actual.unrealised(mark));
            assertEquals(money(turnover), actual.turnover());
            assertEquals(money(cash.add(value)), actual.realised().add(actual.unrealised(mark)));
            assertEquals(fees.longValueExact(), actual.feesNano());
            assertEquals(nano(realised), actual.realisedNano());
            assertEquals(nano(unrealised), actual.unrealisedNano(mark));
            assertEquals(clamp(BigInteger.valueOf(nano(cash.add(value))).subtract(fees)), actual.pnlNano(mark));
            if (position.signum() == 0)
            {
                assertEquals(money(BigInteger.ZERO), actual.costBasis());
            }
            else
            {
                final BigInteger[] average = cost.divideAndRemainder(position);
                final boolean down = average[1].signum() != 0 && cost.signum() * position.signum() < 0;
                assertEquals(clamp(down ? average[0].subtract(BigInteger.ONE) : average[0]), actual.averagePrice());
            }
            assertTrue(position.signum() != 0 || cost.signum() == 0);
        }

        private BigDecimal money(final BigInteger sum)
        {
            return new BigDecimal(sum.multiply(multiplier), decimals);
        }

        private long nano(final BigInteger sum)
        {
            return clamp(money(sum).movePointRight(9).setScale(0, RoundingMode.FLOOR).toBigInteger());
        }

        private static long clamp(final BigInteger value)
        {
            return value.min(MAX).max(MIN).longValueExact();
        }
    }
}
