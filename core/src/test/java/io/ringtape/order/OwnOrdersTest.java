package io.ringtape.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.event.SourceDefinition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class OwnOrdersTest
{
    private static final long FIRST_ID = ClientOrderIds.of(9, 2, 1);

    private final Definitions definitions = new Definitions();
    private final FakeGate gate = new FakeGate();
    private final EventBatch sent = new EventBatch(8);
    private int answer = EventPublisher.ACCEPTED;
    private OwnOrders orders;

    @BeforeEach
    void openSender()
    {
        definitions.add(new InstrumentDefinition(0, "A", 0, -9, 0, BookKind.MBP, 0, 0, 0, 1));
        orders = new OwnOrders(9, strategy(), definitions, gate, this::offer);
    }

    @Test
    void shouldWriteANewOrderAndItsDetail()
    {
        orders.inHand(input(500));

        final long id = orders.newLimit(0, Side.ASK, 1_000, 30);

        assertEquals(FIRST_ID, id);
        assertEquals(2, sent.count());
        assertEquals("sequence=0 type=own-new eventTimeNs=1500 receiveTimeNs=2500 orderId=" + FIRST_ID +
            " price=1000 quantity=30 sourceSequence=500 instrumentId=0 sourceId=2 flags=0x42",
            sent.event(0).toString());
        assertEquals("sequence=0 type=detail detail0=2 detail1=1 detail2=77 detail3=2 detail4=0 detail5=0" +
            " instrumentId=0 sourceId=2 flags=0x46", sent.event(1).toString());
        assertTrue(orders.isOpen(id));
    }

    @Test
    void shouldWriteTheTermsOfAnOrder()
    {
        orders.inHand(input(500));

        orders.send(0, Side.BID, OrderType.MARKET, TimeInForce.IMMEDIATE_OR_CANCEL, NewOrder.POST_ONLY,
            OrderBookEvent.NULL_PRICE, 30);

        assertEquals("sequence=0 type=detail detail0=1 detail1=3 detail2=77 detail3=2 detail4=0 detail5=1" +
            " instrumentId=0 sourceId=2 flags=0x45", sent.event(1).toString());
    }

    @Test
    void shouldWriteARejectWithCheckValueAndLimit()
    {
        gate.verdict = 8;
        orders.inHand(input(500));

        final long id = orders.newLimit(0, Side.BID, 1_000, 30);

        assertEquals(OrderSender.REJECTED, id);
        assertEquals("sequence=0 type=own-rejected eventTimeNs=1500 receiveTimeNs=2500 orderId=" + FIRST_ID +
            " price=1000 quantity=30 sourceSequence=500 instrumentId=0 sourceId=2 flags=0x41",
            sent.event(0).toString());
        assertEquals("sequence=0 type=detail detail0=8 detail1=123 detail2=100 detail3=0 detail4=0 detail5=0" +
            " instrumentId=0 sourceId=2 flags=0x45", sent.event(1).toString());
        assertFalse(orders.isOpen(FIRST_ID));
        assertEquals(0, gate.open.size());
    }

    @Test
    void shouldWriteACancelOfAnOpenOrderOnce()
    {
        orders.inHand(input(500));
        final long id = orders.newLimit(0, Side.BID, 1_000, 30);
        sent.clear();
        orders.inHand(input(501));

        assertEquals(id, orders.cancel(id));
        assertEquals(OrderSender.NOT_OPEN, orders.cancel(id));

        assertEquals(1, sent.count());
        assertEquals("sequence=0 type=own-cancel eventTimeNs=1501 receiveTimeNs=2501 orderId=" + FIRST_ID +
            " price=1000 quantity=30 sourceSequence=501 instrumentId=0 sourceId=2 flags=0x45",
            sent.event(0).toString());
        assertTrue(orders.isOpen(id));
    }

    @Test
    void shouldNotCancelWhatIsNotItsOwn()
    {
        final long other = ClientOrderIds.of(9, 3, 1);
        gate.open.add(other, 0, Side.BID, 1, 1);

        assertEquals(OrderSender.NOT_OPEN, orders.cancel(other));
        assertEquals(OrderSender.NOT_OPEN, orders.cancel(FIRST_ID));
        assertEquals(OrderSender.NOT_OPEN, orders.cancel(OrderSender.REJECTED));
        assertEquals(0, sent.count());
    }

    @Test
    void shouldCancelAllThatIsOpenAndItsOwnAsFarAsTheOutboxTakesIt()
    {
        final long other = ClientOrderIds.of(9, 3, 1);
        gate.open.add(other, 0, Side.BID, 1, 1);
        orders.inHand(input(500));
        final long first = orders.newLimit(0, Side.BID, 1_000, 30);
        final long second = orders.newLimit(0, Side.ASK, 1_000, 30);
        final long third = orders.newLimit(0, Side.ASK, 1_001, 30);
        orders.cancel(second);
        sent.clear();

        answer = EventPublisher.FULL;
        orders.cancelAll();
        assertEquals(0, sent.count());
        answer = EventPublisher.ACCEPTED;
        orders.cancelAll();

        assertEquals(2, sent.count());
        assertEquals(EventType.OWN_CANCEL, sent.event(0).type());
        assertEquals(first, sent.event(0).orderId());
        assertEquals(third, sent.event(1).orderId());
    }

    @Test
    void shouldCancelNoMoreAtOnceThanAnyOutboxHasRoomFor()
    {
        final int[] count = {0};
        final OwnOrders many = new OwnOrders(9, strategy(), definitions, gate, (batch) ->
        {
            count[0]++;
            return EventPublisher.ACCEPTED;
        });
        for (int i = 0; i < OwnOrders.MOST_CANCELS + 3; i++)
        {
            gate.open.add(FIRST_ID + i, 0, Side.BID, 1, 1);
        }
        many.cancel(FIRST_ID);

        many.cancelAll();
        assertEquals(1 + OwnOrders.MOST_CANCELS, count[0]);
        many.cancelAll();
        assertEquals(OwnOrders.MOST_CANCELS + 3, count[0]);
    }

    @Test
    void shouldUseUpNothingWhereTheOutboxTakesNothing()
    {
        orders.inHand(input(500));
        answer = EventPublisher.FULL;

        assertEquals(OrderSender.OUTBOX_FULL, orders.newLimit(0, Side.BID, 1_000, 30));
        gate.verdict = 5;
        assertEquals(OrderSender.OUTBOX_FULL, orders.newLimit(0, Side.BID, 1_000, 30));
        gate.verdict = OrderGate.PASSED;
        answer = EventPublisher.CLOSED;
        assertEquals(OrderSender.CLOSED, orders.newLimit(0, Side.BID, 1_000, 30));
        answer = EventPublisher.ACCEPTED;

        assertEquals(FIRST_ID, orders.newLimit(0, Side.BID, 1_000, 30));
        answer = EventPublisher.FULL;
        assertEquals(OrderSender.OUTBOX_FULL, orders.cancel(FIRST_ID));
        answer = EventPublisher.CLOSED;
        assertEquals(OrderSender.CLOSED, orders.cancel(FIRST_ID));
        answer = EventPublisher.ACCEPTED;
        assertEquals(FIRST_ID, orders.cancel(FIRST_ID));
        assertEquals(1, gate.accepts);
    }

    @Test
    void shouldSendACancelIntoReservedRoomWhereAnOrderFindsNone()
    {
        final ReservedRoom outbox = new ReservedRoom();
        final OwnOrders sender = new OwnOrders(9, strategy(), definitions, gate, outbox);
        sender.inHand(input(500));
        final long id = sender.newLimit(0, Side.BID, 1_000, 30);
        outbox.hasRoom = false;

        assertEquals(OrderSender.OUTBOX_FULL, sender.newLimit(0, Side.BID, 1_000, 30));
        assertEquals(id, sender.cancel(id));
        assertEquals(OrderSender.OUTBOX_FULL, sender.newLimit(0, Side.BID, 1_000, 30));

        assertEquals(List.of("own-new", "detail", "reserved own-cancel"), outbox.taken);
        assertTrue(gate.open.isCancelPending(gate.open.find(id)));
        assertEquals(1, gate.accepts);
    }

    @Test
    void shouldGiveEachOrderAnIdOfItsOwnRejectedOnesIncluded()
    {
        orders.inHand(input(500));
        orders.newLimit(0, Side.BID, 1_000, 30);
        gate.verdict = 5;
        orders.newLimit(0, Side.BID, 1_000, 30);
        gate.verdict = OrderGate.PASSED;

        assertEquals(FIRST_ID + 2, orders.newLimit(0, Side.BID, 1_000, 30));
        assertEquals(FIRST_ID + 1, sent.event(2).orderId());
    }

    @Test
    void shouldNotSendForAnInstrumentThatIsNotDefined()
    {
        assertEquals(OrderSender.UNKNOWN_INSTRUMENT, orders.newLimit(1, Side.BID, 1_000, 30));
        assertEquals(OrderSender.UNKNOWN_INSTRUMENT, orders.newLimit(-1, Side.BID, 1_000, 30));
        assertEquals(0, sent.count());
    }

    @Test
    void shouldKeepASideThatDoesNotExistOutOfTheFlags()
    {
        gate.verdict = 2;

        orders.newLimit(0, 7, 1_000, 30);

        assertEquals(EventFlags.OWN, sent.event(0).flags());
        assertEquals(EventFlags.OWN | EventFlags.LAST, sent.event(1).flags());
    }

    @Test
    void shouldNameTheCauseOfAnOwnEventInHand()
    {
        orders.inHand(own(600, 500));

        orders.newLimit(0, Side.BID, 1_000, 30);

        assertEquals(500, sent.event(0).sourceSequence());
        assertEquals(1_500, sent.event(0).eventTimeNs());
        assertEquals(2_500, sent.event(0).receiveTimeNs());
    }

    @Test
    void shouldTakeADetailInHandWithTheTimesOfTheEventBeforeIt()
    {
        orders.inHand(input(500));
        orders.inHand(detail(501, 0));
        orders.newLimit(0, Side.BID, 1_000, 30);
        orders.inHand(own(502, 501));
        orders.inHand(detail(503, EventFlags.OWN));
        orders.newLimit(0, Side.BID, 1_000, 30);

        assertEquals(501, sent.event(0).sourceSequence());
        assertEquals(1_500, sent.event(0).eventTimeNs());
        assertEquals(501, sent.event(2).sourceSequence());
        assertEquals(1_501, sent.event(2).eventTimeNs());
    }

    @Test
    void shouldNeverGoBackFromACauseToAnEarlierOne()
    {
        orders.inHand(input(501));
        orders.newLimit(0, Side.BID, 1_000, 30);
        orders.inHand(own(600, 500));

        orders.newLimit(0, Side.BID, 1_000, 30);

        assertEquals(501, sent.event(2).sourceSequence());
        assertEquals(1_501, sent.event(2).eventTimeNs());
        assertEquals(2_501, sent.event(2).receiveTimeNs());
    }

    @Test
    void shouldRefuseASourceThatIsNoStrategy()
    {
        final SourceDefinition feed = new SourceDefinition(1, SourceDefinition.Kind.FEED, "feed", 0, 0, 0);

        final IllegalArgumentException refusal = assertThrows(
            IllegalArgumentException.class, () -> new OwnOrders(9, feed, definitions, gate, this::offer));

        assertEquals("source must be a strategy: sourceId=1 kind=FEED", refusal.getMessage());
    }

    private static SourceDefinition strategy()
    {
        return new SourceDefinition(2, SourceDefinition.Kind.STRATEGY, "test", 77, 0, 0);
    }

    private static OrderBookEvent input(final long sequence)
    {
        return blank().type(EventType.ORDER_ADD).sequence(sequence).sourceSequence(sequence * 10)
            .eventTimeNs(1_000 + sequence).receiveTimeNs(2_000 + sequence);
    }

    private static OrderBookEvent own(final long sequence, final long cause)
    {
        return input(cause).type(EventType.OWN_NEW).flags(EventFlags.OWN).sequence(sequence).sourceSequence(cause);
    }

    private static OrderBookEvent detail(final long sequence, final int flags)
    {
        return blank().type(EventType.DETAIL).sequence(sequence).flags(flags).detail(0, 4_711).detail(1, 4_712)
            .detail(5, 4_713);
    }

    private static OrderBookEvent blank()
    {
        return new EventBatch(1).append();
    }

    private int offer(final EventBatch batch)
    {
        if (answer == EventPublisher.ACCEPTED)
        {
            for (int i = 0; i < batch.count(); i++)
            {
                sent.append().copyFrom(batch.event(i));
            }
        }
        return answer;
    }

    /** An outbox that may be full but for what is reserved. */
    private static final class ReservedRoom implements EventPublisher
    {
        private final List<String> taken = new ArrayList<>();
        private boolean hasRoom = true;

        @Override
        public int offer(final EventBatch batch)
        {
            return hasRoom ? take(batch, "") : FULL;
        }

        @Override
        public int offerReserved(final EventBatch batch)
        {
            return take(batch, "reserved ");
        }

        private int take(final EventBatch batch, final String how)
        {
            for (int i = 0; i < batch.count(); i++)
            {
                taken.add(how + EventType.name(batch.event(i).type()));
            }
            return ACCEPTED;
        }
    }

    /** Passes everything or fails everything, and remembers what was accepted. */
    private static final class FakeGate implements OrderGate
    {
        private final OpenOrders open = new OpenOrders();
        private int verdict = PASSED;
        private int accepts;

        @Override
        public int check(final NewOrder order)
        {
            return verdict;
        }

        @Override
        public long failedValue()
        {
            return 123;
        }

        @Override
        public long failedLimit()
        {
            return 100;
        }

        @Override
        public void onAccepted(final NewOrder order)
        {
            accepts++;
            open.add(order.clientOrderId(), order.instrumentId(), order.side(), order.price(), order.quantity());
        }

        @Override
        public void onCancelSent(final int slot)
        {
            open.markCancelPending(slot);
        }

        @Override
        public OpenOrders openOrders()
        {
            return open;
        }
    }
}
