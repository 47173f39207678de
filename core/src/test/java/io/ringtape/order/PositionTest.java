package io.ringtape.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.management.ThreadMXBean;
import io.ringtape.event.BookKind;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class PositionTest
{
    private static final long UNIT = 1_000_000_000L;
    private static final int ROUNDS = 12;

    private final Position position = new Position(stock(0, 1));

    @Test
    void shouldAverageWhatWasBoughtAndRealiseWhatIsSold()
    {
        position.fill(Side.BID, 100 * UNIT, 10, 0);
        position.fill(Side.BID, 106 * UNIT, 5, 0);
        position.fill(Side.ASK, 105 * UNIT, 6, 0);

        assertEquals(9, position.quantity());
        assertEquals(102 * UNIT, position.averagePrice());
        assertEquals(18 * UNIT, position.realisedNano());
        assertEquals(-9 * UNIT, position.unrealisedNano(101 * UNIT));
        assertEquals(new BigDecimal("918.000000000"), position.costBasis());
        assertEquals(new BigDecimal("2160.000000000"), position.turnover());
    }

    @Test
    void shouldSplitAFillThatGoesThroughZero()
    {
        position.fill(Side.ASK, 50 * UNIT, 4, 7);
        position.fill(Side.BID, 48 * UNIT, 10, -2);

        assertEquals(6, position.quantity());
        assertEquals(48 * UNIT, position.averagePrice());
        assertEquals(8 * UNIT, position.realisedNano());
        assertEquals(5, position.feesNano());
        assertEquals(8 * UNIT - 6 * UNIT - 5, position.pnlNano(47 * UNIT));
    }

    @Test
    void shouldHaveNoCostWhenFlat()
    {
        position.fill(Side.BID, 10, 3, 0);
        position.fill(Side.ASK, 11, 1, 0);
        position.fill(Side.ASK, 11, 1, 0);
        position.fill(Side.ASK, 11, 1, 0);

        assertEquals(0, position.quantity());
        assertEquals(OrderBookEvent.NULL_PRICE, position.averagePrice());
        assertEquals(0, position.costBasis().signum());
        assertEquals(0, position.unrealisedNano(12345));
        assertEquals(3, position.realisedNano());
    }

    @Test
    void shouldCountMultiplierAndExponents()
    {
        final Position coins = new Position(stock(-8, 5));

        coins.fill(Side.BID, 60_000 * UNIT, 25_000_000, 0);

        assertEquals(5 * 250 * UNIT, coins.unrealisedNano(61_000 * UNIT));
        assertEquals(60_000 * UNIT, coins.averagePrice());
    }

    @Test
    void shouldHoldMoneyAtTheEndsOfSixtyFourBits()
    {
        position.fill(Side.BID, Long.MAX_VALUE, 100, 0);

        assertEquals(Long.MIN_VALUE, position.unrealisedNano(-Long.MAX_VALUE));
        assertEquals(Long.MIN_VALUE, position.pnlNano(0));
        assertEquals(0, position.pnlNano(Long.MAX_VALUE));
    }

    @Test
    void shouldForgetWhenCleared()
    {
        position.fill(Side.BID, UNIT, 5, 3);

        position.clear();

        assertEquals(0, position.quantity());
        assertEquals(0, position.feesNano());
        assertEquals(0, position.pnlNano(UNIT));
        assertEquals(0, position.turnover().signum());
    }

    @Test
    void shouldRefuseWhatDoesNotFitAndStayAsItWas()
    {
        position.fill(Side.BID, 3, Long.MAX_VALUE, Long.MAX_VALUE);

        assertEquals("position does not fit: instrument=SYM price=1 quantity=1 position=9223372036854775807",
            assertThrows(ArithmeticException.class, () -> position.fill(Side.BID, 1, 1, 0)).getMessage());
        assertEquals("fees does not fit: instrument=SYM price=1 quantity=1 position=9223372036854775807",
            assertThrows(ArithmeticException.class, () -> position.fill(Side.ASK, 1, 1, 1)).getMessage());
        assertEquals(
            "turnover does not fit: instrument=SYM price=9223372036854775807 quantity=9223372036854775807 " +
                "position=9223372036854775807",
            assertThrows(ArithmeticException.class,
                () -> position.fill(Side.ASK, Long.MAX_VALUE, Long.MAX_VALUE, 0)).getMessage());
        assertEquals(Long.MAX_VALUE, position.quantity());
        assertEquals(3, position.averagePrice());
        assertEquals(0, position.realised().signum());
    }

    @Test
    void shouldRefuseFieldsOutOfRange()
    {
        assertEquals("side must be bid or ask: side=0",
            assertThrows(IllegalArgumentException.class, () -> position.fill(0, 1, 1, 0)).getMessage());
        assertEquals("quantity must be above 0: quantity=0",
            assertThrows(IllegalArgumentException.class, () -> position.fill(1, 1, 0, 0)).getMessage());
        assertEquals("price must not be null: quantity=1", assertThrows(IllegalArgumentException.class,
            () -> position.fill(1, OrderBookEvent.NULL_PRICE, 1, 0)).getMessage());
    }

    @Test
    void shouldAllocateNothingForAFill()
    {
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        final Position coins = new Position(stock(-8, 1));
        final FeeCalculator fees = new FeeCalculator(stock(-8, 1), new FeeRate(-20, 55, -3, 7));
        long best = Long.MAX_VALUE;
        long sum = 0;

        for (int round = 0; round < ROUNDS; round++)
        {
            final Random random = new Random(7);
            final long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < 10_000; i++)
            {
                final long price = 60_000 * UNIT + random.nextInt(1_000_000_000);
                final long quantity = 1L + random.nextInt(500_000_000);
                coins.fill(1 + (i & 1), price, quantity, fees.feeNano(price, quantity, (i & 2) == 0));
                sum += coins.pnlNano(price) + coins.averagePrice() + coins.realisedNano() + coins.unrealisedNano(price);
            }
            best = Math.min(best, threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }

        assertEquals(0, best, "sum=" + sum);
    }

    private static InstrumentDefinition stock(final int quantityExponent, final long multiplier)
    {
        return new InstrumentDefinition(0, "SYM", 0, -9, quantityExponent, BookKind.MBP, 0, 0, 0, multiplier);
    }
}
