package io.ringtape.risk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.management.ThreadMXBean;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventPublisher;
import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.event.SourceDefinition;
import io.ringtape.event.SourceDefinition.Kind;
import io.ringtape.order.ClientOrderIds;
import io.ringtape.order.Control;
import io.ringtape.order.KillReason;
import io.ringtape.order.NewOrder;
import io.ringtape.order.OrderGate;
import io.ringtape.order.OwnOrders;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When the gate stops everybody by itself: at its event, once, and until somebody arms. Times in ns. */
@Timeout(10)
final class KillTriggersTest
{
    private static final int FEED = 0;
    private static final int STRATEGY = 1;
    private static final int SECOND_LINE = 2;
    private static final int OTHER_CHANNEL = 3;
    private static final int UNDEFINED = 4;
    private static final int ACCOUNT = 7;
    private static final long NOW_NS = 1_000_000;
    private static final long STALE_NS = 100;
    private static final long ORDER = ClientOrderIds.of(1, STRATEGY, 1);
    private static final KillRules GAPS = new KillRules(true, KillRules.NEVER_STALE);
    private static final KillRules STALE = new KillRules(false, STALE_NS);
    private static final RiskLimits LIMITS = new RiskLimits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE,
        Long.MAX_VALUE, 10_000, Long.MAX_VALUE, 1_000, 1_000, Long.MAX_VALUE);

    private final Market market = new Market(LIMITS);
    private final List<String> said = new ArrayList<>();
    private int answer = EventPublisher.ACCEPTED;

    @BeforeEach
    void define()
    {
        market.definitions.add(new SourceDefinition(FEED, Kind.FEED, "venue", 5, 6, 0));
        market.definitions.add(new SourceDefinition(STRATEGY, Kind.STRATEGY, "test", ACCOUNT, 0, 0));
        market.definitions.add(new SourceDefinition(SECOND_LINE, Kind.FEED, "venue", 5, 6, 1));
        market.definitions.add(new SourceDefinition(OTHER_CHANNEL, Kind.FEED, "venue", 5, 7, 0));
    }

    @Test
    void shouldStopEverybodyAtAGapOfATradedSourceUntilSomebodyArms()
    {
        gate(GAPS);
        market.touch(0, 99, 101, NOW_NS);
        assertPassed();

        market.gap(FEED, NOW_NS + 1);
        assertStopped();
        market.gap(FEED, NOW_NS + 2);

        assertEquals(List.of("gap instrumentId=0 receiveTimeNs=" + (NOW_NS + 1)), said);
        market.control(Control.ARM, Control.ALL, 0, 1);
        market.recovered(FEED, NOW_NS + 2);
        assertPassed();
        market.gap(FEED, NOW_NS + 3);
        assertStopped();
        assertEquals(2, said.size());
    }

    @Test
    void shouldKnowAGapOfAChannelByEachOfItsLines()
    {
        gate(GAPS);
        market.touch(0, 99, 101, NOW_NS);

        market.gap(OTHER_CHANNEL, NOW_NS + 1);
        assertPassed();

        market.gap(SECOND_LINE, NOW_NS + 2);
        assertStopped();
        market.control(Control.ARM, Control.ALL, 0, 1);
        market.gap(UNDEFINED, NOW_NS + 3);
        assertStopped();
    }

    @Test
    void shouldNotStopAtAGapOfASourceThatNobodyTrades()
    {
        gate(GAPS);

        market.gap(FEED, NOW_NS + 1);

        market.recovered(FEED, NOW_NS + 2);
        market.touch(0, 99, 101, NOW_NS + 2);
        assertPassed();
        assertEquals(List.of(), said);
    }

    @Test
    void shouldStopEverybodyWhenTheReferenceOfAnOpenOrderIsTooOld()
    {
        gate(STALE);
        market.touch(0, 99, 101, NOW_NS);
        market.touch(1, 99, 101, NOW_NS + 10);
        market.own(EventType.OWN_NEW, ORDER, 0, Side.BID, 10);

        market.touch(1, 99, 101, NOW_NS + STALE_NS);
        assertPassed();
        market.touch(1, 99, 101, NOW_NS + STALE_NS + 1);

        assertStopped();
        assertEquals(List.of("stale instrumentId=0 receiveTimeNs=" + (NOW_NS + STALE_NS + 1)), said);
    }

    @Test
    void shouldStopAtTheEventThatEndsASilenceOfItsInstrument()
    {
        gate(STALE);
        market.touch(0, 99, 101, NOW_NS);
        market.own(EventType.OWN_NEW, ORDER, 0, Side.BID, 10);

        market.level(0, Side.BID, 99, 11, NOW_NS + STALE_NS);
        assertPassed();
        market.level(0, Side.BID, 99, 12, NOW_NS + 2 * STALE_NS + 1);

        assertStopped();
        assertEquals(List.of("stale instrumentId=0 receiveTimeNs=" + (NOW_NS + 2 * STALE_NS + 1)), said);
        // The silence is over: who arms now is not stopped again.
        market.control(Control.ARM, Control.ALL, 0, 1);
        market.level(0, Side.BID, 99, 13, NOW_NS + 3 * STALE_NS + 1);
        assertPassed();
        assertEquals(1, said.size());
    }

    @Test
    void shouldStopAtATradeThatEndsASilenceOfItsInstrument()
    {
        gate(STALE);
        market.touch(0, 99, 101, NOW_NS);
        market.own(EventType.OWN_NEW, ORDER, 0, Side.BID, 10);

        market.trade(0, 100, NOW_NS + STALE_NS + 1, 0);

        assertStopped();
        assertEquals(List.of("stale instrumentId=0 receiveTimeNs=" + (NOW_NS + STALE_NS + 1)), said);
    }

    @Test
    void shouldLookAtAnOrderFromItsAcceptOn()
    {
        gate(STALE);
        market.touch(0, 99, 101, NOW_NS);
        market.gate().onAccepted(new NewOrder().limit(0, Side.BID, 100, 1).from(ORDER, STRATEGY, ACCOUNT));

        market.level(0, Side.BID, 99, 11, NOW_NS + STALE_NS + 1);

        assertStopped();
        assertEquals(List.of("stale instrumentId=0 receiveTimeNs=" + (NOW_NS + STALE_NS + 1)), said);
    }

    @Test
    void shouldSayTheGapWhereAnEventShowsAGapAndASilence()
    {
        gate(new KillRules(true, STALE_NS));
        market.touch(0, 99, 101, NOW_NS);
        market.own(EventType.OWN_NEW, ORDER, 0, Side.BID, 10);

        market.gap(FEED, NOW_NS + STALE_NS + 1);

        assertStopped();
        assertEquals(List.of("gap instrumentId=0 receiveTimeNs=" + (NOW_NS + STALE_NS + 1)), said);
    }

    @Test
    void shouldStopAgainWhenSomebodyArmsWhileItIsStillTooOld()
    {
        gate(STALE);
        market.touch(0, 99, 101, NOW_NS);
        market.own(EventType.OWN_NEW, ORDER, 0, Side.BID, 10);
        market.time(NOW_NS + STALE_NS + 1, 0);

        market.control(Control.ARM, Control.ALL, 0, 1);
        assertStopped();
        assertEquals(2, said.size());

        market.touch(0, 99, 101, NOW_NS + STALE_NS + 2);
        market.control(Control.ARM, Control.ALL, 0, 2);
        assertPassed();
    }

    @Test
    void shouldCountABookEventOrATradeAsAReference()
    {
        gate(STALE);
        market.touch(0, 99, 101, NOW_NS);
        market.own(EventType.OWN_NEW, ORDER, 0, Side.BID, 10);

        market.trade(0, 100, NOW_NS + STALE_NS, 0);
        market.time(NOW_NS + 2 * STALE_NS, 0);
        market.level(0, Side.BID, 98, 1, NOW_NS + 2 * STALE_NS);
        market.time(NOW_NS + 3 * STALE_NS, 0);

        assertPassed();
        market.time(NOW_NS + 3 * STALE_NS + 1, 0);
        assertStopped();
    }

    @Test
    void shouldNotMindOldReferencesWhereNoOrderIsOpen()
    {
        gate(STALE);
        market.touch(0, 99, 101, NOW_NS);
        market.own(EventType.OWN_NEW, ORDER, 0, Side.BID, 10);
        market.own(EventType.OWN_CANCEL, ORDER, 0, Side.BID, 10);

        market.time(NOW_NS + 10 * STALE_NS, 0);

        assertPassed();
        assertEquals(List.of(), said);
    }

    @Test
    void shouldLookAtAnOrderThatIsOpenedBehindALook()
    {
        gate(STALE);
        market.touch(0, 99, 101, NOW_NS);
        market.time(NOW_NS + STALE_NS + 5, 0);
        market.own(EventType.OWN_NEW, ORDER, 0, Side.BID, 10);

        assertPassed();
        market.time(NOW_NS + STALE_NS + 5, 0);
        assertStopped();
    }

    @Test
    void shouldObeyAtOnceAndSayItWhenTheOutboxHasRoom()
    {
        gate(GAPS);
        market.touch(0, 99, 101, NOW_NS);
        answer = EventPublisher.FULL;

        market.gap(FEED, NOW_NS + 1);
        assertStopped();
        assertEquals(List.of(), said);

        answer = EventPublisher.ACCEPTED;
        market.time(NOW_NS + 2, 0);
        market.time(NOW_NS + 3, 0);
        assertEquals(List.of("gap instrumentId=0 receiveTimeNs=" + (NOW_NS + 2)), said);
    }

    @Test
    void shouldSayItThoughTheRulesChangeMeanwhile()
    {
        final RiskGate gate = gate(GAPS);
        gate.add(limits(2, KillRules.OFF));
        market.touch(0, 99, 101, NOW_NS);
        answer = EventPublisher.FULL;
        market.gap(FEED, NOW_NS + 1);

        market.control(Control.LIMITS_CHANGED, Control.ALL, 0, 2);
        answer = EventPublisher.ACCEPTED;
        market.time(NOW_NS + 2, 0);

        assertStopped();
        assertEquals(List.of("gap instrumentId=0 receiveTimeNs=" + (NOW_NS + 2)), said);
    }

    @Test
    void shouldSayNoMoreOfAKillThatSomebodyArmedBehind()
    {
        gate(GAPS);
        market.touch(0, 99, 101, NOW_NS);
        answer = EventPublisher.FULL;
        market.gap(FEED, NOW_NS + 1);
        market.recovered(FEED, NOW_NS + 2);

        market.control(Control.ARM, Control.ALL, 0, 1);
        answer = EventPublisher.ACCEPTED;
        market.time(NOW_NS + 3, 0);

        assertPassed();
        assertEquals(List.of(), said);
        market.gap(FEED, NOW_NS + 4);
        assertStopped();
        assertEquals(List.of("gap instrumentId=0 receiveTimeNs=" + (NOW_NS + 4)), said);
    }

    @Test
    void shouldSayItBehindAnArmOfSomebodyElse()
    {
        gate(GAPS);
        market.touch(0, 99, 101, NOW_NS);
        answer = EventPublisher.FULL;
        market.gap(FEED, NOW_NS + 1);

        market.control(Control.ARM, Control.ACCOUNT, ACCOUNT, 1);
        answer = EventPublisher.ACCEPTED;
        market.time(NOW_NS + 2, 0);

        assertStopped();
        assertEquals(List.of("gap instrumentId=0 receiveTimeNs=" + (NOW_NS + 2)), said);
    }

    @Test
    void shouldFollowTheRulesOfTheLimitsInForce()
    {
        final RiskGate gate = gate(KillRules.OFF);
        gate.add(limits(2, GAPS));
        market.touch(0, 99, 101, NOW_NS);
        market.gap(FEED, NOW_NS + 1);
        market.recovered(FEED, NOW_NS + 2);
        assertPassed();

        market.control(Control.LIMITS_CHANGED, Control.ALL, 0, 2);
        market.gap(FEED, NOW_NS + 3);
        assertStopped();
    }

    @Test
    void shouldGoOnBehindAStoredState()
    {
        final RiskGate first = gate(new KillRules(true, STALE_NS));
        market.touch(0, 99, 101, NOW_NS);
        final byte[] stored = stored(first);
        final RiskGate second = gate(new KillRules(true, STALE_NS));
        restore(second, stored);

        assertArrayEquals(stored, stored(second));
        market.gap(SECOND_LINE, NOW_NS + 1);
        assertStopped();
        assertEquals("state is of a risk gate with other limits: onGap=true staleNs=0",
            assertThrows(IllegalArgumentException.class, () -> restore(gate(GAPS), stored)).getMessage());
    }

    @Test
    void shouldAllocateNothingWhileItLooks()
    {
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        gate(new KillRules(true, STALE_NS));
        market.touch(0, 99, 101, NOW_NS);
        market.own(EventType.OWN_NEW, ORDER, 0, Side.BID, 10);
        long least = Long.MAX_VALUE;
        long timeNs = NOW_NS;

        for (int round = 0; round < 20; round++)
        {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1_000; i++)
            {
                timeNs += STALE_NS / 2;
                market.level(0, Side.BID, 99, 10, timeNs);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }

        assertPassed();
        assertEquals(0, least);
    }

    private RiskGate gate(final KillRules rules)
    {
        final RiskGate gate = RiskGate.builder(market.definitions, market.books::book).limits(limits(1, rules)).build();
        market.gate(gate);
        // A strategy's sender gives the gate its way out.
        final OwnOrders orders =
            new OwnOrders(1, market.definitions.source(STRATEGY), market.definitions, gate, this::offer);
        assertFalse(orders.isOpen(ORDER));
        return gate;
    }

    private static LimitSet limits(final long version, final KillRules rules)
    {
        return LimitSet.builder(version).otherInstruments(LIMITS).otherAccounts(Market.WIDE).killRules(rules).build();
    }

    private int offer(final EventBatch batch)
    {
        final OrderBookEvent event = batch.event(0);
        assertEquals(1, batch.count());
        assertEquals(EventType.CONTROL, event.type());
        assertEquals(EventFlags.OWN | EventFlags.LAST, event.flags());
        assertEquals(STRATEGY, event.sourceId());
        assertEquals(Control.KILL, event.orderId());
        assertEquals(Control.ALL, event.quantity());
        if (answer == EventPublisher.ACCEPTED)
        {
            said.add(KillReason.ofCode(event.price()).text() + " instrumentId=" + event.instrumentId() +
                " receiveTimeNs=" + event.receiveTimeNs());
        }
        return answer;
    }

    private void assertPassed()
    {
        assertEquals(OrderGate.PASSED, check());
    }

    private void assertStopped()
    {
        assertEquals(RiskCheck.KILLED.code(), check());
    }

    private int check()
    {
        return market.gate().check(new NewOrder().limit(0, Side.BID, 100, 1)
            .from(ClientOrderIds.of(1, STRATEGY, 1_000), STRATEGY, ACCOUNT));
    }

    private static byte[] stored(final RiskGate gate)
    {
        final ByteBuffer bytes = ByteBuffer.allocate((int)gate.state().stateBytes()).order(ByteOrder.LITTLE_ENDIAN);
        gate.state().writeState(bytes);
        assertEquals(0, bytes.remaining());
        return bytes.array();
    }

    private static void restore(final RiskGate gate, final byte[] stored)
    {
        gate.state().readState(ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN));
    }
}
