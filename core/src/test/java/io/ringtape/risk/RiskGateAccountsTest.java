package io.ringtape.risk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.BookKind;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.Side;
import io.ringtape.event.SourceDefinition;
import io.ringtape.order.ClientOrderIds;
import io.ringtape.order.Control;
import io.ringtape.order.NewOrder;
import io.ringtape.order.OrderGate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many orders, many instruments, sums at their ends, and books by order. */
@Timeout(10)
final class RiskGateAccountsTest
{
    private static final long NOW_NS = 1_000_000;
    private static final int ACCOUNT = 7;
    private static final int OTHER_ACCOUNT = 8;
    private static final int OTHER_STRATEGY = 1;
    private static final int BY_ORDER = 2;
    private static final RiskLimits WIDE = new RiskLimits(
        Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 10_000, 5_000, 1_000_000, 1_000_000,
        Long.MAX_VALUE);

    private final Market market = new Market(WIDE);
    private long nextCounter = 1;

    @BeforeEach
    void start()
    {
        market.definitions.add(new SourceDefinition(0, SourceDefinition.Kind.STRATEGY, "test", ACCOUNT, 0, 0));
        market.definitions.add(new SourceDefinition(
            OTHER_STRATEGY, SourceDefinition.Kind.STRATEGY, "other", OTHER_ACCOUNT, 0, 0));
        market.definitions.add(new InstrumentDefinition(BY_ORDER, "C", 0, -9, 0, BookKind.MBO, 0, 0, 0, 1));
    }

    @Test
    void shouldKeepCountOfMoreOrdersThanThereEverWere()
    {
        gate(WIDE, new AccountLimits(200_000, Long.MAX_VALUE, 1_000_000, 1_000_000));
        market.touch(0, 999, 1_001, NOW_NS);
        final long first = nextCounter;
        for (int i = 0; i < 200; i++)
        {
            accept(limit(0, 1_000, 1));
        }

        assertRejected(RiskCheck.ACCOUNT_NOTIONAL, 201_000, 200_000, limit(0, 1_000, 1));
        assertEquals(200, market.gate().openQuantity(0, Side.BID));

        for (long counter = first; counter < first + 200; counter++)
        {
            market.own(EventType.OWN_CANCELLED, ClientOrderIds.of(1, 0, counter), 0, Side.BID, 1);
        }
        assertEquals(0, market.gate().openQuantity(0, Side.BID));
        assertPassed(limit(0, 1_000, 200));
        assertRejected(RiskCheck.ACCOUNT_NOTIONAL, 201_000, 200_000, limit(0, 1_000, 201));
    }

    @Test
    void shouldSumUpTheLossesOfAllInstrumentsOfAnAccount()
    {
        gate(WIDE, new AccountLimits(Long.MAX_VALUE, 599, 1_000_000, 1_000_000));
        for (int id = BY_ORDER + 1; id < BY_ORDER + 7; id++)
        {
            market.definitions.add(new InstrumentDefinition(id, "I" + id, 0, -9, 0, BookKind.MBP, 0, 0, 0, 1));
            market.touch(id, 999, 1_001, NOW_NS);
            assertPassed(limit(id, 1_000, 1));
            market.fill(ClientOrderIds.of(1, 0, 0), id, Side.BID, 1_000, 1);
            market.detail(100);
        }

        assertRejected(RiskCheck.ACCOUNT_DAILY_LOSS, 600, 599, limit(BY_ORDER + 1, 1_000, 1));
    }

    @Test
    void shouldBeRightAgainBehindASumThatWasTooLarge()
    {
        final long price = 1L << 40;
        market.gate(RiskGate.builder(market.definitions, market.books::book).limits(set(1, Long.MAX_VALUE)).build());
        market.gate().add(set(2, 10));
        market.touch(0, price - 1, price + 1, NOW_NS);
        final long first = nextCounter;
        for (int i = 0; i < 3; i++)
        {
            accept(limit(0, price, 1L << 22));
        }
        for (long counter = first; counter < first + 3; counter++)
        {
            market.own(EventType.OWN_CANCELLED, ClientOrderIds.of(1, 0, counter), 0, Side.BID, 1);
        }
        market.clear(0, NOW_NS, 0);
        market.touch(0, 1, 3, NOW_NS);

        market.control(Control.LIMITS_CHANGED, 0, 0, 2);

        assertPassed(limit(0, 1, 10));
        assertRejected(RiskCheck.ACCOUNT_NOTIONAL, 11, 10, limit(0, 1, 11));
    }

    @Test
    void shouldLimitThePositionOfEachAccountThoughTheirSumIsNothing()
    {
        gate(WIDE.toBuilder().maxPosition(100).maxAccountPosition(60).build(), Market.WIDE);
        market.touch(0, 999, 1_001, NOW_NS);
        market.fill(ClientOrderIds.of(1, 0, 0), 0, Side.BID, 1_000, 50);
        market.fill(ClientOrderIds.of(1, OTHER_STRATEGY, 0), 0, Side.ASK, 1_000, 50);
        assertEquals(0, market.gate().position(0));

        accept(limit(0, 1_000, 6));
        assertPassed(limit(0, 1_000, 4));
        assertRejected(RiskCheck.ACCOUNT_POSITION, 61, 60, limit(0, 1_000, 5));
        accept(other(Side.ASK, 10));
        assertRejected(RiskCheck.ACCOUNT_POSITION, -61, -60, other(Side.ASK, 1));
        assertPassed(other(Side.BID, 94));
        assertRejected(RiskCheck.MAX_POSITION, 101, 100, other(Side.BID, 95));
    }

