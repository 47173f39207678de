package io.ringtape.risk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtape.event.BookKind;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.event.SourceDefinition;
import io.ringtape.event.TradingStatus;
import io.ringtape.order.ClientOrderIds;
import io.ringtape.order.Control;
import io.ringtape.order.NewOrder;
import io.ringtape.order.OrderGate;
import io.ringtape.order.OrderType;
import io.ringtape.order.TimeInForce;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Terms, ids, status, kill switch, accounts, losses and changes of limits; an order costs 1,000 x 5 x quantity. */
@Timeout(10)
final class RiskGateTradingTest
{
    private static final long NOW_NS = 1_000_000;
    private static final long DAY_NS = 86_400_000_000_000L;
    private static final int STRATEGY = 0;
    private static final int ACCOUNT = 7;
    private static final int TICKED = 2;
    private static final int BOOKED = 3;
    private static final RiskLimits LIMITS =
        new RiskLimits(50, Long.MAX_VALUE, 100, 100, 100, DAY_NS, 1_000, 1_000, 2_000);
    private static final AccountLimits ACCOUNT_LIMITS = new AccountLimits(200_000, 3_000, 1_000, 1_000);

    private final Market market = new Market(LIMITS);
    private long nextCounter = 1;

    @BeforeEach
    void start()
    {
        market.definitions.add(
            new SourceDefinition(STRATEGY, SourceDefinition.Kind.STRATEGY, "test", ACCOUNT, 0, 0));
        market.definitions.add(new InstrumentDefinition(TICKED, "C", 0, -9, 0, BookKind.MBP, 0, 5, 10, 1));
        market.definitions.add(new InstrumentDefinition(BOOKED, "D", 0, -9, 0, BookKind.MBP, 0, 0, 0, 5));
        gate(LIMITS, ACCOUNT_LIMITS);
        touch(995, 1_005);
        market.touch(TICKED, 995, 1_005, NOW_NS);
    }

    @Test
    void shouldRejectWhatIsNoMultipleOfTickOrLot()
    {
        assertRejected(RiskCheck.TICK, 1_001, 5, ticket().limit(TICKED, Side.BID, 1_001, 10));
        assertRejected(RiskCheck.LOT, 15, 10, ticket().limit(TICKED, Side.BID, 1_000, 15));
        assertPassed(ticket().limit(TICKED, Side.BID, 1_000, 20));
    }

    @Test
    void shouldRejectAnIdThatIsOpenOrWasUsed()
    {
        final long id = ClientOrderIds.of(1, STRATEGY, 9);
        accept(limit(Side.BID, 1_000, 1).from(id, STRATEGY, ACCOUNT));

        assertRejected(RiskCheck.DUPLICATE_ID, id, id, limit(Side.BID, 1_000, 1).from(id, STRATEGY, ACCOUNT));
        market.own(EventType.OWN_CANCEL, id, BOOKED, Side.BID, 1);
        assertRejected(RiskCheck.DUPLICATE_ID, id, id, limit(Side.BID, 1_000, 1).from(id, STRATEGY, ACCOUNT));
        assertRejected(
            RiskCheck.DUPLICATE_ID, id - 1, id, limit(Side.BID, 1_000, 1).from(id - 1, STRATEGY, ACCOUNT));
        assertPassed(limit(Side.BID, 1_000, 1).from(id + 1, STRATEGY, ACCOUNT));
    }

    @Test
    void shouldRejectTermsThatMakeNoSense()
    {
        assertRejected(RiskCheck.ORDER_TYPE, 9, 0, limit(Side.BID, 1_000, 1).terms(9, 1, 0));
        assertRejected(RiskCheck.ORDER_TYPE, 4, 0, limit(Side.BID, 1_000, 1).terms(OrderType.LIMIT, 4, 0));
        assertRejected(RiskCheck.ORDER_TYPE, 2, 0, limit(Side.BID, 1_000, 1).terms(OrderType.LIMIT, 1, 2));
        assertRejected(RiskCheck.ORDER_TYPE, TimeInForce.GOOD_TILL_CANCEL, 0,
            market(Side.BID, 1).terms(OrderType.MARKET, TimeInForce.GOOD_TILL_CANCEL, 0));
        assertRejected(RiskCheck.ORDER_TYPE, NewOrder.POST_ONLY, 0, limit(Side.BID, 1_000, 1)
            .terms(OrderType.LIMIT, TimeInForce.IMMEDIATE_OR_CANCEL, NewOrder.POST_ONLY));
        assertRejected(RiskCheck.PRICE, 1_000, 0, limit(Side.BID, 1_000, 1)
            .terms(OrderType.MARKET, TimeInForce.IMMEDIATE_OR_CANCEL, 0));
        assertPassed(limit(Side.BID, 1_000, 1)
            .terms(OrderType.LIMIT, TimeInForce.GOOD_TILL_CANCEL, NewOrder.POST_ONLY));
    }

