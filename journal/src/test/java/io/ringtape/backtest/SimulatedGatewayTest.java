package io.ringtape.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import io.ringtape.order.OrderType;
import io.ringtape.order.TimeInForce;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The venue of backtests, live: with books of its own, fed by the ring. */
@Timeout(10)
final class SimulatedGatewayTest
{
    private final Definitions definitions = new Definitions();
    private final List<String> answers = new ArrayList<>();
    private final OrderBookEvent event = new EventBatch(1).append();
    private final OrderBookEvent detail = new EventBatch(1).append();
    private final SimulatedGateway gateway = new SimulatedGateway(definitions,
        new SourceDefinition(4, SourceDefinition.Kind.GATEWAY, "simulated", 0, 0, 0), QueueModel.EXACT_BY_ORDER_ID,
        FeeSchedule.FREE, this::onAnswer);
    private long sequence;

    @BeforeEach
    void quote()
    {
        definitions.add(new InstrumentDefinition(0, "A", 0, -9, 0, BookKind.MBP, 0, 1, 1, 1));
        market(EventType.LEVEL_SET, Side.BID, 99, 10, 1_000);
        market(EventType.LEVEL_SET, Side.ASK, 101, 10, 2_000);
    }

    @Test
    void shouldFillAtOnceWhatIsDisplayedAtTheTimeOfTheMarket()
    {
        send(1, Side.BID, 101, 4, TimeInForce.GOOD_TILL_CANCEL);
        send(2, Side.BID, 101, 10, TimeInForce.IMMEDIATE_OR_CANCEL);

        assertEquals(List.of("own-accepted 1 101 4 at 2000 for 2", "own-fill 1 101 4 at 2000 for 2",
            "own-accepted 2 101 10 at 2000 for 3", "own-fill 2 101 6 at 2000 for 3",
            "own-cancelled 2 101 4 at 2000 for 3"), answers);
    }

    @Test
    void shouldFillAtATradeWhatRests()
    {
        send(1, Side.BID, 99, 3, TimeInForce.GOOD_TILL_CANCEL);
        market(EventType.TRADE, Side.BID, 99, 13, 3_000);

        assertEquals(List.of("own-accepted 1 99 3 at 2000 for 2", "own-fill 1 99 3 at 3000 for 2"), answers);
    }

    @Test
    void shouldCancelWhatRestsAndPassOverTimersAndControls()
    {
        send(1, Side.BID, 99, 3, TimeInForce.GOOD_TILL_CANCEL);
        event.reset().type(EventType.TIMER).receiveTimeNs(2_400);
        gateway.onMarket(event);
        event.reset().type(EventType.CONTROL).receiveTimeNs(2_500);
        gateway.onMarket(event);
        event.reset().type(EventType.OWN_CANCEL).orderId(1).receiveTimeNs(2_500);
        gateway.cancel(event);
        gateway.cancel(event);

        assertEquals(
            List.of("own-accepted 1 99 3 at 2000 for 2", "own-cancelled 1 99 3 at 2500 for 2"), answers);
    }

    @Test
    void shouldNotAnswerAtABadTimeOfWhatAnOrderIsSentAt()
    {
        event.reset().sequence(sequence++).type(EventType.TRADE).flags(Side.BID | EventFlags.LAST | EventFlags.BAD_TIME)
            .price(98).quantity(1).receiveTimeNs(9_000);
        gateway.onMarket(event);
        send(1, Side.BID, 99, 3, TimeInForce.GOOD_TILL_CANCEL, 9_000);
        event.reset().type(EventType.OWN_CANCEL).orderId(1).receiveTimeNs(9_000);
        gateway.cancel(event);

        assertEquals(
            List.of("own-accepted 1 99 3 at 2000 for 3", "own-cancelled 1 99 3 at 2000 for 3"), answers);
    }

    @Test
    void shouldAnswerAtTheTimeOfTheOrderAheadOfTheFirstGoodTime()
    {
        final SimulatedGateway fresh = new SimulatedGateway(definitions,
            new SourceDefinition(4, SourceDefinition.Kind.GATEWAY, "simulated", 0, 0, 0), QueueModel.PESSIMISTIC,
            FeeSchedule.FREE, this::onAnswer);
        event.reset().type(EventType.LEVEL_SET).flags(Side.BID | EventFlags.LAST | EventFlags.BAD_TIME).price(99)
            .quantity(1).receiveTimeNs(700);
        fresh.onMarket(event);
        order(1, Side.BID, 99, 3, TimeInForce.GOOD_TILL_CANCEL, 700);
        fresh.send(event, detail);
        event.reset().type(EventType.TRADE).flags(Side.BID | EventFlags.LAST | EventFlags.BAD_TIME).price(99)
            .quantity(2).receiveTimeNs(600);
        fresh.onMarket(event);

        assertEquals(List.of("own-accepted 1 99 3 at 700 for 2", "own-fill 1 99 1 at 600 for 2"), answers);
    }

    @Test
    void shouldFillAtTheTimeOfTheTradeThatADetailFollowsAheadOfTheFirstGoodTime()
    {
        final SimulatedGateway fresh = new SimulatedGateway(definitions,
            new SourceDefinition(4, SourceDefinition.Kind.GATEWAY, "simulated", 0, 0, 0), QueueModel.PESSIMISTIC,
            FeeSchedule.FREE, this::onAnswer);
        order(1, Side.BID, 99, 3, TimeInForce.GOOD_TILL_CANCEL, 700);
        fresh.send(event, detail);
        event.reset().type(EventType.TRADE).flags(Side.BID | EventFlags.BAD_TIME).price(99).quantity(2)
            .receiveTimeNs(600);
        fresh.onMarket(event);
        event.reset().type(EventType.DETAIL).flags(EventFlags.LAST | EventFlags.BAD_TIME).detail(0, 7).detail(1, 8);
        fresh.onMarket(event);

        assertEquals(List.of("own-accepted 1 99 3 at 700 for 2", "own-fill 1 99 2 at 600 for 2"), answers);
    }

    private void market(final int type, final int side, final long price, final long quantity, final long timeNs)
    {
        event.reset().sequence(sequence++).type(type).flags(side | EventFlags.LAST).price(price).quantity(quantity)
            .eventTimeNs(timeNs).receiveTimeNs(timeNs);
        gateway.onMarket(event);
    }

    private void send(final long id, final int side, final long price, final long quantity, final int timeInForce)
    {
        send(id, side, price, quantity, timeInForce, 1_500);
    }

    private void send(
        final long id, final int side, final long price, final long quantity, final int timeInForce, final long timeNs)
    {
        order(id, side, price, quantity, timeInForce, timeNs);
        gateway.send(event, detail);
    }

    private void order(
        final long id, final int side, final long price, final long quantity, final int timeInForce, final long timeNs)
    {
        event.reset().sequence(sequence++).type(EventType.OWN_NEW).flags(EventFlags.OWN | side).orderId(id)
            .price(price).quantity(quantity).receiveTimeNs(timeNs);
        detail.reset().type(EventType.DETAIL).detail(0, OrderType.LIMIT).detail(1, timeInForce).detail(2, 1)
            .detail(3, 1).detail(4, 0).detail(5, 0);
    }

    private int onAnswer(final EventBatch batch)
    {
        final OrderBookEvent answer = batch.event(0);
        assertEquals(4, answer.sourceId());
        answers.add(EventType.name(answer.type()) + " " + answer.orderId() + " " + answer.price() + " " +
            answer.quantity() + " at " + answer.receiveTimeNs() + " for " + answer.sourceSequence());
        return EventPublisher.ACCEPTED;
    }
}
