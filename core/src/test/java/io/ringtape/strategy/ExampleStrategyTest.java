package io.ringtape.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.risk.RiskLimits;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example on its lane: books, gate and strategy together, on the book by price (instrument 1) unless told. */
@Timeout(60)
final class ExampleStrategyTest
{
    private static final ExampleParameters PARAMETERS = new ExampleParameters(2, 150, 10, 1_000);
    private static final RiskLimits LIMITS =
        new RiskLimits(500, Long.MAX_VALUE, 1_000, 1_000, 500, 1_000_000, 1_000_000, 20, Long.MAX_VALUE);
    private static final long START_NS = 1_000_000_000L;

    private final OrderLane lane = new OrderLane(PARAMETERS, LIMITS);
    private final EventBatch batch = new EventBatch(8);
    private long timeNs = START_NS;

    @Test
    void shouldJoinTheSideThatIsLarger()
    {
        touch(99, 300, 101, 200);

        assertEquals(1, lane.counts[EventType.OWN_NEW]);
        assertEquals(30, lane.gate.openQuantity(1, Side.BID));
    }

    @Test
    void shouldJoinTheAskWhereThatIsLarger()
    {
        touch(99, 200, 101, 309);

        assertEquals(30, lane.gate.openQuantity(1, Side.ASK));
    }

    @Test
    void shouldStayOutWhereTheTouchIsBalanced()
    {
        touch(99, 299, 101, 200);

        assertEquals(0, lane.counts[EventType.OWN_NEW]);
    }

    @Test
    void shouldSendALotWhereTheShareIsLess()
    {
        touch(99, 90, 101, 10);

        assertEquals(10, lane.gate.openQuantity(1, Side.BID));
    }

    @Test
    void shouldCancelWhenTheTouchMovesAndRest()
    {
        touch(99, 300, 101, 200);
        level(Side.BID, 100, 400);
        assertEquals(1, lane.counts[EventType.OWN_CANCEL]);
        assertEquals(0, lane.gate.openQuantity(1, Side.BID));

        level(Side.BID, 100, 401);
        level(Side.BID, 100, 402);
        assertEquals(1, lane.counts[EventType.OWN_NEW]);
        level(Side.BID, 100, 403);

        assertEquals(2, lane.counts[EventType.OWN_NEW]);
        assertEquals(40, lane.gate.openQuantity(1, Side.BID));
    }

    @Test
    void shouldCancelAnOldOrder()
    {
        touch(99, 300, 101, 200);
        timeNs += 1_000;
        level(Side.ASK, 102, 1);
        assertEquals(0, lane.counts[EventType.OWN_CANCEL]);

        timeNs++;
        level(Side.ASK, 102, 2);

        assertEquals(1, lane.counts[EventType.OWN_CANCEL]);
    }

    @Test
    void shouldCancelWhenTheBookBecomesSuspect()
    {
        touch(99, 300, 101, 200);
        append(EventType.LEVEL_SET, Side.ASK, 102, 1).flags(Side.ASK | EventFlags.LAST | EventFlags.SUSPECT_BOOK);
        publish();
        for (int i = 0; i < 10; i++)
        {
            level(Side.BID, 99, 400 + i);
        }

        assertEquals(1, lane.counts[EventType.OWN_CANCEL]);
        assertEquals(1, lane.counts[EventType.OWN_NEW]);
    }

    @Test
    void shouldTryACancelAgainWhenTheOutboxWasFull()
    {
        touch(99, 300, 101, 200);
        lane.outboxAnswer = EventPublisher.FULL;
        level(Side.BID, 100, 400);
        assertEquals(0, lane.counts[EventType.OWN_CANCEL]);

        lane.outboxAnswer = EventPublisher.ACCEPTED;
        level(Side.BID, 100, 401);

        assertEquals(1, lane.counts[EventType.OWN_CANCEL]);
    }

    @Test
    void shouldRestWhenTheGateRejects()
    {
        touch(99, 6_000, 101, 200);
        assertEquals(1, lane.counts[EventType.OWN_REJECTED]);

        level(Side.BID, 99, 6_001);
        level(Side.BID, 99, 6_002);
        assertEquals(1, lane.counts[EventType.OWN_REJECTED]);
        level(Side.BID, 99, 6_003);

        assertEquals(2, lane.counts[EventType.OWN_REJECTED]);
        assertEquals(0, lane.counts[EventType.OWN_NEW]);
    }

    @Test
    void shouldDecideAtTheEndsOfVenueEventsOnly()
    {
        append(EventType.LEVEL_SET, Side.BID, 99, 300).flags(Side.BID);
        append(EventType.LEVEL_SET, Side.ASK, 101, 200).flags(Side.ASK);
        publish();
        assertEquals(0, lane.counts[EventType.OWN_NEW]);

        append(EventType.LEVEL_SET, Side.ASK, 102, 200).flags(Side.ASK | EventFlags.LAST | EventFlags.SNAPSHOT);
        publish();
        assertEquals(0, lane.counts[EventType.OWN_NEW]);

        level(Side.ASK, 102, 100);
        assertEquals(1, lane.counts[EventType.OWN_NEW]);
    }

