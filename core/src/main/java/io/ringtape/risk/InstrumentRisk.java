package io.ringtape.risk;

import io.ringtape.event.FixedPoint;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.Side;
import org.jspecify.annotations.Nullable;

/**
 * What the gate knows of one instrument: limits, position with open orders, reference times, message bucket. Hot path.
 * <p>
 * Thread safety: none; the order lane.
 * Allocation: on construction only.
 */
final class InstrumentRisk
{
    /** The time of something that has not happened. */
    static final long NEVER = -1;

    final @Nullable RiskLimits limits;
    final long multiplier;
    final long notionalScale;
    final MessageBucket messages;
    long position;
    long openBuys;
    long openSells;
    long bookTimeNs = NEVER;
    long tradeTimeNs = NEVER;
    long tradePrice;

    InstrumentRisk(final InstrumentDefinition definition, final @Nullable RiskLimits limits)
    {
        this.limits = limits;
        multiplier = definition.multiplier();
        notionalScale = FixedPoint.powerOfTen(-definition.quantityExponent());
        messages = limits == null ?
            new MessageBucket(0, 0) : new MessageBucket(limits.messagesPerSecond(), limits.messageBurst());
    }

    /**
     * The position if an order and all open orders of its side were filled.
     *
     * @param side     of the order.
     * @param quantity of the order.
     * @return above 0 long, below 0 short; held at the ends of 64 bits.
     */
    long worstPosition(final int side, final long quantity)
    {
        return side == Side.BID ?
            add(add(position, openBuys), quantity) : add(add(position, -openSells), -quantity);
    }

    void open(final int side, final long quantity)
    {
        if (side == Side.BID)
        {
            openBuys = add(openBuys, quantity);
        }
        else
        {
            openSells = add(openSells, quantity);
        }
    }

    void release(final int side, final long quantity)
    {
        if (side == Side.BID)
        {
            openBuys -= quantity;
        }
        else
        {
            openSells -= quantity;
        }
    }

    void fill(final int side, final long quantity)
    {
        position = add(position, side == Side.BID ? quantity : -quantity);
    }

    private static long add(final long a, final long b)
    {
        final long sum = a + b;
        // Both have the sign that the sum has not: it went over the end that their sign points to.
        return ((a ^ sum) & (b ^ sum)) < 0 ? a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE : sum;
    }
}
