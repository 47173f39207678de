package io.ringtape.risk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.ringtape.book.Books;
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
import io.ringtape.event.SourceDefinition.Kind;
import io.ringtape.event.TradingStatus;
import io.ringtape.order.ClientOrderIds;
import io.ringtape.order.Control;
import io.ringtape.order.KillReason;
import io.ringtape.order.NewOrder;
import io.ringtape.order.OrderType;
import io.ringtape.order.OwnOrders;
import io.ringtape.order.TimeInForce;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * 0 bytes through books, gate and order sender, once warm: orders that pass, their answers and fills, cancels, and one
 * order for each check that rejects it; with every check and every kill rule on.
 */
@Timeout(20)
final class RiskGateAllocationTest
{
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private static final int STEPS = 1_000;
    private static final int ROUNDS = 10;
    private static final long STEP_NS = 2_000;
    private static final int FEED = 0;
    private static final int GATEWAY = 6;
    private static final int GOOD = 0;
    private static final int UNLIMITED = 1;
    private static final int SLOW = 2;
    private static final int LOSING = 3;
    private static final int BLIND = 4;
    private static final int SUSPECT = 5;
    private static final int HALTED = 6;
    private static final int FLAT = 7;
    private static final int TIGHT = 8;
    private static final int AGED = 9;
    private static final long TICK = 5;
    private static final long LOT = 10;
    private static final long MIDDLE = 100_000;
    private static final long FAR = 1L << 60;
    private static final int MANY = RiskLimits.MAX_MESSAGES;
    /** As a set has them: quantities in 10^-9 units. */
    private static final RiskLimits LIMITS =
        new RiskLimits(1_000_000_000_000L, 1L << 40, FAR, FAR, 500, FAR, MANY, MANY, FAR);
    private static final AccountLimits ACCOUNT = new AccountLimits(FAR, FAR, MANY, MANY);

    private final Definitions definitions = new Definitions();
    private final Books books = new Books(definitions);
    private final OrderBookEvent event = new EventBatch(1).append();
    private final EventBatch waiting = new EventBatch(2);
    private final NewOrder again = new NewOrder();
    private final OwnOrders[] senders = new OwnOrders[5];
    private final long[] rejects = new long[RiskCheck.LIMIT];
    private RiskGate gate;
    private long sequence;
    private long timeNs = 1_700_000_000_000_000_000L;

    @BeforeEach
    void define()
    {
        definitions.add(new SourceDefinition(FEED, Kind.FEED, "venue", 1, 1, 0));
        for (int i = 1; i <= senders.length; i++)
        {
            definitions.add(new SourceDefinition(i, Kind.STRATEGY, "s" + i, i, 0, 0));
        }
        definitions.add(new SourceDefinition(GATEWAY, Kind.GATEWAY, "gateway", 0, 0, 0));
        for (int i = GOOD; i <= AGED; i++)
        {
            definitions.add(new InstrumentDefinition(i, "I" + i, 0, InstrumentDefinition.DEFAULT_PRICE_EXPONENT, 0,
                BookKind.MBP, 0, TICK, LOT, 1));
        }
        final LimitSet.Builder limits = LimitSet.builder(1).killRules(new KillRules(true, STEP_NS / 2))
            .instrument("I" + SLOW, LIMITS.toBuilder().messagesPerSecond(0).messageBurst(0).build())
            .instrument("I" + LOSING, LIMITS.toBuilder().maxDailyLoss(0).build())
            .instrument("I" + FLAT, LIMITS.toBuilder().maxPosition(0).build())
            .instrument("I" + TIGHT, LIMITS.toBuilder().maxAccountPosition(0).build())
            .instrument("I" + AGED, LIMITS.toBuilder().maxReferenceAgeNs(STEP_NS / 2).build());
        for (final int instrument : new int[]{GOOD, BLIND, SUSPECT, HALTED})
        {
            limits.instrument("I" + instrument, LIMITS);
        }
        gate = RiskGate.builder(definitions, books::book).venueAnswers().limits(limits.account(1, ACCOUNT)
            .account(3, new AccountLimits(0, FAR, MANY, MANY)).account(4, new AccountLimits(FAR, 0, MANY, MANY))
            .account(5, new AccountLimits(FAR, FAR, 0, 0)).build()).build();
        for (int i = 0; i < senders.length; i++)
        {
            senders[i] = new OwnOrders(1, definitions.source(i + 1), definitions, gate, this::offer);
        }
        for (final int instrument : new int[]{UNLIMITED, SLOW, LOSING, SUSPECT, HALTED, FLAT, TIGHT, AGED})
        {
            touch(instrument);
        }
        market(EventType.TRADE, SUSPECT, MIDDLE).flags(EventFlags.SUSPECT_BOOK | EventFlags.LAST);
        deliver();
        market(EventType.TRADING_STATUS, HALTED, TradingStatus.HALTED);
        deliver();
    }