    @Test
    void shouldNotTradeACrossedOrOneSidedBook()
    {
        level(Side.BID, 101, 300);
        level(Side.ASK, 101, 200);
        level(Side.ASK, 100, 200);

        assertEquals(0, lane.counts[EventType.OWN_NEW]);
    }

    @Test
    void shouldTradeABookByOrderAlike()
    {
        timeNs++;
        add(0, 1, Side.BID, 99, 200);
        add(0, 2, Side.BID, 99, 100);
        add(0, 3, Side.ASK, 101, 200);

        assertEquals(30, lane.gate.openQuantity(0, Side.BID));
    }

    @Test
    void shouldCompareQuantitiesThatFillAllBits()
    {
        touch(99, Long.MAX_VALUE, 101, Long.MAX_VALUE / 3 * 2);
        assertEquals(1, lane.counts[EventType.OWN_REJECTED]);

        final OrderLane other = new OrderLane(PARAMETERS, LIMITS);
        other.publish(levels(99, Long.MAX_VALUE, 101, Long.MAX_VALUE / 3 * 2 + 2));
        assertEquals(0, other.counts[EventType.OWN_REJECTED]);
    }

    @Test
    void shouldSendTheSameForTheSameInput()
    {
        final OrderLane again = new OrderLane(PARAMETERS, LIMITS);
        final OrderLane otherwise = new OrderLane(new ExampleParameters(2, 151, 10, 1_000), LIMITS);

        run(lane, 7, 20_000);
        run(again, 7, 20_000);
        run(otherwise, 7, 20_000);

        assertTrue(lane.counts[EventType.OWN_NEW] > 100);
        assertTrue(lane.counts[EventType.OWN_CANCEL] > 100);
        assertTrue(lane.counts[EventType.OWN_REJECTED] > 0);
        assertEquals(lane.hashes.outputHash(), again.hashes.outputHash());
        assertEquals(lane.hashes.ownCount(), again.hashes.ownCount());
        assertNotEquals(lane.hashes.outputHash(), otherwise.hashes.outputHash());
    }

    @Test
    void shouldAllocateNothingOnceWarm()
    {
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        final Random random = new Random(11);
        final EventBatch[] events = new EventBatch[2_000];
        for (int i = 0; i < events.length; i++)
        {
            events[i] = randomLevel(random);
        }
        // Every round has the times of the first, in which the message bucket does not fill again.
        final OrderLane target = new OrderLane(PARAMETERS, LIMITS.toBuilder().messageBurst(1_000_000).build());
        long best = Long.MAX_VALUE;

        for (int round = 0; round < 40; round++)
        {
            final long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (final EventBatch one : events)
            {
                target.publish(one);
            }
            best = Math.min(best, threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }

        assertEquals(0, best);
        assertTrue(target.counts[EventType.OWN_NEW] > 1_000);
        assertTrue(target.counts[EventType.OWN_CANCEL] > 1_000);
        assertTrue(target.counts[EventType.OWN_REJECTED] > 1_000);
    }

    private void run(final OrderLane target, final long seed, final int events)
    {
        timeNs = START_NS;
        final Random random = new Random(seed);
        for (int i = 0; i < events; i++)
        {
            target.publish(randomLevel(random));
        }
    }

    private EventBatch randomLevel(final Random random)
    {
        timeNs += random.nextInt(400);
        final int side = 1 + random.nextInt(2);
        final long price = side == Side.BID ? 100L - random.nextInt(3) : 101L + random.nextInt(3);
        final EventBatch one = new EventBatch(1);
        append(one, EventType.LEVEL_SET, 1, side, price, random.nextInt(8_000)).flags(side | EventFlags.LAST);
        return one;
    }

    private void touch(final long bid, final long bidQuantity, final long ask, final long askQuantity)
    {
        lane.publish(levels(bid, bidQuantity, ask, askQuantity));
    }

    private EventBatch levels(final long bid, final long bidQuantity, final long ask, final long askQuantity)
    {
        final EventBatch both = new EventBatch(2);
        append(both, EventType.LEVEL_SET, 1, Side.BID, bid, bidQuantity).flags(Side.BID);
        append(both, EventType.LEVEL_SET, 1, Side.ASK, ask, askQuantity).flags(Side.ASK | EventFlags.LAST);
        return both;
    }

    private void level(final int side, final long price, final long quantity)
    {
        append(EventType.LEVEL_SET, side, price, quantity).flags(side | EventFlags.LAST);
        publish();
    }

    private void add(final int instrumentId, final long id, final int side, final long price, final long quantity)
    {
        append(batch, EventType.ORDER_ADD, instrumentId, side, price, quantity).orderId(id)
            .flags(side | EventFlags.LAST);
        publish();
    }

    private void publish()
    {
        lane.publish(batch);
        batch.clear();
    }

    private OrderBookEvent append(
        final int type, final int side, final long price, final long quantity)
    {
        return append(batch, type, 1, side, price, quantity);
    }

    private OrderBookEvent append(
        final EventBatch target, final int type, final int instrumentId, final int side, final long price,
        final long quantity)
    {
        return target.append().type(type).instrumentId(instrumentId).flags(side).price(price).quantity(quantity)
            .eventTimeNs(timeNs).receiveTimeNs(timeNs);
    }
}
