package io.ringtape.risk;

import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.event.TradingStatus;
import io.ringtape.order.NewOrder;
import io.ringtape.order.OrderType;
import io.ringtape.order.TimeInForce;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the gate must answer, written for reading: big integers, lists, sorted maps, all messages so far. */
final class NaiveGate
{
    static final String PASSED = "passed";
    static final String EVERYBODY = "everybody";

    final Map<Integer, NaiveInstrument> instruments = new TreeMap<>();
    final Map<Long, Open> open = new TreeMap<>();
    final Set<String> killed = new TreeSet<>();
    long nowNs;
    private final Map<Integer, NaiveAccount> accounts = new TreeMap<>();
    private final Map<Integer, Long> lastIds = new TreeMap<>();
    private LimitSet limits;
    private BigInteger worstPrice = BigInteger.ZERO;

    NaiveGate(final LimitSet limits)
    {
        this.limits = limits;
    }

    void add(final NaiveInstrument instrument)
    {
        instruments.put(instrument.id, instrument);
        instrument.change(limits.of(instrument.definition), nowNs);
    }

    void change(final LimitSet other)
    {
        limits = other;
        instruments.values().forEach((one) -> one.change(other.of(one.definition), nowNs));
        accounts.forEach((number, one) -> one.change(other.of(number), nowNs));
    }

    NaiveAccount account(final int number)
    {
        return accounts.computeIfAbsent(number, (made) -> new NaiveAccount(limits.of(made)));
    }

    void startDay()
    {
        instruments.values().forEach((one) -> one.profit.startDay(one.markNow()));
        for (final NaiveAccount account : accounts.values())
        {
            account.profits.forEach((id, profit) -> profit.startDay(instruments.get(id).markNow()));
        }
    }

    /** The failed check, its value and its limit as one text. */
    String check(final NewOrder order)
    {
        final NaiveInstrument instrument = instruments.get(order.instrumentId());
        final Optional<RiskLimits> limit = instrument == null ? Optional.empty() : instrument.limits;
        if (instrument == null || limit.isEmpty())
        {
            return text(RiskCheck.NO_LIMITS, order.instrumentId(), 0);
        }
        final NaiveAccount account = account(order.account());
        if (account.limits.isEmpty())
        {
            return text(RiskCheck.NO_ACCOUNT_LIMITS, order.account(), 0);
        }
        if (killed.contains(EVERYBODY) || killed.contains("strategy " + order.strategy()) ||
            killed.contains("account " + order.account()))
        {
            return text(RiskCheck.KILLED, order.strategy(), order.account());
        }
        String answer = checkTerms(order);
        answer = answer.equals(PASSED) ? checkFields(order, instrument) : answer;
        answer = answer.equals(PASSED) ? checkSize(order, instrument, limit.get()) : answer;
        answer = answer.equals(PASSED) ? checkMarket(order, instrument, limit.get()) : answer;
        answer = answer.equals(PASSED) ? checkInstrument(order, instrument, limit.get()) : answer;
        answer = answer.equals(PASSED) ? checkAccountPosition(order, instrument, account, limit.get()) : answer;
        return answer.equals(PASSED) ? checkAccount(order, instrument, account, account.limits.get()) : answer;
    }

    /** The order that was checked last goes. */
    void accept(final NewOrder order)
    {
        open(order.clientOrderId(), order.strategy(), new Open(
            order.instrumentId(), order.account(), order.side(), worstPrice, order.quantity()));
        message(order.instrumentId(), order.account());
    }

    /** An order is open, whoever let it go; its id is used. */
    void open(final long id, final int strategy, final Open order)
    {
        account(order.account);
        instruments.get(order.instrumentId).takeMark();
        open.put(id, order);
        lastIds.merge(strategy, id, Math::max);
    }

    void cancelSent(final long id)
    {
        message(open.get(id).instrumentId, open.get(id).account);
    }

    void fill(final long id, final long price, final long quantity, final long fee)
    {
        final Open order = open.get(id);
        fill(order.instrumentId, order.account, order.side, price, quantity, fee);
        order.quantity -= quantity;
        if (order.quantity == 0)
        {
            open.remove(id);
        }
    }

    /** A fill of an order that is not open. */
    void fill(
        final int instrumentId, final int account, final int side, final long price, final long quantity,
        final long fee)
    {
        final NaiveInstrument instrument = instruments.get(instrumentId);
        instrument.profit.fill(side, price, quantity, fee);
        account(account).profit(instrument).fill(side, price, quantity, fee);
        instrument.mark = instrument.mark == OrderBookEvent.NULL_PRICE ? price : instrument.mark;
    }

    /** What an event of the market leaves behind it, if any account has a position. */
    void keepMark(final NaiveInstrument instrument)
    {
        if (accounts.values().stream().anyMatch((one) -> one.profit(instrument).position != 0))
        {
            instrument.takeMark();
        }
    }

