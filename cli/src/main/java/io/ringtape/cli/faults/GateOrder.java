package io.ringtape.cli.faults;

import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import io.ringtape.order.NewOrder;
import io.ringtape.order.OrderType;
import io.ringtape.order.TimeInForce;
import io.ringtape.risk.RiskCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A random order, what its account has sent and had filled before, and what both come to in plain numbers, which are
 * small enough for a long: the price is in 10^-9 and the quantity in units, so that nothing is scaled or rounded.
 */
final class GateOrder
{
    static final long TICK = 5;
    static final long LOT = 2;
    static final long HALF_SPREAD = 10;

    private static final int BASIS_POINTS = 10_000;

    final List<Before> before = new ArrayList<>();
    final long multiplier;
    final long middle;
    final int collarBps;
    final int goodSide;
    final int side;
    final int type;
    final int stay;
    final int instructions;
    final long price;
    final long quantity;

    private final SplittableRandom random;
    private final Optional<RiskCheck> defect;

    GateOrder(final SplittableRandom random, final Optional<RiskCheck> defect)
    {
        this.random = random;
        this.defect = defect;
        multiplier = 1L + random.nextInt(5);
        middle = 100_000 + TICK * random.nextInt(1_000);
        collarBps = 20 + random.nextInt(480);
        goodSide = random.nextBoolean() ? Side.BID : Side.ASK;
        final boolean isMarket = !is(RiskCheck.TICK) && !is(RiskCheck.PRICE_COLLAR) && random.nextInt(4) == 0;
        final boolean rests = !isMarket && random.nextBoolean();
        final int goodType = isMarket ? OrderType.MARKET : OrderType.LIMIT;
        final boolean noType = is(RiskCheck.ORDER_TYPE) && random.nextBoolean();
        type = noType ? 7 : goodType;
        // Where the type is one, the time in force is none.
        stay = is(RiskCheck.ORDER_TYPE) && !noType ? 2 :
            rests ? TimeInForce.GOOD_TILL_CANCEL : TimeInForce.IMMEDIATE_OR_CANCEL;
        instructions = rests && random.nextBoolean() ? NewOrder.POST_ONLY : 0;
        side = is(RiskCheck.SIDE) ? 3 * random.nextInt(2) : goodSide;
        quantity = drawQuantity();
        price = drawPrice(isMarket);
        drawBefore();
    }

    /** What the order may be filled at, at most. */
    long worstPrice()
    {
        if (type == OrderType.MARKET || price == OrderBookEvent.NULL_PRICE)
        {
            return middle + allowed();
        }
        return goodSide == Side.ASK ? Math.max(price, middle) : price;
    }

    long notional(final long atPrice, final long ofQuantity)
    {
        return Math.max(1, atPrice * ofQuantity * multiplier);
    }

    /** New orders and cancels. */
    int messages()
    {
        return before.size() + (int)before.stream().filter(Before::isCancelled).count();
    }

    /** Open and filled together: all on one side. */
    long held()
    {
        return before.stream().filter((one) -> !one.isCancelled()).mapToLong(Before::quantity).sum();
    }

    long openNotional()
    {
        return before.stream().filter((one) -> !one.isCancelled())
            .mapToLong((one) -> one.price() * (one.quantity() - one.filled()) * multiplier).sum();
    }

    long loss()
    {
        return before.stream().filter((one) -> one.filled() > 0)
            .mapToLong((one) -> Math.abs(one.fillPrice() - middle) * one.filled() * multiplier + one.fee()).sum();
    }

    private boolean is(final RiskCheck check)
    {
        return defect.isPresent() && defect.get() == check;
    }

    private long allowed()
    {
        return middle * collarBps / BASIS_POINTS;
    }

    private long drawQuantity()
    {
        if (is(RiskCheck.QUANTITY))
        {
            return -random.nextInt(1_000);
        }
        return LOT * (1 + random.nextInt(50)) + (is(RiskCheck.LOT) ? 1 : 0);
    }

    private long drawPrice(final boolean isMarket)
    {
        // A market order with a price, or a limit order without.
        if (isMarket != is(RiskCheck.PRICE))
        {
            return OrderBookEvent.NULL_PRICE;
        }
        final long steps = allowed() / TICK;
        final long within = TICK * random.nextLong(-steps, steps + 1);
        if (is(RiskCheck.PRICE_COLLAR))
        {
            final long beyond = TICK * (steps + 1 + random.nextInt(100));
            return middle + (random.nextBoolean() ? beyond : -beyond);
        }
        return middle + within + (is(RiskCheck.TICK) ? 1 + random.nextInt((int)TICK - 1) : 0);
    }

    private void drawBefore()
    {
        final boolean needsFill = is(RiskCheck.DAILY_LOSS) || is(RiskCheck.ACCOUNT_DAILY_LOSS);
        final int count = Math.max(random.nextInt(4), needsFill || is(RiskCheck.DUPLICATE_ID) ? 1 : 0);
        for (int i = 0; i < count; i++)
        {
            final boolean isBuy = goodSide == Side.BID;
            final long steps = allowed() / TICK;
            final long away = TICK * (isBuy ? random.nextLong(-steps, steps + 1) : random.nextLong(steps + 1));
            final long sent = LOT * (1 + random.nextInt(20));
            final boolean isFilled = (needsFill && i == 0) || random.nextInt(3) == 0;
            final long loses = 1L + random.nextInt(100);
            before.add(new Before(i == 0 ? 0 : random.nextInt(2), middle + away, sent,
                !isFilled && random.nextInt(3) == 0, isFilled ? 1 + random.nextLong(sent) : 0,
                isBuy ? middle + loses : middle - loses, random.nextInt(1_000)));
        }
    }

    /**
     * An order that was sent before: it rests, or is cancelled, or is filled at a loss.
     *
     * @param strategy    0 or 1.
     * @param price       limit.
     * @param quantity    sent.
     * @param isCancelled then nothing is filled.
     * @param filled      0 to the quantity.
     * @param fillPrice   worse than the middle.
     * @param fee         of the fill.
     */
    record Before(
        int strategy, long price, long quantity, boolean isCancelled, long filled, long fillPrice, long fee)
    {
    }
}
