package io.ringtape.risk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtape.event.BookKind;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.event.SourceDefinition;
import io.ringtape.event.Stateful;
import io.ringtape.order.ClientOrderIds;
import io.ringtape.order.Control;
import io.ringtape.order.NewOrder;
import io.ringtape.order.OrderGate;
import io.ringtape.order.OrderType;
import io.ringtape.order.TimeInForce;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One round of random orders through a gate and its naive twin, with what happens between them. */
final class RandomOrders
{
    private static final long DAY_NS = 86_400_000_000_000L;
    private static final int PLAIN = 1;
    private static final int TICKED = 2;
    private static final int TICK = 5;
    private static final int LOT = 2;
    private static final int FEED = 1;
    private static final int[] STRATEGIES = {0, 2};
    private static final int[] ACCOUNTS = {0, 7};
    /** What {@link Market#own} says of an order that the gate did not accept. */
    private static final BigInteger RECORDED_PRICE = BigInteger.valueOf(100);
    /** Units of the limits in 10^-9, of the instruments in 10^-4 and 10^-2. */
    private static final long PRICE_UNIT = 100_000;
    private static final long QUANTITY_UNIT = 10_000_000;

    private final Map<String, Long> answers;
    private final Random random;
    private final Market market;
    private final NaiveGate twin;
    private final NewOrder order = new NewOrder();
    private final long[] counters = new long[STRATEGIES.length];
    private final List<LimitSet> versions = new ArrayList<>();
    private final boolean venueAnswers;
    private long nextDayNs = DAY_NS;
    private long version = 1;

    RandomOrders(final long seed, final Map<String, Long> answers)
    {
        this.answers = answers;
        random = new Random(seed);
        market = new Market(new RiskLimits(0, 0, 0, 0, 0, 0, 0, 0, 0));
        market.definitions.add(new InstrumentDefinition(TICKED, "T", 0, -4, -2, BookKind.MBP, 0, TICK, LOT, 5));
        market.definitions.add(source(0, SourceDefinition.Kind.STRATEGY, ACCOUNTS[0]));
        market.definitions.add(source(FEED, SourceDefinition.Kind.FEED, 9));
        market.definitions.add(source(2, SourceDefinition.Kind.STRATEGY, ACCOUNTS[1]));
        venueAnswers = random.nextBoolean();
        versions.add(limits());
        market.gate(gate());
        market.from(FEED);
        twin = new NaiveGate(versions.get(0));
        twin.add(new NaiveInstrument(market.definitions.instrument(PLAIN)));
        twin.add(new NaiveInstrument(market.definitions.instrument(TICKED)));
        twin.instruments.values().forEach(this::touch);
    }

    void run(final long orders)
    {
        for (long i = 0; i < orders; i++)
        {
            move(twin.instruments.get(PLAIN + random.nextInt(2)));
            operate();
            answer();
            ask();
            if (random.nextInt(100) == 0)
            {
                restore();
            }
        }
    }

    private static SourceDefinition source(final int id, final SourceDefinition.Kind kind, final int account)
    {
        return new SourceDefinition(id, kind, "source " + id, account, 0, 0);
    }

    private RiskGate gate()
    {
        final RiskGate.Builder builder =
            RiskGate.builder(market.definitions, market.books::book).limits(versions.get(0));
        final RiskGate made = (venueAnswers ? builder.venueAnswers() : builder).build();
        versions.subList(1, versions.size()).forEach(made::add);
        return made;
    }

    /** Another gate goes on from what this one knew, and nobody can tell. */
    private void restore()
    {
        final Stateful state = market.gate().state();
        final ByteBuffer bytes = ByteBuffer.allocate((int)state.stateBytes()).order(ByteOrder.LITTLE_ENDIAN);
        state.writeState(bytes);
        assertEquals(0, bytes.remaining());
        market.gate(gate());
        market.gate().state().readState(bytes.flip());
    }

    private LimitSet limits()
    {
        final LimitSet.Builder set = LimitSet.builder(version++);
        for (final String symbol : List.of("B", "T"))
        {
            if (random.nextInt(20) != 0)
            {
                set.instrument(symbol, new RiskLimits((1 + random.nextInt(60)) * QUANTITY_UNIT,
                    (1 + random.nextInt(1_000_000)) * PRICE_UNIT, (1 + random.nextInt(300)) * QUANTITY_UNIT,
                    (1 + random.nextInt(200)) * QUANTITY_UNIT,
                    random.nextInt(300), random.nextInt(10_000), 1 + random.nextInt(1_000_000),
                    1 + random.nextInt(20), loss()));
            }
        }
        for (final int account : ACCOUNTS)
        {
            if (random.nextInt(20) != 0)
            {
                set.account(account, new AccountLimits(1 + random.nextInt(200) * 1_000_000_000L, loss(),
                    1 + random.nextInt(1_000_000), 1 + random.nextInt(20)));
            }
        }
        return set.build();
    }

    private long loss()
    {
        return random.nextInt(3) == 0 ? random.nextInt(300_000_000) : Long.MAX_VALUE;
    }

