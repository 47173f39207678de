package io.ringtape.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtape.event.BookKind;
import io.ringtape.event.InstrumentDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class FeeCalculatorTest
{
    private static final long UNIT = 1_000_000_000L;

    @Test
    void shouldTakeAShareOfTheNotional()
    {
        final FeeCalculator fees = new FeeCalculator(instrument(-9, -8, 1), FeeRate.ofNotional(-100, 450));

        assertEquals(27_000_000_000L * 45 / 100 / 100, fees.feeNano(60_000 * UNIT, 450_000, false));
        assertEquals(-27_000_000L, fees.feeNano(60_000 * UNIT, 450_000, true));
    }

    @Test
    void shouldTakeAnAmountForEachUnit()
    {
        final FeeCalculator fees = new FeeCalculator(instrument(-9, 0, 50), FeeRate.ofUnits(-2_000_000, 3_000_000));

        assertEquals(21_000_000, fees.feeNano(5_000 * UNIT, 7, false));
        assertEquals(-14_000_000, fees.feeNano(5_000 * UNIT, 7, true));
    }

    @Test
    void shouldRoundAgainstWhoTrades()
    {
        final FeeCalculator fees = new FeeCalculator(instrument(-9, -8, 1), new FeeRate(-1, 1, -1, 1));

        assertEquals(2, fees.feeNano(1, 1, false));
        assertEquals(0, fees.feeNano(1, 1, true));
    }

    @Test
    void shouldRefuseAFeeThatDoesNotFit()
    {
        final FeeCalculator fees = new FeeCalculator(instrument(0, 0, 1), FeeRate.ofNotional(0, 1_000_000));

        assertEquals("fee does not fit: instrument=SYM price=9223372036854775807 quantity=2",
            assertThrows(ArithmeticException.class, () -> fees.feeNano(Long.MAX_VALUE, 2, false)).getMessage());
    }

    @Test
    void shouldRefuseAFeeOfWhichOnlyThePartsFit()
    {
        final FeeCalculator fees =
            new FeeCalculator(instrument(0, 0, 1), new FeeRate(0, 1_000_000, 0, 1_000_000_000_000_000L));

        assertEquals("fee does not fit: instrument=SYM price=9223372036 quantity=1",
            assertThrows(ArithmeticException.class, () -> fees.feeNano(9_223_372_036L, 1, false)).getMessage());
    }

    @Test
    void shouldRefuseARateOutOfRange()
    {
        assertEquals("takerPpm must be -1000000 to 1000000: takerPpm=1000001",
            assertThrows(IllegalArgumentException.class, () -> FeeRate.ofNotional(0, 1_000_001)).getMessage());
        assertEquals(
            "makerPerUnitNano must be -1000000000000000 to 1000000000000000: makerPerUnitNano=-1000000000000001",
            assertThrows(IllegalArgumentException.class, () -> FeeRate.ofUnits(-1_000_000_000_000_001L, 0))
                .getMessage());
    }

    private static InstrumentDefinition instrument(
        final int priceExponent, final int quantityExponent, final long multiplier)
    {
        return new InstrumentDefinition(
            0, "SYM", 0, priceExponent, quantityExponent, BookKind.MBP, 0, 0, 0, multiplier);
    }
}