    @Test
    void shouldGiveAnAccountItsRoomBackWhenItsOrderIsGone()
    {
        gate(WIDE.toBuilder().maxAccountPosition(60).build(), Market.WIDE);
        market.touch(0, 999, 1_001, NOW_NS);
        final long id = ClientOrderIds.of(1, 0, nextCounter);
        accept(limit(0, 1_000, 60));
        assertRejected(RiskCheck.ACCOUNT_POSITION, 61, 60, limit(0, 1_000, 1));
        assertPassed(other(Side.BID, 60));

        market.fill(id, 0, Side.BID, 1_000, 20);
        assertRejected(RiskCheck.ACCOUNT_POSITION, 61, 60, limit(0, 1_000, 1));
        market.own(EventType.OWN_CANCELLED, id, 0, Side.BID, 40);

        assertPassed(limit(0, 1_000, 40));
        assertRejected(RiskCheck.ACCOUNT_POSITION, 61, 60, limit(0, 1_000, 41));
        market.touch(1, 999, 1_001, NOW_NS);
        assertPassed(limit(1, 1_000, 60));
    }

    @Test
    void shouldTakeABookByOrderForAReference()
    {
        market.order(EventType.ORDER_ADD, BY_ORDER, 1, Side.BID, 999, NOW_NS);
        assertRejected(RiskCheck.NO_REFERENCE, -1, 5_000, limit(BY_ORDER, 1_000, 1));
        market.order(EventType.ORDER_ADD, BY_ORDER, 2, Side.ASK, 1_001, NOW_NS + 3);
        market.time(NOW_NS + 5_003, 0);
        assertPassed(limit(BY_ORDER, 1_000, 1));

        market.time(NOW_NS + 5_004, 0);
        market.order(EventType.FILL_REPORT, BY_ORDER, 2, Side.ASK, 1_001, NOW_NS + 5_004);
        assertRejected(RiskCheck.NO_REFERENCE, 5_001, 5_000, limit(BY_ORDER, 1_000, 1));
    }

    @Test
    void shouldTakeAnExecutionForATrade()
    {
        market.order(EventType.ORDER_ADD, BY_ORDER, 1, Side.BID, 999, NOW_NS);
        market.order(EventType.ORDER_EXECUTE, BY_ORDER, 1, Side.BID, 999, NOW_NS + 1);

        assertPassed(limit(BY_ORDER, 1_998, 1));
        assertRejected(RiskCheck.PRICE_COLLAR, 1_000, 999, limit(BY_ORDER, 1_999, 1));
    }

    @Test
    void shouldKnowNothingOfAnInstrumentThatIsNotDefined()
    {
        assertEquals(0, market.gate().position(77));
        assertEquals(0, market.gate().position(-1));
        assertEquals(0, market.gate().openQuantity(77, Side.BID));
        assertEquals(0, market.gate().limitsVersion());
        assertTrue(market.gate().isGate());
    }

    private static LimitSet set(final long version, final long openNotional)
    {
        return LimitSet.builder(version).otherInstruments(WIDE)
            .otherAccounts(new AccountLimits(openNotional, Long.MAX_VALUE, 1_000_000, 1_000_000)).build();
    }

    private void gate(final RiskLimits limits, final AccountLimits account)
    {
        market.gate(RiskGate.builder(market.definitions, market.books::book)
            .otherLimits((definition) -> limits).otherAccounts(account).build());
    }

    private NewOrder limit(final int instrumentId, final long price, final long quantity)
    {
        return new NewOrder().limit(instrumentId, Side.BID, price, quantity)
            .from(ClientOrderIds.of(1, 0, nextCounter++), 0, ACCOUNT);
    }

    private NewOrder other(final int side, final long quantity)
    {
        return new NewOrder().limit(0, side, 1_000, quantity)
            .from(ClientOrderIds.of(1, OTHER_STRATEGY, nextCounter++), OTHER_STRATEGY, OTHER_ACCOUNT);
    }

    private void accept(final NewOrder order)
    {
        assertPassed(order);
        market.gate().onAccepted(order);
    }

    private void assertPassed(final NewOrder order)
    {
        assertEquals(OrderGate.PASSED, market.gate().check(order));
    }

    private void assertRejected(final RiskCheck check, final long value, final long limit, final NewOrder order)
    {
        final int answer = market.gate().check(order);

        assertEquals(check.text() + " value=" + value + " limit=" + limit,
            RiskCheck.text(answer) + " value=" + market.gate().failedValue() + " limit=" +
                market.gate().failedLimit());
    }
}