    private void ask()
    {
        final int who = random.nextInt(STRATEGIES.length);
        final long id = ClientOrderIds.of(1, STRATEGIES[who],
            random.nextInt(40) == 0 ? random.nextInt((int)counters[who] + 1) : ++counters[who]);
        draw().from(id, STRATEGIES[who], ACCOUNTS[who]);
        final String expected = twin.check(order);

        final int code = market.gate().check(order);

        final String name = code == OrderGate.PASSED ? NaiveGate.PASSED : RiskCheck.text(code);
        assertEquals(expected, code == OrderGate.PASSED ? name :
            name + " value=" + market.gate().failedValue() + " limit=" + market.gate().failedLimit());
        answers.merge(name, 1L, Long::sum);
        if (code == OrderGate.PASSED)
        {
            market.gate().onAccepted(order);
            twin.accept(order);
            if (random.nextBoolean())
            {
                market.own(EventType.OWN_NEW, id, order.instrumentId(), order.side(), order.quantity());
            }
        }
    }

    private NewOrder draw()
    {
        final int instrument = random.nextInt(60) == 0 ? 3 : PLAIN + random.nextInt(2);
        final boolean isTicked = instrument == TICKED && random.nextInt(20) != 0;
        final int side = random.nextInt(40) == 0 ? Side.NONE : 1 + random.nextInt(2);
        final long near = price(1_500);
        final long price = switch (random.nextInt(40))
        {
            case 0 -> OrderBookEvent.NULL_PRICE;
            case 1 -> random.nextLong() | 1;
            default -> isTicked ? near - near % TICK : near;
        };
        final long some = 1L + random.nextInt(50);
        final long quantity = switch (random.nextInt(40))
        {
            case 0 -> random.nextLong();
            case 1 -> 0;
            default -> isTicked ? some + some % LOT : some;
        };
        order.limit(instrument, side, price, quantity);
        return switch (random.nextInt(30))
        {
            case 0 -> order.terms(random.nextInt(4), random.nextInt(5), random.nextInt(3));
            case 1, 2 -> order.terms(OrderType.LIMIT, TimeInForce.GOOD_TILL_CANCEL, NewOrder.POST_ONLY);
            case 3, 4, 5 -> order.terms(OrderType.LIMIT, TimeInForce.IMMEDIATE_OR_CANCEL, 0);
            case 6 -> order.terms(OrderType.MARKET, TimeInForce.IMMEDIATE_OR_CANCEL, 0);
            case 7, 8, 9, 10 -> order.limit(instrument, side, OrderBookEvent.NULL_PRICE, quantity)
                .terms(OrderType.MARKET, TimeInForce.IMMEDIATE_OR_CANCEL, 0);
            default -> order;
        };
    }

    private void move(final NaiveInstrument instrument)
    {
        final long timeNs = twin.nowNs + random.nextInt(2_000) - 500;
        switch (random.nextInt(12))
        {
            case 0, 1 -> trade(instrument, timeNs);
            case 2 -> clear(instrument, time(timeNs));
            case 3 -> market.time(time(timeNs), 0);
            case 4 -> market.time(twin.nowNs + DAY_NS, EventFlags.BAD_TIME);
            case 6 -> gap(time(timeNs));
            case 5 ->
            {
                instrument.status = Math.min(1, random.nextInt(20) - 1);
                market.status(instrument.id, instrument.status, time(timeNs));
            }
            default ->
            {
                time(timeNs);
                touch(instrument);
            }
        }
        if (random.nextInt(200) == 0)
        {
            twin.nowNs = nextDayNs + random.nextInt(1_000);
            nextDayNs += DAY_NS;
            twin.startDay();
            market.time(twin.nowNs, 0);
        }
    }

    /** Both instruments come from one channel; a recovery ends what a clear has not. */
    private void gap(final long timeNs)
    {
        final boolean isGap = random.nextInt(3) == 0;
        if (isGap)
        {
            market.gap(FEED, timeNs);
        }
        else
        {
            market.recovered(FEED, timeNs);
        }
        for (final NaiveInstrument one : twin.instruments.values())
        {
            if (isGap)
            {
                one.takeMark();
            }
            one.hasGap = isGap;
        }
    }

    private void trade(final NaiveInstrument instrument, final long timeNs)
    {
        final long price = price(1_000);
        final boolean isPrinted = random.nextInt(4) != 0;
        instrument.isSuspect |= random.nextInt(10) == 0;
        market.trade(instrument.id, price, time(timeNs), (isPrinted ? 0 : EventFlags.NOT_PRINTABLE) |
            (instrument.isSuspect ? EventFlags.SUSPECT_BOOK : 0));
        if (isPrinted)
        {
            instrument.tradePrice = price;
            instrument.tradeTimeNs = twin.nowNs;
            instrument.mark = price;
        }
        twin.keepMark(instrument);
    }

    private void clear(final NaiveInstrument instrument, final long timeNs)
    {
        market.clear(instrument.id, timeNs, 0);
        instrument.bid = OrderBookEvent.NULL_PRICE;
        instrument.ask = OrderBookEvent.NULL_PRICE;
        instrument.isSuspect = false;
        instrument.hasGap = false;
        instrument.bookTimeNs = twin.nowNs;
    }

