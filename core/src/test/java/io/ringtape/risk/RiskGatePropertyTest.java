package io.ringtape.risk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.event.EventType;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.order.NewOrder;
import io.ringtape.order.OrderGate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/** 100,000 random orders between random market events: the gate and its naive twin give the same answer to each. */
final class RiskGatePropertyTest
{
    private static final int INSTRUMENT = 1;
    private static final int ORDERS = 500;
    private static final int TRIES = 200;
    private static final Set<String> ANSWERABLE = Set.of("passed", "side", "price", "quantity", "max-order-quantity",
        "max-notional", "no-reference", "price-collar", "max-position", "message-rate");
    private static final TreeMap<String, Integer> ANSWERS = new TreeMap<>();

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void shouldAnswerAsItsNaiveTwin(@ForAll final long seed)
    {
        final Random random = new Random(seed);
        final RiskLimits limits = new RiskLimits(
            1 + random.nextInt(60), 1 + random.nextInt(5_000_000), 1 + random.nextInt(300), random.nextInt(300),
            random.nextInt(3_000), 1 + random.nextInt(100_000), 1 + random.nextInt(20), Long.MAX_VALUE);
        final Market market = new Market(limits);
        final NaiveGate twin = new NaiveGate(limits, 5, 100);
        twin.nowNs = 1;
        market.time(1, 0);

        final List<Long> open = new ArrayList<>();
        for (int i = 1; i <= ORDERS; i++)
        {
            move(market, twin, random);
            cancel(market, twin, open, random);
            order(market, twin, open, i, random);
        }
    }

    @AfterContainer
    static void shouldHaveSeenEveryAnswer()
    {
        assertEquals(ANSWERABLE, Set.copyOf(ANSWERS.keySet()), ANSWERS.toString());
        int sum = 0;
        for (final int count : ANSWERS.values())
        {
            sum += count;
        }
        assertEquals(ORDERS * TRIES, sum);
    }

    private static void order(
        final Market market, final NaiveGate twin, final List<Long> open, final long id, final Random random)
    {
        final int side = random.nextInt(40) == 0 ? Side.NONE : 1 + random.nextInt(2);
        final long price = switch (random.nextInt(40))
        {
            case 0 -> OrderBookEvent.NULL_PRICE;
            case 1 -> random.nextLong() | 1;
            default -> 100_000L + random.nextInt(3_000) - 1_500;
        };
        final long quantity = switch (random.nextInt(40))
        {
            case 0 -> random.nextLong();
            case 1 -> 0;
            default -> 1 + random.nextInt(50);
        };
        final String expected = twin.check(side, price, quantity);

        final int code = market.gate().check(order(INSTRUMENT, side, price, quantity).from(id, 0, 0));

        final String actual = code == OrderGate.PASSED ? "passed" : RiskCheck.text(code) +
            " value=" + market.gate().failedValue() + " limit=" + market.gate().failedLimit();
        assertEquals(expected, actual);
        ANSWERS.merge(code == OrderGate.PASSED ? "passed" : RiskCheck.text(code), 1, Integer::sum);
        if (code == OrderGate.PASSED)
        {
            market.gate().onAccepted(order(INSTRUMENT, side, price, quantity).from(id, 0, 0));
            twin.accept(id, side, quantity);
            open.add(id);
            if (random.nextBoolean())
            {
                market.own(EventType.OWN_NEW, id, INSTRUMENT, side, quantity);
            }
        }
    }

    private static void move(final Market market, final NaiveGate twin, final Random random)
    {
        final long timeNs = twin.nowNs + random.nextInt(2_000) - 500;
        twin.nowNs = Math.max(twin.nowNs, timeNs);
        switch (random.nextInt(5))
        {
            case 0 ->
            {
                twin.tradePrice = 100_000L + random.nextInt(2_000) - 1_000;
                twin.tradeTimeNs = twin.nowNs;
                market.trade(INSTRUMENT, twin.tradePrice, timeNs, 0);
            }
            case 1 ->
            {
                market.clear(INSTRUMENT, timeNs, 0);
                twin.bid = OrderBookEvent.NULL_PRICE;
                twin.ask = OrderBookEvent.NULL_PRICE;
                twin.bookTimeNs = twin.nowNs;
            }
            case 2 -> market.time(timeNs, 0);
            default ->
            {
                market.clear(INSTRUMENT, timeNs, 0);
                twin.bid = 100_000L + random.nextInt(1_000) - 500;
                twin.ask = twin.bid + random.nextInt(500) - 20;
                twin.bookTimeNs = twin.nowNs;
                market.touch(INSTRUMENT, twin.bid, twin.ask, timeNs);
            }
        }
    }

    private static void cancel(
        final Market market, final NaiveGate twin, final List<Long> open, final Random random)
    {
        if (open.isEmpty() || random.nextInt(3) != 0)
        {
            return;
        }
        final long id = open.remove(random.nextInt(open.size()));
        final int slot = market.gate().openOrders().find(id);
        final int side = market.gate().openOrders().side(slot);
        final long quantity = market.gate().openOrders().quantity(slot);
        market.gate().onCancelSent(slot);
        twin.cancelSent();
        if (random.nextInt(10) != 0)
        {
            market.own(EventType.OWN_CANCEL, id, INSTRUMENT, side, quantity);
            twin.cancelPassed(id);
        }
    }

    private static NewOrder order(final int instrumentId, final int side, final long price, final long quantity)
    {
        return new NewOrder().limit(instrumentId, side, price, quantity);
    }
}