    long lastId(final int strategy)
    {
        return lastIds.getOrDefault(strategy, 0L);
    }

    private void message(final int instrumentId, final int account)
    {
        instruments.get(instrumentId).bucket.take(nowNs);
        account(account).bucket.take(nowNs);
    }

    private static String checkTerms(final NewOrder order)
    {
        if (order.side() != Side.BID && order.side() != Side.ASK)
        {
            return text(RiskCheck.SIDE, order.side(), 0);
        }
        final boolean isLimit = order.orderType() == OrderType.LIMIT;
        if (!isLimit && order.orderType() != OrderType.MARKET)
        {
            return text(RiskCheck.ORDER_TYPE, order.orderType(), 0);
        }
        final boolean rests = isLimit && order.timeInForce() == TimeInForce.GOOD_TILL_CANCEL;
        if (!rests && order.timeInForce() != TimeInForce.IMMEDIATE_OR_CANCEL)
        {
            return text(RiskCheck.ORDER_TYPE, order.timeInForce(), 0);
        }
        return order.instructions() == 0 || (rests && order.instructions() == NewOrder.POST_ONLY) ? PASSED :
            text(RiskCheck.ORDER_TYPE, order.instructions(), 0);
    }

    private String checkFields(final NewOrder order, final NaiveInstrument instrument)
    {
        final boolean isLimit = order.orderType() == OrderType.LIMIT;
        final long tick = instrument.definition.tickSize();
        final long lot = instrument.definition.lotSize();
        if (isLimit == (order.price() == OrderBookEvent.NULL_PRICE))
        {
            return text(RiskCheck.PRICE, order.price(), 0);
        }
        if (order.quantity() <= 0)
        {
            return text(RiskCheck.QUANTITY, order.quantity(), 1);
        }
        if (isLimit && tick > 0 && order.price() % tick != 0)
        {
            return text(RiskCheck.TICK, order.price(), tick);
        }
        if (lot > 0 && order.quantity() % lot != 0)
        {
            return text(RiskCheck.LOT, order.quantity(), lot);
        }
        final long last = lastId(order.strategy());
        return order.clientOrderId() > last && !open.containsKey(order.clientOrderId()) ? PASSED :
            text(RiskCheck.DUPLICATE_ID, order.clientOrderId(), last);
    }

    private static String checkSize(
        final NewOrder order, final NaiveInstrument instrument, final RiskLimits limit)
    {
        if (order.quantity() > limit.maxOrderQuantity())
        {
            return text(RiskCheck.MAX_ORDER_QUANTITY, order.quantity(), limit.maxOrderQuantity());
        }
        return order.orderType() == OrderType.MARKET ? PASSED :
            checkNotional(big(order.price()), order, instrument, limit);
    }

    private static String checkNotional(
        final BigInteger price, final NewOrder order, final NaiveInstrument instrument, final RiskLimits limit)
    {
        final BigInteger notional = instrument.notional(price, order.quantity());
        return notional.compareTo(big(limit.maxNotional())) <= 0 ? PASSED :
            text(RiskCheck.MAX_NOTIONAL, NaiveInstrument.held(notional), limit.maxNotional());
    }

    private String checkMarket(final NewOrder order, final NaiveInstrument instrument, final RiskLimits limit)
    {
        if (instrument.status != TradingStatus.TRADING)
        {
            return text(RiskCheck.TRADING_STATUS, instrument.status, TradingStatus.TRADING);
        }
        if (instrument.isSuspect || instrument.hasGap)
        {
            return text(RiskCheck.SUSPECT_BOOK, order.instrumentId(), 0);
        }
        final Optional<BigInteger> fresh = instrument.reference(nowNs, limit.maxReferenceAgeNs());
        if (fresh.isEmpty())
        {
            return text(RiskCheck.NO_REFERENCE, instrument.referenceAgeNs(nowNs), limit.maxReferenceAgeNs());
        }
        final long bookAgeNs = instrument.bookTimeNs < 0 ? 0 : nowNs - instrument.bookTimeNs;
        if (bookAgeNs > limit.maxReferenceAgeNs())
        {
            return text(RiskCheck.STALE_BOOK, bookAgeNs, limit.maxReferenceAgeNs());
        }
        final BigInteger reference = fresh.get();
        final BigInteger allowed = reference.abs().multiply(big(limit.collarBps())).divide(big(10_000));
        if (order.orderType() == OrderType.MARKET)
        {
            worstPrice = reference.abs().add(allowed);
            return checkNotional(worstPrice, order, instrument, limit);
        }
        final BigInteger distance = big(order.price()).subtract(reference).abs();
        if (distance.compareTo(allowed) > 0)
        {
            return text(RiskCheck.PRICE_COLLAR, NaiveInstrument.held(distance), allowed.longValueExact());
        }
        // An order may be filled at any price from its limit to a reference that is better.
        final BigInteger price = big(order.price());
        final boolean isBeyond = price.compareTo(reference) * sign(order) > 0;
        worstPrice = isBeyond ? price.abs().max(reference.abs()) : price.abs();
        return checkNotional(worstPrice, order, instrument, limit);
    }

