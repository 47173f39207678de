package io.ringtape.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.event.BookKind;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Orders 1 and 2 stand at 99 for 10 each, then an own one for 5, then order 3 for 10. */
@Timeout(60)
final class ExactQueueTest
{
    private final VenueDrill drill = VenueDrill.byOrder(QueueModel.EXACT_BY_ORDER_ID);
    private long own;

    @BeforeEach
    void fillTheLevel()
    {
        drill.add(1, Side.BID, 99, 10);
        drill.add(2, Side.BID, 99, 10);
        own = drill.limit(Side.BID, 99, 5);
        drill.add(3, Side.BID, 99, 10);
    }

    @Test
    void shouldShrinkWhatIsAheadByExecutionsReductionsAndCancels()
    {
        drill.execute(1, Side.BID, 99, 4);
        drill.event(EventType.ORDER_REDUCE, Side.BID, 99, 5, 1);
        drill.event(EventType.ORDER_DELETE, Side.BID, 99, OrderBookEvent.NULL_QUANTITY, 2);
        drill.execute(1, Side.BID, 99, 1);
        assertEquals(List.of(), drill.answers());

        drill.execute(3, Side.BID, 99, 3);

        assertEquals(List.of("fill 1 bid 3@99 maker left=2"), drill.answers());
    }

    @Test
    void shouldNotBeFilledByWhatIsTradedAhead()
    {
        drill.execute(1, Side.BID, 99, 10);
        drill.execute(2, Side.BID, 99, 10);

        assertEquals(List.of(), drill.answers());
    }

    @Test
    void shouldNotMindWhoCancelsBehind()
    {
        drill.event(EventType.ORDER_DELETE, Side.BID, 99, OrderBookEvent.NULL_QUANTITY, 3);
        drill.part(EventType.ORDER_EXECUTE, Side.BID, 99, 10, 1);
        drill.part(EventType.ORDER_EXECUTE, Side.BID | EventFlags.LAST, 99, 10, 2);

        assertEquals(List.of(), drill.answers());
    }

    @Test
    void shouldPassAnOrderThatLosesItsPlace()
    {
        drill.event(EventType.ORDER_MODIFY, Side.BID, 99, 11, 1);
        drill.event(EventType.ORDER_MODIFY, Side.BID, 99, 6, 2);
        drill.execute(2, Side.BID, 99, 6);
        assertEquals(List.of(), drill.answers());

        drill.execute(3, Side.BID, 99, 2);
        drill.execute(1, Side.BID, 99, 1);

        assertEquals(List.of("fill 1 bid 2@99 maker left=3", "fill 1 bid 1@99 maker left=2"), drill.answers());
    }

    @Test
    void shouldPassAnOrderThatMovesAwayOrIsAddedAgain()
    {
        drill.event(EventType.ORDER_MODIFY, Side.BID, 98, 10, 1);
        drill.event(EventType.ORDER_ADD, Side.BID, 99, 10, 2);

        drill.execute(3, Side.BID, 99, 10);

        assertEquals(List.of("fill 1 bid 5@99 maker left=0"), drill.answers());
    }

    @Test
    void shouldKeepWhatIsBetweenTwoOwnOrders()
    {
        drill.limit(Side.BID, 99, 5);
        drill.add(4, Side.BID, 99, 10);
        drill.event(EventType.ORDER_DELETE, Side.BID, 99, OrderBookEvent.NULL_QUANTITY, 1);
        drill.event(EventType.ORDER_DELETE, Side.BID, 99, OrderBookEvent.NULL_QUANTITY, 2);

        drill.part(EventType.ORDER_EXECUTE, Side.BID, 99, 10, 3);
        drill.part(EventType.ORDER_EXECUTE, Side.BID | EventFlags.LAST, 99, 7, 4);

        // 17 traded: 5 to the first own order, 10 to order 3, 2 to the second.
        assertEquals(List.of("fill 1 bid 5@99 maker left=0", "fill 2 bid 2@99 maker left=3"), drill.answers());
    }

    @Test
    void shouldFindItsPlaceAgainBehindASnapshot()
    {
        drill.part(EventType.BOOK_CLEAR, EventFlags.SNAPSHOT, OrderBookEvent.NULL_PRICE, 0, 0);
        drill.part(EventType.ORDER_ADD, Side.BID | EventFlags.SNAPSHOT, 99, 8, 2);
        drill.part(EventType.ORDER_ADD, Side.BID | EventFlags.SNAPSHOT, 99, 10, 3);
        drill.part(EventType.ORDER_ADD, Side.BID | EventFlags.SNAPSHOT | EventFlags.LAST, 99, 10, 5);

        drill.execute(2, Side.BID, 99, 8);
        assertEquals(List.of(), drill.answers());
        drill.execute(3, Side.BID, 99, 4);

        assertEquals(List.of("fill 1 bid 4@99 maker left=1"), drill.answers());
    }