    @Test
    void shouldValueAMarketOrderAtTheFarEndOfTheCollar()
    {
        gate(LIMITS.toBuilder().maxNotional(50_500).build(), ACCOUNT_LIMITS);
        touch(995, 1_005);

        assertPassed(market(Side.BID, 10));
        assertRejected(RiskCheck.MAX_NOTIONAL, 55_550, 50_500, market(Side.BID, 11));
        assertPassed(market(Side.ASK, 10));
        assertRejected(RiskCheck.MAX_NOTIONAL, 55_550, 50_500, market(Side.ASK, 11));
    }

    @Test
    void shouldValueASellBelowTheReferenceAtTheReference()
    {
        gate(LIMITS.toBuilder().maxNotional(49_990).build(), ACCOUNT_LIMITS);
        touch(995, 1_005);

        assertRejected(RiskCheck.MAX_NOTIONAL, 50_000, 49_990, limit(Side.ASK, 999, 10));
        assertPassed(limit(Side.BID, 999, 10));
    }

    @Test
    void shouldStopEverybodyAtAControlThatSaysItIsOwn()
    {
        market.ownControl();

        assertRejected(RiskCheck.KILLED, STRATEGY, ACCOUNT, limit(Side.BID, 1_000, 1));
    }

    @Test
    void shouldNotTakeTheTimeOfAnOwnEvent()
    {
        market.ownAt(EventType.OWN_ACCEPTED, 77, BOOKED, NOW_NS + DAY_NS + 1);

        assertPassed(limit(Side.BID, 1_000, 1));
    }

    @Test
    void shouldRejectBehindAFillWithoutAPrice()
    {
        fill(accept(limit(Side.BID, 1_000, 1)), Side.BID, OrderBookEvent.NULL_PRICE, 1);

        assertRejected(RiskCheck.DAILY_LOSS, Long.MAX_VALUE, 2_000, limit(Side.BID, 1_000, 1));
    }

    @Test
    void shouldGoBackToTheLimitsOfTheStart()
    {
        final LimitSet start = LimitSet.builder(2).otherInstruments(LIMITS).otherAccounts(ACCOUNT_LIMITS).build();
        market.gate(RiskGate.builder(market.definitions, market.books::book).limits(start).build());
        market.gate().add(LimitSet.builder(3).build());

        control(Control.LIMITS_CHANGED, 0, 0, 3);
        assertRejected(RiskCheck.NO_LIMITS, BOOKED, 0, limit(Side.BID, 1_000, 1));
        control(Control.LIMITS_CHANGED, 0, 0, 2);

        assertEquals(2, market.gate().limitsVersion());
        assertEquals(LIMITS.collarBps(), market.gate().limits(BOOKED).collarBps());
    }

    @Test
    void shouldRejectWhileTheVenueDoesNotTrade()
    {
        market.status(BOOKED, TradingStatus.HALTED, NOW_NS);
        assertRejected(RiskCheck.TRADING_STATUS, -1, 1, limit(Side.BID, 1_000, 1));
        assertPassed(ticket().limit(TICKED, Side.BID, 1_000, 10));

        market.status(BOOKED, TradingStatus.QUOTING, NOW_NS);
        assertRejected(RiskCheck.TRADING_STATUS, 0, 1, limit(Side.BID, 1_000, 1));

        market.status(BOOKED, TradingStatus.TRADING, NOW_NS);
        assertPassed(limit(Side.BID, 1_000, 1));
    }

