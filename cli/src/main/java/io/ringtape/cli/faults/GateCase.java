package io.ringtape.cli.faults;

import io.ringtape.book.Books;
import io.ringtape.event.BookKind;
import io.ringtape.event.Definitions;
import io.ringtape.event.EventBatch;
import io.ringtape.event.EventFlags;
import io.ringtape.event.EventType;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.event.SourceDefinition;
import io.ringtape.event.TradingStatus;
import io.ringtape.order.Control;
import io.ringtape.order.OrderSender;
import io.ringtape.order.OwnOrders;
import io.ringtape.risk.AccountLimits;
import io.ringtape.risk.LimitSet;
import io.ringtape.risk.RiskCheck;
import io.ringtape.risk.RiskGate;
import io.ringtape.risk.RiskLimits;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * One random order through senders and gate, behind a few others of its account. All limits are drawn around what is
 * asked for, so it must go; or one of them, or a field of the order, or the state of things, is wrong, and it must not.
 * Which of these is known from how the case is made, not from the gate.
 */
final class GateCase
{
    /** The order went. */
    static final int SENT = 0;

    private static final int RUN = 3;
    private static final int INSTRUMENT = 0;
    private static final int ACCOUNT = 7;
    private static final int NOBODY = 99;
    private static final String SYMBOL = "SYM";
    private static final long START_NS = 1_000_000_000L;
    private static final long MAX_AGE_NS = 1_000;
    /** Quantities of a {@link LimitSet} are in 10^-9. */
    private static final long QUANTITY_UNIT = 1_000_000_000L;

    private final Definitions definitions = new Definitions();
    private final Books books = new Books(definitions);
    private final OrderBookEvent event = new EventBatch(1).append();
    private final Optional<RiskCheck> defect;
    private final SplittableRandom random;
    private final GateOrder order;
    private final long ageNs;
    private final RiskGate gate;
    private final WatchedGate watched;
    private final OwnOrders[] senders;
    private long sequence;