    @Test
    void shouldFindItsPlaceAgainBehindAClearThatIsAVenueEventOfItsOwn()
    {
        clear();
        drill.add(2, Side.BID, 99, 8);
        drill.add(3, Side.BID, 99, 10);

        drill.execute(2, Side.BID, 99, 8);
        assertEquals(List.of(), drill.answers());
        drill.execute(3, Side.BID, 99, 4);

        assertEquals(List.of("fill 1 bid 4@99 maker left=1"), drill.answers());
    }

    @Test
    void shouldStandFirstBehindAClearUntilOrdersComeBack()
    {
        clear();
        drill.add(3, Side.BID, 99, 10);

        drill.execute(3, Side.BID, 99, 2);

        assertEquals(List.of("fill 1 bid 2@99 maker left=3"), drill.answers());
    }

    @Test
    void shouldStandBehindAnOrderThatComesBackAndTradesInOneVenueEvent()
    {
        clear();

        drill.part(EventType.ORDER_ADD, Side.BID, 99, 8, 2);
        drill.part(EventType.ORDER_EXECUTE, Side.BID | EventFlags.LAST, 99, 8, 2);

        assertEquals(List.of(), drill.answers());
    }

    @Test
    void shouldPassAnOrderThatComesBackByWayOfAnotherPrice()
    {
        clear();
        drill.add(2, Side.BID, 98, 8);
        drill.event(EventType.ORDER_MODIFY, Side.BID, 99, 8, 2);

        drill.execute(2, Side.BID, 99, 3);
        drill.event(EventType.ORDER_DELETE, Side.BID, 99, OrderBookEvent.NULL_QUANTITY, 2);
        drill.add(2, Side.BID, 99, 8);
        drill.execute(2, Side.BID, 99, 2);

        assertEquals(List.of("fill 1 bid 3@99 maker left=2", "fill 1 bid 2@99 maker left=0"), drill.answers());
    }

    @Test
    void shouldPassAnOrderThatCameBackElsewhereAndIsAddedAgain()
    {
        clear();
        drill.add(2, Side.BID, 98, 8);
        drill.event(EventType.ORDER_DELETE, Side.BID, 98, OrderBookEvent.NULL_QUANTITY, 2);
        drill.add(2, Side.BID, 99, 8);

        drill.execute(2, Side.BID, 99, 3);

        assertEquals(List.of("fill 1 bid 3@99 maker left=2"), drill.answers());
    }

    @Test
    void shouldFindItsPlaceAgainWhereOneSideIsCleared()
    {
        drill.event(EventType.BOOK_CLEAR, Side.BID, OrderBookEvent.NULL_PRICE, 0, 0);
        drill.event(EventType.ORDER_MODIFY, Side.BID, 99, 8, 2);

        drill.execute(2, Side.BID, 99, 8);

        assertEquals(List.of(), drill.answers());
    }

    private void clear()
    {
        drill.event(EventType.BOOK_CLEAR, Side.NONE, OrderBookEvent.NULL_PRICE, 0, 0);
    }

    @Test
    void shouldReadPriceAndSideOfAnExecutionFromTheBook()
    {
        drill.event(EventType.ORDER_DELETE, Side.BID, 99, OrderBookEvent.NULL_QUANTITY, 1);
        drill.event(EventType.ORDER_DELETE, Side.BID, 99, OrderBookEvent.NULL_QUANTITY, 2);

        drill.execute(3, Side.NONE, OrderBookEvent.NULL_PRICE, 5);

        assertEquals(List.of("fill 1 bid 5@99 maker left=0"), drill.answers());
    }

    @Test
    void shouldForgetTheQueueOfAnOrderThatIsCancelled()
    {
        drill.cancel(own);
        drill.limit(Side.BID, 99, 5);
        drill.answers();

        drill.execute(1, Side.BID, 99, 10);
        drill.execute(2, Side.BID, 99, 10);
        drill.execute(3, Side.BID, 99, 10);

        assertEquals(List.of(), drill.answers());
    }

    @Test
    void shouldBePessimisticOfABookByPrice()
    {
        assertEquals(QueueModel.PESSIMISTIC,
            SimulatedVenue.modelFor(QueueModel.EXACT_BY_ORDER_ID, BookKind.MBP));
        assertEquals(QueueModel.EXACT_BY_ORDER_ID,
            SimulatedVenue.modelFor(QueueModel.EXACT_BY_ORDER_ID, BookKind.MBO));
    }
}
