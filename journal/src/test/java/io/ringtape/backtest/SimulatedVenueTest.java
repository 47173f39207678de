package io.ringtape.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.event.BookKind;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.event.TradingStatus;
import io.ringtape.order.FeeRate;
import io.ringtape.order.NewOrder;
import io.ringtape.order.OrderType;
import io.ringtape.order.TimeInForce;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class SimulatedVenueTest
{
    private static final long NO_PRICE = OrderBookEvent.NULL_PRICE;

    private final VenueDrill drill = VenueDrill.byPrice();

    @Test
    void shouldTakeDisplayedLevelsBestFirstDownToTheLimit()
    {
        drill.level(Side.ASK, 101, 5);
        drill.level(Side.ASK, 102, 5);
        drill.level(Side.ASK, 103, 5);

        drill.limit(Side.BID, 102, 12);

        assertEquals(List.of("fill 1 bid 5@101 taker left=7", "fill 1 bid 5@102 taker left=2"), drill.answers());
        assertEquals(1, drill.venue.openOrders(0));
    }

    @Test
    void shouldCancelWhatAMarketOrImmediateOrderCannotFill()
    {
        drill.level(Side.BID, 99, 5);
        drill.level(Side.BID, 98, 5);

        drill.market(Side.ASK, 7);
        drill.immediate(Side.ASK, 98, 7);
        drill.immediate(Side.ASK, 99, 1);

        assertEquals(List.of("fill 1 ask 5@99 taker left=2", "fill 1 ask 2@98 taker left=0",
            "fill 2 ask 3@98 taker left=4", "cancelled 2 4", "cancelled 3 1"), drill.answers());
        assertEquals(0, drill.venue.openOrders(0));
    }

    @Test
    void shouldFillAtTheEndOfAVenueEventOnlyWhateverStandsInsideIt()
    {
        drill.level(Side.BID, 99, 3);
        drill.limit(Side.BID, 99, 3);

        drill.part(EventType.TRADE, Side.BID, 99, 4, 0);
        drill.part(EventType.HEARTBEAT, 0, NO_PRICE, 0, 0);
        drill.part(EventType.TRADING_STATUS, 0, TradingStatus.TRADING, 0, 0);
        assertEquals(List.of(), drill.answers());
        drill.part(EventType.TRADE, Side.BID | EventFlags.LAST, 99, 3, 0);

        assertEquals(List.of("fill 1 bid 3@99 maker left=0"), drill.answers());
    }

    @Test
    void shouldRejectAPostOnlyOrderThatWouldTake()
    {
        drill.level(Side.ASK, 101, 5);

        drill.postOnly(Side.BID, 101, 1);
        drill.postOnly(Side.BID, 100, 1);
        drill.postOnly(Side.ASK, 100, 1);

        assertEquals(List.of("rejected 1 venue:would-take", "rejected 3 venue:would-take"), drill.answers());
        assertEquals(1, drill.venue.openOrders(0));
    }

    @Test
    void shouldRejectWhatIsNoMultipleOfTickOrLot()
    {
        final VenueDrill stepped = new VenueDrill(
            new InstrumentDefinition(0, "SYM", 0, -9, 0, BookKind.MBP, 0, 25, 10, 50), QueueModel.PESSIMISTIC,
            FeeRate.FREE);
        stepped.level(Side.BID, 100, 50);
        stepped.level(Side.ASK, 125, 50);

        stepped.limit(Side.BID, 101, 10);
        stepped.limit(Side.BID, 100, 11);
        stepped.market(Side.BID, 9);
        stepped.market(Side.BID, 10);

        assertEquals(List.of("rejected 1 venue:bad-fields", "rejected 2 venue:bad-fields",
            "rejected 3 venue:bad-fields", "fill 4 bid 10@125 taker left=0"), stepped.answers());
        assertEquals(0, stepped.venue.openOrders(0));
    }

    @Test
    void shouldNotTakeTheSameQuantityTwice()
    {
        drill.level(Side.ASK, 101, 5);

        drill.immediate(Side.BID, 101, 3);
        drill.immediate(Side.BID, 101, 3);
        drill.level(Side.ASK, 101, 9);
        drill.immediate(Side.BID, 101, 9);
        drill.level(Side.ASK, 101, 0);
        drill.level(Side.ASK, 101, 2);
        drill.immediate(Side.BID, 101, 9);

        assertEquals(List.of("fill 1 bid 3@101 taker left=0", "fill 2 bid 2@101 taker left=1", "cancelled 2 1",
            "fill 3 bid 4@101 taker left=5", "cancelled 3 5", "fill 4 bid 2@101 taker left=7", "cancelled 4 7"),
            drill.answers());
    }

    @Test
    void shouldNotTakeTheSameQuantityTwiceOfALevelThatWasBehindTheWindow()
    {
        final VenueDrill window = new VenueDrill(BookKind.MBP, 1, QueueModel.PESSIMISTIC, FeeRate.FREE);
        window.level(Side.ASK, 101, 5);
        window.immediate(Side.BID, 101, 4);
        window.part(EventType.ORDER_ADD, Side.ASK, 100, 2, 0);
        window.part(EventType.LEVEL_SET, Side.ASK | EventFlags.WINDOW | EventFlags.LAST, 101, 0, 0);
        window.part(EventType.ORDER_DELETE, Side.ASK, 100, 2, 0);
        window.part(EventType.LEVEL_SET, Side.ASK | EventFlags.WINDOW | EventFlags.LAST, 101, 7, 0);

        window.immediate(Side.BID, 101, 9);

        assertEquals(List.of("fill 1 bid 4@101 taker left=0", "fill 2 bid 3@101 taker left=6", "cancelled 2 6"),
            window.answers());
    }

    @Test
    void shouldTakeWhatLeavesALevelFromWhatWasTaken()
    {
        drill.level(Side.ASK, 101, 10);
        drill.immediate(Side.BID, 101, 6);
        drill.answers();

        drill.level(Side.ASK, 101, 7);
        drill.immediate(Side.BID, 101, 10);

        assertEquals(List.of("fill 2 bid 4@101 taker left=6", "cancelled 2 6"), drill.answers());
    }

    @Test
    void shouldFillARestingOrderWithWhatIsTradedBeyondWhatIsAhead()
    {
        drill.level(Side.BID, 99, 10);
        drill.limit(Side.BID, 99, 5);

        drill.execute(0, Side.BID, 99, 7);
        drill.level(Side.BID, 99, 30);
        drill.execute(0, Side.BID, 99, 5);
        drill.execute(0, Side.BID, 99, 9);

        assertEquals(List.of("fill 1 bid 2@99 maker left=3", "fill 1 bid 3@99 maker left=0"), drill.answers());
        assertEquals(0, drill.venue.openOrders(0));
    }

    @Test
    void shouldNotCountCancelsAheadInThePessimisticModel()
    {
        drill.level(Side.BID, 99, 10);
        drill.limit(Side.BID, 99, 5);

        drill.level(Side.BID, 99, 1);
        drill.event(EventType.ORDER_REDUCE, Side.BID, 99, 1, 0);
        drill.level(Side.BID, 99, 20);
        drill.execute(0, Side.BID, 99, 10);

        assertEquals(List.of(), drill.answers());
    }

    @Test
    void shouldCountOneVolumeOnceWhereSeveralEventsTellOfIt()
    {
        drill.level(Side.BID, 99, 30);
        drill.limit(Side.BID, 99, 5);

        drill.part(EventType.TRADE, Side.NONE, 99, 32, 0);
        drill.part(EventType.FILL_REPORT, Side.BID, 99, 32, 0);
        drill.part(EventType.ORDER_EXECUTE, Side.BID, 99, 16, 0);
        drill.part(EventType.ORDER_EXECUTE, Side.BID | EventFlags.LAST, 99, 14, 0);

        assertEquals(List.of("fill 1 bid 2@99 maker left=3"), drill.answers());
    }

    @Test
    void shouldShareWhatIsTradedByPriceThenTime()
    {
        drill.level(Side.BID, 98, 10);
        drill.limit(Side.BID, 98, 4);
        drill.limit(Side.BID, 98, 4);
        drill.limit(Side.BID, 99, 4);

        drill.trade(Side.BID, 98, 20);

        assertEquals(List.of("fill 3 bid 4@99 maker left=0", "fill 1 bid 4@98 maker left=0",
            "fill 2 bid 2@98 maker left=2"), drill.answers());
    }

    @Test
    void shouldFillWhenTheMarketTradesThroughThePrice()
    {
        drill.level(Side.ASK, 101, 50);
        drill.limit(Side.ASK, 101, 5);

        drill.trade(Side.ASK, 102, 3);
        drill.trade(Side.ASK, 103, 9);

        assertEquals(List.of("fill 1 ask 3@101 maker left=2", "fill 1 ask 2@101 maker left=0"), drill.answers());
    }

    @Test
    void shouldPassOverTradesOfTheOtherSideAndThoseNotPrintable()
    {
        drill.limit(Side.BID, 99, 5);

        drill.trade(Side.ASK, 99, 9);
        drill.event(EventType.TRADE, Side.BID | EventFlags.NOT_PRINTABLE, 98, 9, 0);
        drill.event(EventType.TRADE, Side.BID, NO_PRICE, 9, 0);

        assertEquals(List.of(), drill.answers());
    }

    @Test
    void shouldMeetTheOtherSideOfTheBookWhereItComesToThePrice()
    {
        drill.level(Side.BID, 97, 8);
        drill.limit(Side.BID, 99, 5);
        drill.limit(Side.BID, 98, 5);

        drill.part(EventType.LEVEL_SET, Side.ASK, 99, 2, 0);
        drill.part(EventType.LEVEL_SET, Side.ASK | EventFlags.LAST, 98, 4, 0);
        drill.level(Side.ASK, 98, 5);
        drill.level(Side.ASK, 98, 5);

        assertEquals(List.of("fill 1 bid 4@99 maker left=1", "fill 1 bid 1@99 maker left=0",
            "fill 2 bid 1@98 maker left=4"), drill.answers());
    }

    @Test
    void shouldTakeNothingOfABookThatIsCrossedOrSuspect()
    {
        drill.level(Side.BID, 101, 8);
        drill.level(Side.ASK, 100, 8);
        drill.market(Side.BID, 1);
        drill.level(Side.BID, 101, 0);
        drill.event(EventType.LEVEL_SET, Side.BID | EventFlags.SUSPECT_BOOK, 99, 1, 0);
        drill.market(Side.BID, 1);
        drill.limit(Side.BID, 100, 2);
        drill.level(Side.BID, 98, 1);

        assertEquals(List.of("cancelled 1 1", "cancelled 2 1"), drill.answers());
    }

    @Test
    void shouldTakeNothingWhileTheVenueDoesNotTrade()
    {
        drill.event(EventType.TRADING_STATUS, Side.NONE, TradingStatus.HALTED, 0, 0);
        drill.level(Side.ASK, 101, 5);
        drill.market(Side.BID, 1);
        drill.limit(Side.BID, 102, 2);
        drill.event(EventType.TRADING_STATUS, Side.NONE, TradingStatus.QUOTING, 0, 0);
        drill.level(Side.ASK, 101, 1);

        final List<String> halted = drill.answers();
        drill.event(EventType.TRADING_STATUS, Side.NONE, TradingStatus.TRADING, 0, 0);

        assertEquals(List.of("cancelled 1 1"), halted);
        assertEquals(List.of("fill 2 bid 1@102 maker left=1"), drill.answers());
    }

    @Test
    void shouldKeepOwnOrdersFromMeetingEachOther()
    {
        drill.level(Side.ASK, 101, 2);
        drill.level(Side.ASK, 103, 9);
        drill.limit(Side.ASK, 102, 5);

        drill.limit(Side.BID, 103, 6);
        drill.postOnly(Side.BID, 102, 1);
        drill.limit(Side.BID, 101, 1);

        assertEquals(List.of("fill 2 bid 2@101 taker left=4", "cancelled 2 4", "rejected 3 venue:would-take"),
            drill.answers());
        assertEquals(2, drill.venue.openOrders(0));
    }

    @Test
    void shouldCancelAnOpenOrderAndCountALateCancel()
    {
        final long order = drill.limit(Side.BID, 99, 5);

        drill.cancel(order);
        drill.cancel(order);

        assertEquals(List.of("cancelled 1 5"), drill.answers());
        assertEquals(1, drill.venue.lateCancels());
        assertEquals(0, drill.venue.openOrders(0));
    }

    @Test
    void shouldRejectWhatIsNoOrder()
    {
        drill.limit(Side.NONE, 99, 5);
        drill.limit(Side.BID, 99, 0);
        drill.limit(Side.BID, NO_PRICE, 1);
        drill.send(Side.BID, OrderType.MARKET, TimeInForce.GOOD_TILL_CANCEL, 0, 99, 1);
        drill.send(Side.BID, 7, TimeInForce.GOOD_TILL_CANCEL, 0, 99, 1);
        drill.send(Side.BID, OrderType.LIMIT, 9, 0, 99, 1);
        drill.send(Side.BID, OrderType.LIMIT, TimeInForce.GOOD_TILL_CANCEL, 6, 99, 1);
        drill.send(Side.BID, OrderType.LIMIT, TimeInForce.IMMEDIATE_OR_CANCEL, NewOrder.POST_ONLY, 99, 1);
        drill.send(77, Side.BID, OrderType.LIMIT, TimeInForce.GOOD_TILL_CANCEL, 0, 99, 1);
        drill.send(77, Side.BID, OrderType.LIMIT, TimeInForce.GOOD_TILL_CANCEL, 0, 99, 1);

        assertEquals(List.of("rejected 1 venue:bad-fields", "rejected 2 venue:bad-fields",
            "rejected 3 venue:bad-fields", "rejected 4 venue:bad-fields", "rejected 5 venue:not-supported",
            "rejected 6 venue:not-supported", "rejected 7 venue:not-supported", "rejected 8 venue:not-supported",
            "rejected 77 venue:duplicate-id"), drill.answers());
    }

    @Test
    void shouldChargeMakerAndTaker()
    {
        final VenueDrill charging =
            new VenueDrill(BookKind.MBP, 0, QueueModel.PESSIMISTIC, FeeRate.ofUnits(-3, 7));
        charging.level(Side.ASK, 101, 5);

        charging.limit(Side.BID, 101, 7);
        charging.trade(Side.BID, 100, 2);

        assertEquals(List.of("fill 1 bid 5@101 taker left=2 fee=35", "fill 1 bid 2@101 maker left=0 fee=-6"),
            charging.answers());
    }

    @Test
    void shouldWaitForALevelBehindTheWindowToShow()
    {
        final VenueDrill window = new VenueDrill(BookKind.MBP, 2, QueueModel.PESSIMISTIC, FeeRate.FREE);
        window.level(Side.BID, 99, 5);
        window.level(Side.BID, 98, 5);
        window.limit(Side.BID, 97, 3);

        window.trade(Side.BID, 97, 50);
        window.part(EventType.LEVEL_SET, Side.BID, 99, 0, 0);
        window.part(EventType.LEVEL_SET, Side.BID | EventFlags.WINDOW | EventFlags.LAST, 97, 20, 0);
        window.trade(Side.BID, 97, 20);
        window.trade(Side.BID, 97, 1);

        assertEquals(List.of("fill 1 bid 1@97 maker left=2"), window.answers());
    }
}