    @Test
    void shouldAllocateNothingPerOrderThatPassesOrFailsAnyCheck()
    {
        touch(GOOD);
        fill(GOOD, ClientOrderIds.of(2, 4, 1), Side.BID, 2 * MIDDLE, LOT);
        fill(LOSING, ClientOrderIds.of(2, 1, 1), Side.BID, 2 * MIDDLE, LOT);
        long least = Long.MAX_VALUE;

        for (int round = 0; round < ROUNDS; round++)
        {
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < STEPS; i++)
            {
                step();
            }
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }

        for (final RiskCheck check : RiskCheck.values())
        {
            final boolean isGates = check != RiskCheck.VENUE && check != RiskCheck.GATEWAY;
            assertEquals(isGates ? ROUNDS * STEPS : 0, rejects[check.code()], check.text());
        }
        assertEquals(2L * LOT, gate.position(GOOD) + gate.position(LOSING));
        assertEquals(0, gate.openOrders().size());
        assertEquals(0, least);
    }

    private void step()
    {
        timeNs += STEP_NS;
        touch(GOOD);
        market(EventType.TRADE, GOOD, MIDDLE).quantity(1).flags(EventFlags.LAST);
        deliver();
        trade();
        failOnFields();
        failOnState();
        failOnAccounts();
        failOnKill();
    }

    /** Buys some of an order and cancels its rest, and sells what it bought at the market. */
    private void trade()
    {
        final long bid = send(GOOD, Side.BID, MIDDLE - TICK, 2 * LOT);
        answer(EventType.OWN_ACCEPTED, GOOD, bid, Side.BID, 2 * LOT);
        fill(GOOD, bid, Side.BID, MIDDLE - TICK, LOT);
        senders[0].cancel(bid);
        pass();
        answer(EventType.OWN_CANCELLED, GOOD, bid, Side.BID, LOT);
        final long taken = senders[0].send(
            GOOD, Side.ASK, OrderType.MARKET, TimeInForce.IMMEDIATE_OR_CANCEL, 0, OrderBookEvent.NULL_PRICE, LOT);
        pass();
        fill(GOOD, taken, Side.ASK, MIDDLE - TICK, LOT);
        fail(gate.check(again.limit(GOOD, Side.BID, MIDDLE, LOT).from(taken, 1, 1)));
    }

    private void failOnFields()
    {
        send(GOOD, Side.NONE, MIDDLE, LOT);
        send(GOOD, Side.BID, OrderBookEvent.NULL_PRICE, LOT);
        send(GOOD, Side.BID, MIDDLE, 0);
        send(GOOD, Side.BID, MIDDLE + 1, LOT);
        send(GOOD, Side.BID, MIDDLE, LOT + 1);
        senders[0].send(GOOD, Side.BID, 77, TimeInForce.GOOD_TILL_CANCEL, 0, MIDDLE, LOT);
        pass();
        send(GOOD, Side.BID, MIDDLE, 1_000 + LOT);
        send(GOOD, Side.BID, TICK << 40, LOT);
        send(GOOD, Side.BID, 2 * MIDDLE, LOT);
    }

    private void failOnState()
    {
        send(UNLIMITED, Side.BID, MIDDLE, LOT);
        send(SLOW, Side.BID, MIDDLE, LOT);
        send(LOSING, Side.BID, MIDDLE, LOT);
        send(BLIND, Side.BID, MIDDLE, LOT);
        send(SUSPECT, Side.BID, MIDDLE, LOT);
        send(HALTED, Side.BID, MIDDLE, LOT);
        send(FLAT, Side.ASK, MIDDLE, LOT);
        send(TIGHT, Side.ASK, MIDDLE, LOT);
        // A trade of just now beside a book of long ago.
        market(EventType.TRADE, AGED, MIDDLE).quantity(1).flags(EventFlags.LAST);
        deliver();
        send(AGED, Side.BID, MIDDLE, LOT);
    }

    private void failOnAccounts()
    {
        for (int i = 1; i < senders.length; i++)
        {
            senders[i].newLimit(GOOD, Side.BID, MIDDLE, LOT);
            pass();
        }
    }

    /** The gate stops everybody at a gap and says so, until somebody arms. */
    private void failOnKill()
    {
        market(EventType.GAP, GOOD, OrderBookEvent.NULL_PRICE).quantity(1).flags(EventFlags.LAST);
        deliver();
        pass();
        send(GOOD, Side.BID, MIDDLE, LOT);
        event.reset().type(EventType.CONTROL).orderId(Control.ARM).quantity(Control.ALL)
            .price(KillReason.HAND.code()).flags(EventFlags.LAST);
        deliver();
        market(EventType.RECOVERED, GOOD, OrderBookEvent.NULL_PRICE);
        deliver();
    }

    private long send(final int instrument, final int side, final long price, final long quantity)
    {
        final long id = senders[0].newLimit(instrument, side, price, quantity);
        pass();
        return id;
    }

    private void touch(final int instrument)
    {
        market(EventType.LEVEL_SET, instrument, MIDDLE - TICK).quantity(LOT).flags(Side.BID | EventFlags.LAST);
        deliver();
        market(EventType.LEVEL_SET, instrument, MIDDLE + TICK).quantity(LOT).flags(Side.ASK | EventFlags.LAST);
        deliver();
    }

    private OrderBookEvent market(final int type, final int instrument, final long price)
    {
        return event.reset().type(type).instrumentId(instrument).price(price).sourceId(FEED).eventTimeNs(timeNs)
            .receiveTimeNs(timeNs).flags(EventFlags.LAST);
    }

    private void answer(final int type, final int instrument, final long id, final int side, final long quantity)
    {
        event.reset().type(type).instrumentId(instrument).sourceId(GATEWAY).orderId(id).price(MIDDLE)
            .quantity(quantity).eventTimeNs(timeNs).receiveTimeNs(timeNs)
            .flags(EventFlags.OWN | side | (type == EventType.OWN_FILL ? 0 : EventFlags.LAST));
        deliver();
    }

    private void fill(
        final int instrument, final long id, final int side, final long price, final long quantity)
    {
        event.reset().type(EventType.OWN_FILL).instrumentId(instrument).sourceId(GATEWAY).orderId(id).price(price)
            .quantity(quantity).eventTimeNs(timeNs).receiveTimeNs(timeNs).flags(EventFlags.OWN | side);
        deliver();
        event.reset().type(EventType.DETAIL).instrumentId(instrument).sourceId(GATEWAY).detail(3, 7)
            .flags(EventFlags.OWN | EventFlags.LAST | side);
        deliver();
    }

    private int offer(final EventBatch batch)
    {
        for (int i = 0; i < batch.count(); i++)
        {
            waiting.append().copyFrom(batch.event(i));
        }
        return EventPublisher.ACCEPTED;
    }

    /** What was sent comes back on the ring. */
    private void pass()
    {
        final int count = waiting.count();
        boolean isReject = false;
        for (int i = 0; i < count; i++)
        {
            event.copyFrom(waiting.event(i));
            if (isReject)
            {
                fail((int)event.detail(0));
            }
            isReject = event.type() == EventType.OWN_REJECTED;
            deliver();
        }
        waiting.clear();
    }

    private void fail(final int check)
    {
        rejects[check]++;
    }

    private void deliver()
    {
        event.sequence(sequence++);
        books.onEvent(event);
        gate.onEvent(event);
        for (final OwnOrders sender : senders)
        {
            sender.inHand(event);
        }
    }
}
