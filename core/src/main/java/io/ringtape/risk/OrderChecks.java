package io.ringtape.risk;

import io.ringtape.book.OrderBook;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.event.TradingStatus;
import io.ringtape.order.NewOrder;
import io.ringtape.order.OrderGate;
import io.ringtape.order.OrderType;
import io.ringtape.order.Saturated;
import io.ringtape.order.TimeInForce;

/**
 * The checks of one order, in their order; the first that fails is the answer. Hot path.
 * <p>
 * Thread safety: none; the order lane.
 * Allocation: none.
 */
final class OrderChecks
{
    private final RiskState state;
    private long failedValue;
    private long failedLimit;
    private long worstPrice;

    OrderChecks(final RiskState state)
    {
        this.state = state;
    }

    long failedValue()
    {
        return failedValue;
    }

    long failedLimit()
    {
        return failedLimit;
    }

    /**
     * The price that the order checked last counts with, in the check and as long as it is open: its own; the reference
     * where that is better and farther from 0; for a market order the far end of the collar.
     */
    long worstPrice()
    {
        return worstPrice;
    }

    int check(final NewOrder order)
    {
        final InstrumentRisk risk = state.find(order.instrumentId());
        final RiskLimits limit = risk == null ? null : risk.limits;
        if (risk == null || limit == null)
        {
            return fail(RiskCheck.NO_LIMITS, order.instrumentId(), 0);
        }
        final AccountRisk account = state.account(order.account());
        final AccountLimits accountLimit = account.limits;
        if (accountLimit == null)
        {
            return fail(RiskCheck.NO_ACCOUNT_LIMITS, order.account(), 0);
        }
        if (state.killSwitch.isStopped(order.strategy(), order.account()))
        {
            return fail(RiskCheck.KILLED, order.strategy(), order.account());
        }
        int answer = checkFields(order, risk);
        if (answer == OrderGate.PASSED)
        {
            answer = checkSize(order, risk, limit);
        }
        if (answer == OrderGate.PASSED)
        {
            answer = checkPrice(order, risk, limit);
        }
        if (answer == OrderGate.PASSED)
        {
            answer = checkInstrument(order, risk, limit);
        }
        if (answer == OrderGate.PASSED)
        {
            answer = checkPosition(RiskCheck.ACCOUNT_POSITION, order,
                account.worstPosition(order.instrumentId(), order.side(), order.quantity()),
                limit.maxAccountPosition());
        }
        return answer == OrderGate.PASSED ? checkAccount(order, risk, account, accountLimit) : answer;
    }

    private int checkFields(final NewOrder order, final InstrumentRisk risk)
    {
        if (order.side() != Side.BID && order.side() != Side.ASK)
        {
            return fail(RiskCheck.SIDE, order.side(), 0);
        }
        final int terms = checkTerms(order);
        if (terms != OrderGate.PASSED)
        {
            return terms;
        }
        final boolean isMarket = order.orderType() == OrderType.MARKET;
        final long price = order.price();
        if (isMarket != (price == OrderBookEvent.NULL_PRICE))
        {
            return fail(RiskCheck.PRICE, price, 0);
        }
        if (order.quantity() <= 0)
        {
            return fail(RiskCheck.QUANTITY, order.quantity(), 1);
        }
        final long tick = risk.definition.tickSize();
        if (tick > 1 && !isMarket && price % tick != 0)
        {
            return fail(RiskCheck.TICK, price, tick);
        }
        final long lot = risk.definition.lotSize();
        if (lot > 1 && order.quantity() % lot != 0)
        {
            return fail(RiskCheck.LOT, order.quantity(), lot);
        }
        return state.isNewId(order.clientOrderId()) ? OrderGate.PASSED :
            fail(RiskCheck.DUPLICATE_ID, order.clientOrderId(), state.lastId(order.clientOrderId()));
    }

    // A market order cannot rest, and what may not take cannot be cancelled at once or have no price.
    private int checkTerms(final NewOrder order)
    {
        final int type = order.orderType();
        if (type != OrderType.LIMIT && type != OrderType.MARKET)
        {
            return fail(RiskCheck.ORDER_TYPE, type, 0);
        }
        final int stay = order.timeInForce();
        final boolean rests = stay == TimeInForce.GOOD_TILL_CANCEL && type == OrderType.LIMIT;
        if (!rests && stay != TimeInForce.IMMEDIATE_OR_CANCEL)
        {
            return fail(RiskCheck.ORDER_TYPE, stay, 0);
        }
        final int instructions = order.instructions();
        return instructions == 0 || (instructions == NewOrder.POST_ONLY && rests) ? OrderGate.PASSED :
            fail(RiskCheck.ORDER_TYPE, instructions, 0);
    }

    private int checkSize(final NewOrder order, final InstrumentRisk risk, final RiskLimits limit)
    {
        if (order.quantity() > limit.maxOrderQuantity())
        {
            return fail(RiskCheck.MAX_ORDER_QUANTITY, order.quantity(), limit.maxOrderQuantity());
        }
        return order.orderType() == OrderType.MARKET ?
            OrderGate.PASSED : checkNotional(order.price(), order, risk, limit);
    }