    @Test
    void shouldRejectOnASuspectBookThoughThereIsATrade()
    {
        market.trade(BOOKED, 1_000, NOW_NS, EventFlags.SUSPECT_BOOK);

        assertRejected(RiskCheck.SUSPECT_BOOK, BOOKED, 0, limit(Side.BID, 1_000, 1));
    }

    @Test
    void shouldStopAScopeUntilItIsArmedAgain()
    {
        control(Control.KILL, Control.STRATEGY, STRATEGY, 1);
        assertRejected(RiskCheck.KILLED, STRATEGY, ACCOUNT, limit(Side.BID, 1_000, 1));
        assertPassed(limit(Side.BID, 1_000, 1).from(ClientOrderIds.of(1, 5, 1), 5, ACCOUNT));

        control(Control.KILL, Control.ACCOUNT, ACCOUNT, 2);
        control(Control.ARM, Control.STRATEGY, STRATEGY, 3);
        assertRejected(RiskCheck.KILLED, STRATEGY, ACCOUNT, limit(Side.BID, 1_000, 1));
        assertRejected(RiskCheck.KILLED, 5, ACCOUNT, limit(Side.BID, 1_000, 1).from(1, 5, ACCOUNT));

        control(Control.ARM, Control.ACCOUNT, ACCOUNT, 4);
        assertPassed(limit(Side.BID, 1_000, 1));
        control(Control.KILL, Control.ALL, 0, 5);
        assertRejected(RiskCheck.KILLED, STRATEGY, ACCOUNT, limit(Side.BID, 1_000, 1));
        control(Control.ARM, Control.ALL, 0, 6);
        assertPassed(limit(Side.BID, 1_000, 1));
    }

    @Test
    void shouldStopEverybodyAtAControlThatItDoesNotKnow()
    {
        control(77, Control.ALL, 0, 1);
        assertRejected(RiskCheck.KILLED, STRATEGY, ACCOUNT, limit(Side.BID, 1_000, 1));

        control(Control.ARM, 9, 0, 2);
        assertRejected(RiskCheck.KILLED, STRATEGY, ACCOUNT, limit(Side.BID, 1_000, 1));
        control(Control.ARM, Control.ALL, 0, 3);
        assertPassed(limit(Side.BID, 1_000, 1));
    }

    @Test
    void shouldLimitWhatAnAccountHasInOpenOrders()
    {
        final long id = accept(limit(Side.BID, 1_000, 30));

        assertRejected(RiskCheck.ACCOUNT_NOTIONAL, 205_000, 200_000, limit(Side.ASK, 1_000, 11));
        assertPassed(limit(Side.ASK, 1_000, 10));
        fill(id, Side.BID, 990, 20);
        assertPassed(limit(Side.ASK, 1_000, 30));
        assertRejected(RiskCheck.ACCOUNT_NOTIONAL, 205_000, 200_000, limit(Side.ASK, 1_000, 31));
        market.own(EventType.OWN_CANCELLED, id, BOOKED, Side.BID, 10);
        assertPassed(limit(Side.ASK, 1_000, 40));
    }

    @Test
    void shouldCountAnOpenSellBelowTheReferenceAsItWasChecked()
    {
        accept(limit(Side.ASK, 990, 30));

        assertRejected(RiskCheck.ACCOUNT_NOTIONAL, 205_000, 200_000, limit(Side.BID, 1_000, 11));
        assertPassed(limit(Side.BID, 1_000, 10));
    }

    @Test
    void shouldStopEverybodyWhereTheRunEnds()
    {
        control(Control.END, Control.ALL, 0, 1);

        assertRejected(RiskCheck.KILLED, STRATEGY, ACCOUNT, limit(Side.BID, 1_000, 1));
    }

    @Test
    void shouldRejectAnAccountWithoutLimits()
    {
        market.gate(RiskGate.builder(market.definitions, market.books::book)
            .otherLimits((definition) -> LIMITS).build());

        assertRejected(RiskCheck.NO_ACCOUNT_LIMITS, ACCOUNT, 0, limit(Side.BID, 1_000, 1));
    }

