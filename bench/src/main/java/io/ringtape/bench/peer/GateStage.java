package io.ringtape.bench.peer;

import io.ringtape.order.OrderGate;
import io.ringtape.risk.RiskCheck;
import io.ringtape.risk.RiskLimits;

/**
 * How far through the gate an order gets. The checks come in one order and the first that fails is the answer, so a
 * limit of 0 ends every order there: what is timed are the checks before it, and that one. All checks are always on.
 * <p>
 * Thread safety: immutable. Allocation: the limits.
 */
enum GateStage
{
    /** There is no gate: the order is made and looked at. */
    ORDER(OrderGate.PASSED),
    /** Limits, account and kill switch are found; side, terms, price, quantity, tick, lot and id are right. */
    FIELDS(RiskCheck.MAX_ORDER_QUANTITY.code()),
    /** Also quantity and notional; trading is halted. */
    SIZE(RiskCheck.TRADING_STATUS.code()),
    /** Also trading status, book, reference, age and collar; no position is allowed. */
    PRICE(RiskCheck.MAX_POSITION.code()),
    /** Also position, loss and message rate of the instrument; the account may have no position. */
    INSTRUMENT(RiskCheck.ACCOUNT_POSITION.code()),
    /** Also position, open notional, loss and message rate of the account: all. */
    ALL(OrderGate.PASSED);

    private final int answer;

    GateStage(final int answer)
    {
        this.answer = answer;
    }

    /** What the gate says to every order. */
    int answer()
    {
        return answer;
    }

    /** A market in which the gate says so. */
    GateMarket market()
    {
        final RiskLimits.Builder limits = GateMarket.WIDE.toBuilder();
        switch (this)
        {
            case FIELDS -> limits.maxOrderQuantity(0);
            case PRICE -> limits.maxPosition(0);
            case INSTRUMENT -> limits.maxAccountPosition(0);
            default ->
            {
                // No limit is reached.
            }
        }
        final GateMarket market = new GateMarket(limits.build());
        if (this == SIZE)
        {
            market.halt();
        }
        return market;
    }
}
