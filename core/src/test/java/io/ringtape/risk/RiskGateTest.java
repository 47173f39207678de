package io.ringtape.risk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.order.NewOrder;
import io.ringtape.order.OrderGate;
import io.ringtape.order.OrderType;
import io.ringtape.order.TimeInForce;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each check at its limit and one beyond; times in ns, prices and quantities in plain units. */
@Timeout(10)
final class RiskGateTest
{
    private static final long NOW_NS = 1_000_000_000_000L;
    private static final RiskLimits LIMITS = new RiskLimits(50, 40_000, 100, 100, 100, 5_000, 2, 3, Long.MAX_VALUE);

    private static final long NEXT_ID = 1_000_000;

    private final Market market = new Market(LIMITS);

    @Test
    void shouldPassAnOrderWithinAllLimits()
    {
        market.touch(0, 999, 1_001, NOW_NS);

        assertPassed(0, Side.BID, 1_000, 40);
        assertPassed(0, Side.ASK, 1_000, 40);
    }

    @Test
    void shouldRejectWhereNoLimitsAreSet()
    {
        market.gate(RiskGate.builder(market.definitions, market.books::book)
            .otherLimits(definition -> definition.instrumentId() == 1 ? LIMITS : null)
            .otherAccounts(Market.WIDE).build());
        market.touch(0, 999, 1_001, NOW_NS);
        market.touch(1, 999, 1_001, NOW_NS);

        assertRejected(RiskCheck.NO_LIMITS, 0, 0, check(0, Side.BID, 1_000, 1));
        assertPassed(1, Side.BID, 1_000, 1);
    }

    @Test
    void shouldRejectAnInstrumentThatIsNotDefined()
    {
        assertRejected(RiskCheck.NO_LIMITS, 2, 0, check(2, Side.BID, 1_000, 1));
        assertRejected(RiskCheck.NO_LIMITS, -1, 0, check(-1, Side.BID, 1_000, 1));
    }

    @Test
    void shouldRejectWhatIsNoOrder()
    {
        market.touch(0, 999, 1_001, NOW_NS);

        assertRejected(RiskCheck.SIDE, 0, 0, check(0, Side.NONE, 1_000, 1));
        assertRejected(RiskCheck.SIDE, 3, 0, check(0, 3, 1_000, 1));
        assertRejected(RiskCheck.PRICE, OrderBookEvent.NULL_PRICE, 0,
            check(0, Side.BID, OrderBookEvent.NULL_PRICE, 1));
        assertRejected(RiskCheck.QUANTITY, 0, 1, check(0, Side.BID, 1_000, 0));
        assertRejected(RiskCheck.QUANTITY, Long.MIN_VALUE, 1, check(0, Side.BID, 1_000, Long.MIN_VALUE));
    }

    @Test
    void shouldRejectAnOrderTypeThatItDoesNotKnow()
    {
        market.touch(0, 999, 1_001, NOW_NS);

        assertRejected(RiskCheck.ORDER_TYPE, 7, 0, market.gate().check(
            order(0, Side.BID, 1_000, 1).terms(7, TimeInForce.GOOD_TILL_CANCEL, 0)));
    }

    @Test
    void shouldLimitTheOrderQuantity()
    {
        market.touch(0, 499, 501, NOW_NS);

        assertPassed(0, Side.BID, 500, 50);
        assertRejected(RiskCheck.MAX_ORDER_QUANTITY, 51, 50, check(0, Side.BID, 500, 51));
        assertRejected(RiskCheck.MAX_ORDER_QUANTITY, Long.MAX_VALUE, 50, check(0, Side.ASK, 500, Long.MAX_VALUE));
    }

    @Test
    void shouldLimitTheNotional()
    {
        market.touch(0, 999, 1_001, NOW_NS);
        market.touch(1, 19_999, 20_001, NOW_NS);

        assertPassed(0, Side.BID, 1_000, 40);
        assertRejected(RiskCheck.MAX_NOTIONAL, 40_040, 40_000, check(0, Side.BID, 1_001, 40));
        // 0.40 units of 20,000 with a multiplier of 5.
        assertPassed(1, Side.BID, 20_000, 40);
        assertRejected(RiskCheck.MAX_NOTIONAL, 40_002, 40_000, check(1, Side.BID, 20_001, 40));
        assertRejected(RiskCheck.MAX_NOTIONAL, 40_951, 40_000, check(1, Side.BID, 19_976, 41));
    }

    @Test
    void shouldLimitTheNotionalOfANegativePrice()
    {
        market.touch(0, -1_001, -999, NOW_NS);

        assertPassed(0, Side.BID, -1_000, 40);
        assertRejected(RiskCheck.MAX_NOTIONAL, 40_040, 40_000, check(0, Side.BID, -1_001, 40));
    }