    @Test
    void shouldLimitTheMessagesOfAnAccountOverItsInstruments()
    {
        gate(LIMITS, new AccountLimits(Long.MAX_VALUE, Long.MAX_VALUE, 1, 2));
        touch(995, 1_005);
        market.touch(TICKED, 995, 1_005, NOW_NS);
        accept(limit(Side.BID, 1_000, 1));
        accept(ticket().limit(TICKED, Side.BID, 1_000, 10));

        assertRejected(RiskCheck.ACCOUNT_MESSAGE_RATE, 1_000_000_000, 1, limit(Side.BID, 1_000, 1));
    }

    @Test
    void shouldRejectBehindADayThatLostTooMuchAndStartEachDayAnew()
    {
        gate(LIMITS, Market.WIDE);
        touch(995, 1_005);
        fill(accept(limit(Side.BID, 1_000, 50)), Side.BID, 1_000, 50);
        touch(987, 997);
        assertPassed(limit(Side.BID, 992, 1));

        touch(986, 996);
        assertRejected(RiskCheck.DAILY_LOSS, 2_250, 2_000, limit(Side.BID, 991, 1));
        touchAt(985, 997, DAY_NS - 1);
        assertRejected(RiskCheck.DAILY_LOSS, 2_250, 2_000, limit(Side.BID, 991, 1));

        touchAt(985, 997, DAY_NS);
        assertPassed(limit(Side.BID, 991, 1));
        touchAt(977, 987, DAY_NS + 1);
        assertRejected(RiskCheck.DAILY_LOSS, 2_250, 2_000, limit(Side.BID, 982, 1));
    }

    @Test
    void shouldRejectBehindAFillThatCannotBeCounted()
    {
        fill(ClientOrderIds.of(1, STRATEGY, 98), Side.BID, 1_000, Long.MAX_VALUE);
        fill(ClientOrderIds.of(1, STRATEGY, 99), Side.BID, 1_000, Long.MAX_VALUE);

        final NewOrder order = limit(Side.ASK, 1_000, 1).from(ClientOrderIds.of(1, STRATEGY, 100), STRATEGY, ACCOUNT);

        assertRejected(RiskCheck.DAILY_LOSS, Long.MAX_VALUE, 2_000, order);
    }

    @Test
    void shouldCountFeesAsLosses()
    {
        fill(accept(limit(Side.BID, 1_000, 10)), Side.BID, 1_000, 10);
        market.detail(2_001);

        assertRejected(RiskCheck.DAILY_LOSS, 2_001, 2_000, limit(Side.BID, 1_000, 1));
    }

    @Test
    void shouldLimitTheLossOfAnAccountOverItsInstruments()
    {
        fill(accept(limit(Side.BID, 1_000, 40)), Side.BID, 1_000, 40);
        market.touch(0, 995, 1_005, NOW_NS);
        final NewOrder other = ticket().limit(0, Side.BID, 1_000, 50);
        fill(0, accept(other), Side.BID, 1_000, 50);
        touch(985, 1_000);
        market.clear(0, NOW_NS, 0);
        market.touch(0, 964, 976, NOW_NS);

        assertRejected(RiskCheck.ACCOUNT_DAILY_LOSS, 3_100, 3_000, limit(Side.ASK, 992, 1));
    }

    @Test
    void shouldKeepAnOrderOpenBehindItsCancelWhereAVenueAnswers()
    {
        market.gate(RiskGate.builder(market.definitions, market.books::book).venueAnswers()
            .otherLimits((definition) -> LIMITS).otherAccounts(Market.WIDE).build());
        touch(995, 1_005);
        final long id = accept(limit(Side.BID, 1_000, 30));

        market.own(EventType.OWN_CANCEL, id, BOOKED, Side.BID, 30);
        assertEquals(30, market.gate().openQuantity(BOOKED, Side.BID));
        fill(id, Side.BID, 1_000, 10);
        assertEquals(20, market.gate().openQuantity(BOOKED, Side.BID));
        market.own(EventType.OWN_CANCELLED, id, BOOKED, Side.BID, 20);

        assertEquals(0, market.gate().openQuantity(BOOKED, Side.BID));
        assertEquals(10, market.gate().position(BOOKED));
    }