    GateCase(final long seed, final Optional<RiskCheck> defect, final Optional<RiskCheck> off)
    {
        this.defect = defect;
        random = new SplittableRandom(seed);
        order = new GateOrder(random, defect);
        ageNs = 1 + random.nextLong(MAX_AGE_NS);
        definitions.add(new InstrumentDefinition(INSTRUMENT, SYMBOL, 0, -9, 0, BookKind.MBP, 0, GateOrder.TICK,
            GateOrder.LOT, order.multiplier));
        final int rate = 1 + random.nextInt(1_000);
        final RiskLimits wide = new RiskLimits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE,
            order.collarBps, Long.MAX_VALUE, rate, burst(RiskCheck.MESSAGE_RATE), Long.MAX_VALUE);
        final AccountLimits wideAccount =
            new AccountLimits(Long.MAX_VALUE, Long.MAX_VALUE, rate, burst(RiskCheck.ACCOUNT_MESSAGE_RATE));
        gate = RiskGate.builder(definitions, books::book)
            .limits(LimitSet.builder(1).instrument(SYMBOL, wide).account(ACCOUNT, wideAccount).build()).build();
        gate.add(around(wide, wideAccount));
        watched = new WatchedGate(gate, off);
        senders = new OwnOrders[] {sender(0), sender(1)};
    }

    /** The number of the check that rejected the order, or {@link #SENT}. */
    int run()
    {
        market(EventType.LEVEL_SET, order.middle - GateOrder.HALF_SPREAD, START_NS, Side.BID);
        market(EventType.LEVEL_SET, order.middle + GateOrder.HALF_SPREAD, START_NS, Side.ASK);
        order.before.forEach(this::before);
        market(EventType.HEARTBEAT, OrderBookEvent.NULL_PRICE, START_NS + ageNs, Side.NONE);
        control(Control.KILL, Control.STRATEGY, NOBODY, 1);
        if (random.nextBoolean())
        {
            final int scope = random.nextInt(3);
            control(Control.KILL, scope, idOf(scope), 2);
            control(Control.ARM, scope, idOf(scope), 3);
        }
        control(Control.LIMITS_CHANGED, 0, 0, 2);
        if (defect.isPresent())
        {
            breakState(defect.get());
        }
        final boolean again = is(RiskCheck.DUPLICATE_ID);
        final OwnOrders sender = again ? sender(0) : senders[0];
        if (random.nextInt(8) == 0)
        {
            watched.full(true);
            require(send(sender) == OrderSender.OUTBOX_FULL, "a full outbox took an order");
            watched.full(false);
        }
        final long answer = send(sender);
        require(answer == OrderSender.REJECTED || answer >= 0, "an answer that makes no sense: answer=" + answer);
        final int check = (int)(answer == OrderSender.REJECTED ? watched.left().event(1).detail(0) : SENT);
        require(check == watched.lastAnswer(), "another check on the bus: check=" + check);
        return check;
    }

    /** What left and should not have, or empty. */
    String wrong()
    {
        return watched.wrong();
    }

    private long send(final OwnOrders sender)
    {
        return sender.send(INSTRUMENT, order.side, order.type, order.stay, order.instructions, order.price,
            order.quantity);
    }

    private OwnOrders sender(final int strategy)
    {
        final SourceDefinition source = strategy < definitions.sourceCount() ? definitions.source(strategy) :
            new SourceDefinition(strategy, SourceDefinition.Kind.STRATEGY, "strategy " + strategy, ACCOUNT, 0, 0);
        if (strategy == definitions.sourceCount())
        {
            definitions.add(source);
        }
        return new OwnOrders(RUN, source, definitions, watched, watched);
    }

    private boolean is(final RiskCheck check)
    {
        return defect.isPresent() && defect.get() == check;
    }

    /** All messages are used up already where the rate is what must stop the order. */
    private int burst(final RiskCheck check)
    {
        return order.messages() + (is(check) ? 0 : 1 + random.nextInt(5));
    }

    private long limit(final RiskCheck check, final long value)
    {
        if (is(check))
        {
            return random.nextBoolean() ? value - 1 : random.nextLong(value);
        }
        return random.nextBoolean() ? value : value + random.nextLong(1_000_000);
    }

    private LimitSet around(final RiskLimits wide, final AccountLimits wideAccount)
    {
        final long worst = order.notional(order.worstPrice(), order.quantity);
        final RiskLimits limits = new RiskLimits(
            QUANTITY_UNIT * limit(RiskCheck.MAX_ORDER_QUANTITY, Math.max(order.quantity, 1)),
            limit(RiskCheck.MAX_NOTIONAL, worst),
            QUANTITY_UNIT * limit(RiskCheck.MAX_POSITION, order.held() + Math.max(order.quantity, 1)),
            QUANTITY_UNIT * limit(RiskCheck.ACCOUNT_POSITION, order.held() + Math.max(order.quantity, 1)),
            order.collarBps, limit(is(RiskCheck.STALE_BOOK) ? RiskCheck.STALE_BOOK : RiskCheck.NO_REFERENCE, ageNs),
            wide.messagesPerSecond(), wide.messageBurst(),
            limit(RiskCheck.DAILY_LOSS, order.loss()));
        final AccountLimits account = new AccountLimits(
            limit(RiskCheck.ACCOUNT_NOTIONAL, order.openNotional() + worst),
            limit(RiskCheck.ACCOUNT_DAILY_LOSS, order.loss()), wideAccount.messagesPerSecond(),
            wideAccount.messageBurst());
        final LimitSet.Builder set = LimitSet.builder(2);
        if (!is(RiskCheck.NO_LIMITS))
        {
            set.instrument(SYMBOL, limits);
        }
        if (!is(RiskCheck.NO_ACCOUNT_LIMITS))
        {
            set.account(ACCOUNT, account);
        }
        return set.build();
    }

    private void breakState(final RiskCheck check)
    {
        switch (check)
        {
            case KILLED ->
            {
                final int scope = random.nextInt(3);
                control(Control.KILL, scope, idOf(scope), 4);
            }
            case TRADING_STATUS -> market(EventType.TRADING_STATUS,
                random.nextBoolean() ? TradingStatus.HALTED : TradingStatus.QUOTING, START_NS + ageNs, Side.NONE);
            case SUSPECT_BOOK -> market(random.nextBoolean() ? EventType.GAP : EventType.TRADE, order.middle,
                START_NS + ageNs, EventFlags.NOT_PRINTABLE | EventFlags.SUSPECT_BOOK);
            case STALE_BOOK -> market(EventType.TRADE, order.middle, START_NS + ageNs, 0);
            default ->
            {
                // It is the order, or a limit.
            }
        }
    }

    private static int idOf(final int scope)
    {
        return scope == Control.ACCOUNT ? ACCOUNT : 0;
    }

    private void before(final GateOrder.Before one)
    {
        final OwnOrders sender = senders[one.strategy()];
        final long id = sender.newLimit(INSTRUMENT, order.goodSide, one.price(), one.quantity());
        require(id >= 0, "an order within wide limits does not go: answer=" + id);
        passLeft();
        if (one.isCancelled())
        {
            require(sender.cancel(id) == id, "a cancel does not go: clientOrderId=" + id);
            passLeft();
        }
        if (one.filled() > 0)
        {
            deliver(event.reset().type(EventType.OWN_FILL).orderId(id).instrumentId(INSTRUMENT)
                .price(one.fillPrice()).quantity(one.filled()).flags(EventFlags.OWN | order.goodSide));
            deliver(event.reset().type(EventType.DETAIL).detail(3, one.fee())
                .flags(EventFlags.OWN | EventFlags.LAST | order.goodSide));
        }
    }

    private void passLeft()
    {
        for (int i = 0; i < watched.left().count(); i++)
        {
            deliver(event.copyFrom(watched.left().event(i)));
        }
    }

    private void market(final int type, final long price, final long timeNs, final int flags)
    {
        deliver(event.reset().type(type).instrumentId(INSTRUMENT).price(price).quantity(1).eventTimeNs(timeNs)
            .receiveTimeNs(timeNs).flags(flags | EventFlags.LAST));
    }

    private void control(final int action, final int scope, final int id, final long number)
    {
        deliver(event.reset().type(EventType.CONTROL).orderId(action).quantity(scope).price(id).sourceSequence(number)
            .flags(EventFlags.LAST));
    }

    private void deliver(final OrderBookEvent delivered)
    {
        delivered.sequence(sequence++);
        books.onEvent(delivered);
        gate.onEvent(delivered);
        for (final OwnOrders sender : senders)
        {
            sender.inHand(delivered);
        }
    }

    private void require(final boolean holds, final String otherwise)
    {
        FaultFailure.require(holds, otherwise + " defect=" + defect.map(RiskCheck::text).orElse("none"));
    }
}