    private String checkInstrument(final NewOrder order, final NaiveInstrument instrument, final RiskLimits limit)
    {
        final int sign = sign(order);
        final long worst = instrument.profit.position + sign * order.quantity() + sign * open.values().stream()
            .filter((one) -> one.isLike(order)).mapToLong((one) -> one.quantity).sum();
        if (sign * worst > limit.maxPosition())
        {
            return text(RiskCheck.MAX_POSITION, worst, sign * limit.maxPosition());
        }
        final BigInteger loss = instrument.profit.today(instrument.markNow()).negate();
        if (loss.compareTo(big(limit.maxDailyLoss())) > 0)
        {
            return text(RiskCheck.DAILY_LOSS, loss.longValueExact(), limit.maxDailyLoss());
        }
        final long waitNs = instrument.bucket.waitNs(nowNs);
        return waitNs == 0 ? PASSED : text(RiskCheck.MESSAGE_RATE, waitNs, limit.messagesPerSecond());
    }

    private String checkAccountPosition(
        final NewOrder order, final NaiveInstrument instrument, final NaiveAccount account, final RiskLimits limit)
    {
        final int sign = sign(order);
        final long worst = account.profit(instrument).position + sign * order.quantity() + sign * open.values().stream()
            .filter((one) -> one.isLike(order) && one.account == order.account())
            .mapToLong((one) -> one.quantity).sum();
        return sign * worst <= limit.maxAccountPosition() ? PASSED :
            text(RiskCheck.ACCOUNT_POSITION, worst, sign * limit.maxAccountPosition());
    }

    private String checkAccount(
        final NewOrder order, final NaiveInstrument instrument, final NaiveAccount account, final AccountLimits limit)
    {
        BigInteger notional = instrument.nano(worstPrice, order.quantity());
        for (final Open one : open.values())
        {
            notional = notional.add(one.account != order.account() ? BigInteger.ZERO :
                instruments.get(one.instrumentId).nano(one.worstPrice, one.quantity));
        }
        if (notional.compareTo(big(limit.maxOpenNotional())) > 0)
        {
            return text(RiskCheck.ACCOUNT_NOTIONAL, notional.longValueExact(), limit.maxOpenNotional());
        }
        BigInteger loss = BigInteger.ZERO;
        for (final Map.Entry<Integer, NaiveProfit> one : account.profits.entrySet())
        {
            loss = loss.subtract(one.getValue().today(instruments.get(one.getKey()).markNow()));
        }
        if (loss.compareTo(big(limit.maxDailyLoss())) > 0)
        {
            return text(RiskCheck.ACCOUNT_DAILY_LOSS, loss.longValueExact(), limit.maxDailyLoss());
        }
        final long waitNs = account.bucket.waitNs(nowNs);
        return waitNs == 0 ? PASSED : text(RiskCheck.ACCOUNT_MESSAGE_RATE, waitNs, limit.messagesPerSecond());
    }

    private static int sign(final NewOrder order)
    {
        return order.side() == Side.BID ? 1 : -1;
    }

    private static String text(final RiskCheck check, final long value, final long limit)
    {
        return check.text() + " value=" + value + " limit=" + limit;
    }

    private static BigInteger big(final long value)
    {
        return BigInteger.valueOf(value);
    }

    /** An open order. */
    static final class Open
    {
        final int instrumentId;
        final int account;
        final int side;
        final BigInteger worstPrice;
        long quantity;

        Open(
            final int instrumentId, final int account, final int side, final BigInteger worstPrice,
            final long quantity)
        {
            this.instrumentId = instrumentId;
            this.account = account;
            this.side = side;
            this.worstPrice = worstPrice;
            this.quantity = quantity;
        }

        boolean isLike(final NewOrder order)
        {
            return instrumentId == order.instrumentId() && side == order.side();
        }
    }

    /** An account, with what each instrument brought it. */
    static final class NaiveAccount
    {
        final Map<Integer, NaiveProfit> profits = new TreeMap<>();
        final NaiveBucket bucket;
        Optional<AccountLimits> limits;

        NaiveAccount(final Optional<AccountLimits> limits)
        {
            this.limits = limits;
            bucket = new NaiveBucket(limits.map(AccountLimits::messagesPerSecond).orElse(0),
                limits.map(AccountLimits::messageBurst).orElse(0));
        }

        NaiveProfit profit(final NaiveInstrument instrument)
        {
            return profits.computeIfAbsent(instrument.id, (id) -> new NaiveProfit(instrument));
        }

        void change(final Optional<AccountLimits> other, final long nowNs)
        {
            limits = other;
            bucket.change(other.map(AccountLimits::messagesPerSecond).orElse(0),
                other.map(AccountLimits::messageBurst).orElse(0), nowNs);
        }
    }
}