    private int checkNotional(
        final long price, final NewOrder order, final InstrumentRisk risk, final RiskLimits limit)
    {
        final long notional = Notional.beyond(
            Math.abs(price), order.quantity(), risk.multiplier, risk.notionalScale, limit.maxNotional());
        return notional == 0 ? OrderGate.PASSED : fail(RiskCheck.MAX_NOTIONAL, notional, limit.maxNotional());
    }

    private int checkPrice(final NewOrder order, final InstrumentRisk risk, final RiskLimits limit)
    {
        if (risk.tradingStatus != TradingStatus.TRADING)
        {
            return fail(RiskCheck.TRADING_STATUS, risk.tradingStatus, TradingStatus.TRADING);
        }
        final OrderBook book = state.book(order.instrumentId());
        if (book.isSuspect() || risk.hasGap)
        {
            return fail(RiskCheck.SUSPECT_BOOK, order.instrumentId(), 0);
        }
        final long maxAgeNs = limit.maxReferenceAgeNs();
        final long reference = References.fresh(risk, book, state.nowNs(), maxAgeNs);
        if (reference == OrderBookEvent.NULL_PRICE)
        {
            return fail(RiskCheck.NO_REFERENCE, References.youngestAgeNs(risk, book, state.nowNs()), maxAgeNs);
        }
        // A trade that is fresh does not make the book fresh that the strategy decides on.
        final long bookAgeNs = References.ageNs(risk.bookTimeNs, state.nowNs());
        if (bookAgeNs > maxAgeNs)
        {
            return fail(RiskCheck.STALE_BOOK, bookAgeNs, maxAgeNs);
        }
        final long allowed = References.collar(reference, limit.collarBps());
        final long price = order.price();
        if (order.orderType() == OrderType.MARKET)
        {
            worstPrice = Saturated.add(Math.abs(reference), allowed);
            return checkNotional(worstPrice, order, risk, limit);
        }
        final long distance = References.distance(price, reference);
        if (distance > allowed)
        {
            return fail(RiskCheck.PRICE_COLLAR, distance, allowed);
        }
        final boolean isBeyond = order.side() == Side.BID ? price > reference : price < reference;
        if (!isBeyond || Math.abs(price) >= Math.abs(reference))
        {
            worstPrice = price;
            return OrderGate.PASSED;
        }
        // It may be filled at what is better than its limit: a sell at more, a buy below 0 at what is farther from 0.
        worstPrice = reference;
        return checkNotional(worstPrice, order, risk, limit);
    }

    private int checkInstrument(final NewOrder order, final InstrumentRisk risk, final RiskLimits limit)
    {
        final int position = checkPosition(RiskCheck.MAX_POSITION, order,
            risk.held.worst(order.side(), order.quantity()), limit.maxPosition());
        if (position != OrderGate.PASSED)
        {
            return position;
        }
        final long profit = risk.profit.profitNano(state.mark(risk));
        if (profit < -limit.maxDailyLoss())
        {
            return fail(RiskCheck.DAILY_LOSS, lossOf(profit), limit.maxDailyLoss());
        }
        final long waitNs = risk.messages.waitNs(state.nowNs());
        return waitNs == 0 ? OrderGate.PASSED : fail(RiskCheck.MESSAGE_RATE, waitNs, limit.messagesPerSecond());
    }

    private int checkPosition(final RiskCheck check, final NewOrder order, final long worst, final long most)
    {
        final boolean isBuy = order.side() == Side.BID;
        return (isBuy ? worst <= most : worst >= -most) ? OrderGate.PASSED : fail(check, worst, isBuy ? most : -most);
    }

    private int checkAccount(
        final NewOrder order, final InstrumentRisk risk, final AccountRisk account, final AccountLimits limit)
    {
        final long open =
            Saturated.add(account.openNotional(), risk.notionalNano(worstPrice, order.quantity()));
        if (open > limit.maxOpenNotional())
        {
            return fail(RiskCheck.ACCOUNT_NOTIONAL, open, limit.maxOpenNotional());
        }
        final long profit = state.profitNano(account);
        if (profit < -limit.maxDailyLoss())
        {
            return fail(RiskCheck.ACCOUNT_DAILY_LOSS, lossOf(profit), limit.maxDailyLoss());
        }
        final long waitNs = account.messages.waitNs(state.nowNs());
        return waitNs == 0 ?
            OrderGate.PASSED : fail(RiskCheck.ACCOUNT_MESSAGE_RATE, waitNs, limit.messagesPerSecond());
    }

    private static long lossOf(final long profit)
    {
        return profit == Long.MIN_VALUE ? Long.MAX_VALUE : -profit;
    }

    private int fail(final RiskCheck check, final long value, final long limit)
    {
        failedValue = value;
        failedLimit = limit;
        return check.code();
    }
}