    @Test
    void shouldChangeLimitsAtTheEventThatSaysSo()
    {
        final RiskLimits small =
            new RiskLimits(2_000_000_000L, Long.MAX_VALUE, 9_000_000_000L, 9_000_000_000L, 100, DAY_NS, 5, 5, 0);
        market.gate().add(LimitSet.builder(4).instrument("D", small).account(ACCOUNT, ACCOUNT_LIMITS).build());
        assertPassed(limit(Side.BID, 1_000, 3));

        control(Control.LIMITS_CHANGED, 0, 0, 4);

        assertEquals(4, market.gate().limitsVersion());
        assertRejected(RiskCheck.MAX_ORDER_QUANTITY, 3, 2, limit(Side.BID, 1_000, 3));
        assertRejected(RiskCheck.NO_LIMITS, TICKED, 0, ticket().limit(TICKED, Side.BID, 1_000, 10));
        control(Control.LIMITS_CHANGED, 0, 0, 5);
        assertRejected(RiskCheck.NO_LIMITS, BOOKED, 0, limit(Side.BID, 1_000, 1));
    }

    @Test
    void shouldKeepTheMessagesThatWereUsedWhenLimitsChange()
    {
        gate(LIMITS.toBuilder().messagesPerSecond(1).messageBurst(2).build(), ACCOUNT_LIMITS);
        touch(995, 1_005);
        accept(limit(Side.BID, 1_000, 1));
        accept(limit(Side.BID, 1_000, 1));
        market.gate().add(LimitSet.builder(1).otherAccounts(ACCOUNT_LIMITS).otherInstruments(new RiskLimits(
            Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 100, DAY_NS, 1, 1_000, 0)).build());

        control(Control.LIMITS_CHANGED, 0, 0, 1);

        assertRejected(RiskCheck.MESSAGE_RATE, 1_000_000_000, 1, limit(Side.BID, 1_000, 1));
    }

    @Test
    void shouldRefuseAVersionThatWasGivenBefore()
    {
        final LimitSet set = LimitSet.builder(4).build();
        market.gate().add(set);

        final IllegalArgumentException refusal =
            assertThrows(IllegalArgumentException.class, () -> market.gate().add(set));

        assertEquals("limits were given already: version=4", refusal.getMessage());
    }

    @Test
    void shouldHaveTheLimitsOfASetFromTheStart()
    {
        market.gate(RiskGate.builder(market.definitions, market.books::book).limits(
            LimitSet.builder(2).otherInstruments(LIMITS).otherAccounts(ACCOUNT_LIMITS).build()).build());

        assertEquals(2, market.gate().limitsVersion());
        assertEquals(0, market.gate().limits(BOOKED).maxOrderQuantity());
    }

    private void gate(final RiskLimits limits, final AccountLimits account)
    {
        market.gate(RiskGate.builder(market.definitions, market.books::book)
            .otherLimits((definition) -> limits).otherAccounts(account).build());
    }

    private void touch(final long bid, final long ask)
    {
        touchAt(bid, ask, NOW_NS);
    }

    private void touchAt(final long bid, final long ask, final long timeNs)
    {
        market.clear(BOOKED, timeNs, 0);
        market.touch(BOOKED, bid, ask, timeNs);
    }

    private void control(final int action, final int scope, final long id, final long number)
    {
        market.control(action, scope, id, number);
    }

    private void fill(final long id, final int side, final long price, final long quantity)
    {
        fill(BOOKED, id, side, price, quantity);
    }

    private void fill(final int instrumentId, final long id, final int side, final long price, final long quantity)
    {
        market.fill(id, instrumentId, side, price, quantity);
    }

    private NewOrder ticket()
    {
        return new NewOrder().from(ClientOrderIds.of(1, STRATEGY, nextCounter++), STRATEGY, ACCOUNT);
    }

    private NewOrder limit(final int side, final long price, final long quantity)
    {
        return ticket().limit(BOOKED, side, price, quantity);
    }

    private NewOrder market(final int side, final long quantity)
    {
        return limit(side, OrderBookEvent.NULL_PRICE, quantity)
            .terms(OrderType.MARKET, TimeInForce.IMMEDIATE_OR_CANCEL, 0);
    }

    private long accept(final NewOrder order)
    {
        assertPassed(order);
        market.gate().onAccepted(order);
        return order.clientOrderId();
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