    @Test
    void shouldNotLetANotionalOverflow()
    {
        final RiskLimits wide =
            new RiskLimits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 10_000, 5_000, 2, 3,
                Long.MAX_VALUE);
        final Market large = new Market(wide);
        large.touch(0, Long.MAX_VALUE - 2, Long.MAX_VALUE, NOW_NS);

        assertEquals(OrderGate.PASSED, large.gate().check(order(0, Side.BID, Long.MAX_VALUE, 1)));
        assertEquals(RiskCheck.MAX_NOTIONAL.code(), large.gate().check(order(0, Side.BID, Long.MAX_VALUE, 2)));
        assertEquals(Long.MAX_VALUE, large.gate().failedValue());
        // 2^62 x 4 is 0 in 64 bits.
        assertEquals(RiskCheck.MAX_NOTIONAL.code(), large.gate().check(order(0, Side.BID, 1L << 62, 4)));
    }

    @Test
    void shouldKeepPricesWithinTheCollar()
    {
        market.touch(0, 990, 1_011, NOW_NS);

        // The middle, 1000.5, is rounded down; 1 % of it is 10.
        assertPassed(0, Side.BID, 1_010, 1);
        assertPassed(0, Side.ASK, 990, 1);
        assertRejected(RiskCheck.PRICE_COLLAR, 11, 10, check(0, Side.BID, 1_011, 1));
        assertRejected(RiskCheck.PRICE_COLLAR, 11, 10, check(0, Side.ASK, 989, 1));
    }

    @Test
    void shouldNotLetADistanceOverflow()
    {
        final RiskLimits wide = new RiskLimits(1, Long.MAX_VALUE, 1, 1, 10_000, 5_000, 2, 3, Long.MAX_VALUE);
        final Market large = new Market(wide);
        large.touch(0, Long.MAX_VALUE - 2, Long.MAX_VALUE, NOW_NS);

        assertEquals(RiskCheck.PRICE_COLLAR.code(), large.gate().check(order(0, Side.BID, -5, 1)));
        assertEquals(Long.MAX_VALUE, large.gate().failedValue());
        assertEquals(Long.MAX_VALUE - 1, large.gate().failedLimit());
    }

    @Test
    void shouldRejectWithoutAFreshReference()
    {
        assertRejected(RiskCheck.NO_REFERENCE, -1, 5_000, check(0, Side.BID, 1_000, 1));
        market.touch(0, 999, 1_001, NOW_NS);

        market.time(NOW_NS + 5_000, 0);
        assertPassed(0, Side.BID, 1_000, 1);
        market.time(NOW_NS + 5_001, 0);
        assertRejected(RiskCheck.NO_REFERENCE, 5_001, 5_000, check(0, Side.BID, 1_000, 1));
        market.touch(1, 19_999, 20_001, NOW_NS + 5_002);
        assertRejected(RiskCheck.NO_REFERENCE, 5_002, 5_000, check(0, Side.BID, 1_000, 1));
        market.level(0, Side.BID, 998, 1, NOW_NS + 5_002);
        assertPassed(0, Side.BID, 1_000, 1);
    }

    @Test
    void shouldTakeTheLastTradeWhereTheBookGivesNoReference()
    {
        market.trade(0, 1_000, NOW_NS, 0);
        market.trade(0, 2_000, NOW_NS, EventFlags.NOT_PRINTABLE);
        assertPassed(0, Side.BID, 1_010, 1);
        assertRejected(RiskCheck.PRICE_COLLAR, 11, 10, check(0, Side.BID, 1_011, 1));

        market.level(0, Side.BID, 500, 1, NOW_NS + 1);
        assertPassed(0, Side.BID, 1_010, 1);
        market.level(0, Side.ASK, 502, 1, NOW_NS + 1);
        assertRejected(RiskCheck.PRICE_COLLAR, 509, 5, check(0, Side.BID, 1_010, 1));
        market.level(0, Side.BID, 502, 1, NOW_NS + 1);
        assertPassed(0, Side.BID, 1_010, 1);
        market.time(NOW_NS + 5_001, 0);
        assertRejected(RiskCheck.NO_REFERENCE, 5_001, 5_000, check(0, Side.BID, 1_010, 1));
    }

    @Test
    void shouldNotTakeATradeOfNothingForAReference()
    {
        market.tradeOfNothing(0, 0, NOW_NS);
        assertRejected(RiskCheck.NO_REFERENCE, -1, 5_000, check(0, Side.BID, 0, 1));
        market.trade(0, 1_000, NOW_NS, 0);

        market.tradeOfNothing(0, 2_000, NOW_NS + 1);

        assertPassed(0, Side.BID, 1_010, 1);
    }

    @Test
    void shouldLimitTheNotionalThatABuyAtANegativePriceMayGetTo()
    {
        market.touch(0, -1_006, -1_004, NOW_NS);

        // A buy above the reference meets an ask that is farther from 0 than its limit; a sell there gets its limit.
        assertPassed(0, Side.BID, -995, 39);
        assertRejected(RiskCheck.MAX_NOTIONAL, 40_200, 40_000, check(0, Side.BID, -995, 40));
        assertPassed(0, Side.ASK, -995, 40);
    }

    @Test
    void shouldRejectOnAStaleBookThoughATradeIsFresh()
    {
        market.touch(0, 999, 1_001, NOW_NS);
        market.trade(0, 1_000, NOW_NS + 5_000, 0);
        assertPassed(0, Side.BID, 1_000, 1);

        market.trade(0, 1_000, NOW_NS + 5_001, 0);
        assertRejected(RiskCheck.STALE_BOOK, 5_001, 5_000, check(0, Side.BID, 1_000, 1));
        assertRejected(RiskCheck.STALE_BOOK, 5_001, 5_000, market.gate().check(
            order(0, Side.BID, OrderBookEvent.NULL_PRICE, 1).terms(
                OrderType.MARKET, TimeInForce.IMMEDIATE_OR_CANCEL, 0)));
        market.level(0, Side.BID, 998, 1, NOW_NS + 5_001);
        assertPassed(0, Side.BID, 1_000, 1);
    }

    @Test
    void shouldNotTrustASuspectBook()
    {
        market.touch(0, 999, 1_001, NOW_NS);
        market.trade(0, 2_000, NOW_NS, EventFlags.SUSPECT_BOOK);

        assertRejected(RiskCheck.SUSPECT_BOOK, 0, 0, check(0, Side.BID, 1_000, 1));

        market.clear(0, NOW_NS, 0);
        market.touch(0, 999, 1_001, NOW_NS);
        assertPassed(0, Side.BID, 1_000, 1);
    }

    @Test
    void shouldNotTakeTheTimeOfAnEventWhoseTimeIsBad()
    {
        market.touch(0, 999, 1_001, NOW_NS);

        market.time(NOW_NS + 900_000, EventFlags.BAD_TIME);
        market.time(NOW_NS - 900_000, 0);

        assertPassed(0, Side.BID, 1_000, 1);
    }

    @Test
    void shouldLimitTheWorstCasePosition()
    {
        market.touch(0, 499, 501, NOW_NS);
        market.gate().onAccepted(order(0, Side.BID, 500, 60).from(1, 0, 0));
        market.gate().onAccepted(order(0, Side.ASK, 500, 70).from(2, 0, 0));

        assertPassed(0, Side.BID, 500, 40);
        assertRejected(RiskCheck.MAX_POSITION, 101, 100, check(0, Side.BID, 500, 41));
        assertPassed(0, Side.ASK, 500, 30);
        assertRejected(RiskCheck.MAX_POSITION, -101, -100, check(0, Side.ASK, 500, 31));
        assertEquals(60, market.gate().openQuantity(0, Side.BID));
        assertEquals(70, market.gate().openQuantity(0, Side.ASK));
        assertEquals(0, market.gate().openQuantity(1, Side.BID));
    }

    @Test
    void shouldReleaseAnOrderWhenItsCancelPasses()
    {
        for (final int type : new int[] {EventType.OWN_CANCEL, EventType.OWN_CANCELLED, EventType.OWN_REJECTED})
        {
            market.gate().onAccepted(order(0, Side.BID, 500, 60).from(1, 0, 0));
            market.own(EventType.OWN_NEW, 1, 0, Side.BID, 60);
            market.gate().onCancelSent(market.gate().openOrders().find(1));
            assertEquals(60, market.gate().openQuantity(0, Side.BID));

            market.own(type, 1, 0, Side.BID, 60);
            market.own(type, 1, 0, Side.BID, 60);

            assertEquals(0, market.gate().openQuantity(0, Side.BID));
            assertEquals(0, market.gate().openOrders().size());
        }
    }

    @Test
    void shouldMoveThePositionByFills()
    {
        market.touch(0, 499, 501, NOW_NS);
        market.gate().onAccepted(order(0, Side.BID, 500, 60).from(1, 0, 0));
        market.gate().onAccepted(order(0, Side.ASK, 500, 50).from(2, 0, 0));

        market.own(EventType.OWN_FILL, 1, 0, Side.BID, 45);
        assertEquals(45, market.gate().position(0));
        assertEquals(15, market.gate().openQuantity(0, Side.BID));
        market.own(EventType.OWN_FILL, 1, 0, Side.BID, 15);
        market.own(EventType.OWN_FILL, 2, 0, Side.ASK, 50);

        assertEquals(10, market.gate().position(0));
        assertEquals(0, market.gate().openOrders().size());
        assertEquals(0, market.gate().openQuantity(0, Side.BID) + market.gate().openQuantity(0, Side.ASK));
        assertEquals(0, market.gate().position(1));
    }

    @Test
    void shouldCountAnOrderThatItDidNotAcceptWhenItPasses()
    {
        market.own(EventType.OWN_NEW, 77, 0, Side.ASK, 30);
        market.own(EventType.OWN_NEW, 77, 0, Side.ASK, 30);
        assertEquals(30, market.gate().openQuantity(0, Side.ASK));

        market.own(EventType.OWN_CANCEL, 77, 0, Side.ASK, 30);
        market.own(EventType.OWN_NEW, 78, 9, Side.ASK, 30);

        assertEquals(0, market.gate().openQuantity(0, Side.ASK));
        assertEquals(0, market.gate().openOrders().size());
    }

    @Test
    void shouldNotLetAPositionOverflow()
    {
        market.touch(0, 499, 501, NOW_NS);
        market.own(EventType.OWN_FILL, 1, 0, Side.BID, Long.MAX_VALUE);
        market.own(EventType.OWN_FILL, 1, 0, Side.BID, 5);

        assertRejected(RiskCheck.MAX_POSITION, Long.MAX_VALUE, 100, check(0, Side.BID, 500, 50));

        market.own(EventType.OWN_FILL, 1, 0, Side.ASK, Long.MAX_VALUE);
        market.own(EventType.OWN_FILL, 1, 0, Side.ASK, Long.MAX_VALUE);
        market.own(EventType.OWN_FILL, 1, 0, Side.ASK, 5);
        assertRejected(RiskCheck.MAX_POSITION, Long.MIN_VALUE, -100, check(0, Side.ASK, 500, 50));
    }

    @Test
    void shouldLimitTheMessageRateInReceiveTime()
    {
        market.touch(0, 999, 1_001, NOW_NS);
        for (int id = 1; id <= 3; id++)
        {
            assertPassed(0, Side.BID, 1_000, 1);
            market.gate().onAccepted(order(0, Side.BID, 1_000, 1).from(id, 0, 0));
        }

        assertRejected(RiskCheck.MESSAGE_RATE, 500_000_000, 2, check(0, Side.BID, 1_000, 1));
        market.touch(0, 999, 1_001, NOW_NS + 499_999_999);
        assertRejected(RiskCheck.MESSAGE_RATE, 1, 2, check(0, Side.BID, 1_000, 1));
        market.touch(0, 999, 1_001, NOW_NS + 500_000_000);
        assertPassed(0, Side.BID, 1_000, 1);
    }

    @Test
    void shouldCountCancelsInTheMessageRate()
    {
        market.touch(0, 999, 1_001, NOW_NS);
        market.gate().onAccepted(order(0, Side.BID, 1_000, 1).from(1, 0, 0));
        market.gate().onAccepted(order(0, Side.BID, 1_000, 1).from(2, 0, 0));
        market.gate().onCancelSent(market.gate().openOrders().find(1));

        assertRejected(RiskCheck.MESSAGE_RATE, 500_000_000, 2, check(0, Side.BID, 1_000, 1));
    }

    @Test
    void shouldChangeNothingByAsking()
    {
        market.touch(0, 999, 1_001, NOW_NS);

        for (int i = 0; i < 100; i++)
        {
            assertPassed(0, Side.BID, 1_000, 40);
        }
    }

    @Test
    void shouldTellItsLimits()
    {
        assertEquals(LIMITS, market.gate().limits(0));
        final RiskGate without = RiskGate.builder(market.definitions, market.books::book).build();

        final IllegalArgumentException refusal =
            assertThrows(IllegalArgumentException.class, () -> without.limits(0));

        assertEquals("no limits are set: instrumentId=0", refusal.getMessage());
    }

    private int check(final int instrumentId, final int side, final long price, final long quantity)
    {
        return market.gate().check(order(instrumentId, side, price, quantity));
    }

    private void assertPassed(final int instrumentId, final int side, final long price, final long quantity)
    {
        assertEquals(OrderGate.PASSED, check(instrumentId, side, price, quantity));
    }

    private void assertRejected(final RiskCheck check, final long value, final long limit, final int actual)
    {
        assertEquals(check.text(), RiskCheck.text(actual));
        assertEquals(value, market.gate().failedValue());
        assertEquals(limit, market.gate().failedLimit());
    }

    private static NewOrder order(final int instrumentId, final int side, final long price, final long quantity)
    {
        return new NewOrder().limit(instrumentId, side, price, quantity).from(NEXT_ID, 0, 0);
    }
}