    private void touch(final NaiveInstrument instrument)
    {
        clear(instrument, twin.nowNs);
        instrument.bid = price(500);
        instrument.ask = instrument.bid + random.nextInt(500) - 20;
        market.touch(instrument.id, instrument.bid, instrument.ask, twin.nowNs);
        twin.keepMark(instrument);
    }

    /** Kills, arms, and changes limits; some controls make no sense, and some versions are not there. */
    private void operate()
    {
        final int what = random.nextInt(300);
        if (what < 2)
        {
            control(Control.KILL, random.nextInt(3), random.nextInt(STRATEGIES.length));
        }
        else if (what < 10)
        {
            for (int scope = Control.ALL; scope <= Control.STRATEGY; scope++)
            {
                control(Control.ARM, scope, random.nextInt(STRATEGIES.length));
            }
        }
        else if (what == 10)
        {
            market.control(9, Control.ACCOUNT, ACCOUNTS[0], 1);
            twin.killed.add(NaiveGate.EVERYBODY);
        }
        else if (what == 11)
        {
            market.control(Control.LIMITS_CHANGED, 0, 0, version);
            twin.change(LimitSet.builder(version++).build());
        }
        else if (what < 22)
        {
            final LimitSet set = limits();
            versions.add(set);
            market.gate().add(set);
            market.control(Control.LIMITS_CHANGED, 0, 0, set.version());
            twin.change(set);
        }
    }

    private void control(final int action, final int scope, final int who)
    {
        final int id = scope == Control.ACCOUNT ? ACCOUNTS[who] : scope == Control.STRATEGY ? STRATEGIES[who] : 0;
        final String name = scope == Control.ACCOUNT ? "account " + id :
            scope == Control.STRATEGY ? "strategy " + id : NaiveGate.EVERYBODY;
        market.control(action, scope, id, 1);
        if (action == Control.KILL)
        {
            twin.killed.add(name);
        }
        else
        {
            twin.killed.remove(name);
        }
    }

    /** A venue fills, cancels or rejects, or a strategy cancels; or something comes back that the gate never passed. */
    private void answer()
    {
        if (random.nextInt(60) == 0)
        {
            comeBack();
        }
        if (twin.open.isEmpty())
        {
            return;
        }
        final List<Long> ids = List.copyOf(twin.open.keySet());
        final long id = ids.get(random.nextInt(ids.size()));
        final NaiveGate.Open one = twin.open.get(id);
        switch (random.nextInt(8))
        {
            case 0, 1 -> fill(id, one);
            case 2, 3 ->
            {
                market.gate().onCancelSent(market.gate().openOrders().find(id));
                twin.cancelSent(id);
                if (venueAnswers)
                {
                    market.own(EventType.OWN_CANCEL, id, one.instrumentId, one.side, one.quantity);
                }
                else if (random.nextInt(10) != 0)
                {
                    gone(EventType.OWN_CANCEL, id, one);
                }
            }
            case 4 -> gone(random.nextBoolean() ? EventType.OWN_CANCELLED : EventType.OWN_REJECTED, id, one);
            default ->
            {
                // It rests.
            }
        }
    }

    private void fill(final long id, final NaiveGate.Open one)
    {
        final long price = price(1_000);
        final long quantity = random.nextBoolean() ? one.quantity : 1L + random.nextInt((int)one.quantity);
        final long fee = random.nextInt(1_000_000) - 200_000L;
        market.fill(id, one.instrumentId, one.side, price, quantity);
        if (random.nextInt(20) == 0)
        {
            restore();
        }
        market.detail(fee);
        twin.fill(id, price, quantity, fee);
    }

    private void comeBack()
    {
        final int who = random.nextInt(STRATEGIES.length);
        final long id = ClientOrderIds.of(1, STRATEGIES[who], ++counters[who]);
        final int instrument = PLAIN + random.nextInt(2);
        final int side = 1 + random.nextInt(2);
        final long quantity = 1L + random.nextInt(20);
        if (random.nextBoolean())
        {
            market.own(EventType.OWN_NEW, id, instrument, side, quantity);
            twin.open(id, STRATEGIES[who],
                new NaiveGate.Open(instrument, ACCOUNTS[who], side, RECORDED_PRICE, quantity));
        }
        else
        {
            final long price = price(1_000);
            market.fill(id, instrument, side, price, quantity);
            market.detail(3);
            twin.fill(instrument, ACCOUNTS[who], side, price, quantity, 3);
        }
    }

    private void gone(final int type, final long id, final NaiveGate.Open one)
    {
        market.own(type, id, one.instrumentId, one.side, one.quantity);
        twin.open.remove(id);
    }

    private long price(final int spread)
    {
        return 100_000L + random.nextInt(2 * spread) - spread;
    }

    /** Takes the time as the running maximum, and gives it back as it is. */
    private long time(final long timeNs)
    {
        twin.nowNs = Math.max(twin.nowNs, timeNs);
        return timeNs;
    }
}
