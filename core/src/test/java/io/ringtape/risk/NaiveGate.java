package io.ringtape.risk;

import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.Side;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the gate must answer for one instrument, written for reading: big integers, lists, all messages so far. */
final class NaiveGate
{
    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger SECOND_NS = BigInteger.valueOf(1_000_000_000L);

    private final RiskLimits limits;
    private final long multiplier;
    private final long scale;
    private final Map<Long, long[]> open = new TreeMap<>();
    private final List<Long> messages = new ArrayList<>();
    long nowNs;
    long bid = OrderBookEvent.NULL_PRICE;
    long ask = OrderBookEvent.NULL_PRICE;
    long bookTimeNs = -1;
    long tradePrice;
    long tradeTimeNs = -1;

    NaiveGate(final RiskLimits limits, final long multiplier, final long scale)
    {
        this.limits = limits;
        this.multiplier = multiplier;
        this.scale = scale;
    }

    /** The failed check, its value and its limit as one text. */
    String check(final int side, final long price, final long quantity)
    {
        if (side != Side.BID && side != Side.ASK)
        {
            return text(RiskCheck.SIDE, side, 0);
        }
        if (price == OrderBookEvent.NULL_PRICE)
        {
            return text(RiskCheck.PRICE, price, 0);
        }
        if (quantity <= 0)
        {
            return text(RiskCheck.QUANTITY, quantity, 1);
        }
        if (quantity > limits.maxOrderQuantity())
        {
            return text(RiskCheck.MAX_ORDER_QUANTITY, quantity, limits.maxOrderQuantity());
        }
        final BigInteger product = big(price).abs().multiply(big(quantity)).multiply(big(multiplier));
        final BigInteger notional = product.add(big(scale - 1)).divide(big(scale));
        if (notional.compareTo(big(limits.maxNotional())) > 0)
        {
            return text(RiskCheck.MAX_NOTIONAL, notional.min(MAX).longValueExact(), limits.maxNotional());
        }
        final String collar = checkCollar(price);
        if (!collar.isEmpty())
        {
            return collar;
        }
        // A sell may be filled at more than its limit.
        final BigInteger highest = side == Side.ASK ? big(price).abs().max(reference().abs()) : big(price).abs();
        final BigInteger worst = highest.multiply(big(quantity)).multiply(big(multiplier)).add(big(scale - 1))
            .divide(big(scale));
        return worst.compareTo(big(limits.maxNotional())) > 0 ?
            text(RiskCheck.MAX_NOTIONAL, worst.min(MAX).longValueExact(), limits.maxNotional()) :
            checkPositionAndRate(side, quantity);
    }

    void accept(final long id, final int side, final long quantity)
    {
        open.put(id, new long[] {side, quantity});
        messages.add(nowNs);
    }

    void cancelSent()
    {
        messages.add(nowNs);
    }

    void cancelPassed(final long id)
    {
        open.remove(id);
    }

    private String checkCollar(final long price)
    {
        final boolean twoSided = bid != OrderBookEvent.NULL_PRICE && ask != OrderBookEvent.NULL_PRICE && bid < ask;
        final boolean bookIsFresh = twoSided && nowNs - bookTimeNs <= limits.maxReferenceAgeNs();
        final boolean tradeIsFresh = tradeTimeNs >= 0 && nowNs - tradeTimeNs <= limits.maxReferenceAgeNs();
        if (!bookIsFresh && !tradeIsFresh)
        {
            final long youngest = Math.max(twoSided ? bookTimeNs : -1, tradeTimeNs);
            return text(RiskCheck.NO_REFERENCE, youngest < 0 ? -1 : nowNs - youngest, limits.maxReferenceAgeNs());
        }
        final BigInteger reference = reference();
        final BigInteger distance = big(price).subtract(reference).abs();
        final BigInteger allowed = reference.abs().multiply(big(limits.collarBps())).divide(big(10_000));
        return distance.compareTo(allowed) <= 0 ? "" :
            text(RiskCheck.PRICE_COLLAR, distance.min(MAX).longValueExact(), allowed.longValueExact());
    }

    private BigInteger reference()
    {
        final boolean twoSided = bid != OrderBookEvent.NULL_PRICE && ask != OrderBookEvent.NULL_PRICE && bid < ask;
        return twoSided && nowNs - bookTimeNs <= limits.maxReferenceAgeNs() ?
            big(bid).add(big(ask)).shiftRight(1) : big(tradePrice);
    }

    private String checkPositionAndRate(final int side, final long quantity)
    {
        long sum = quantity;
        for (final long[] order : open.values())
        {
            sum += order[0] == side ? order[1] : 0;
        }
        final int sign = side == Side.BID ? 1 : -1;
        if (sum > limits.maxPosition())
        {
            return text(RiskCheck.MAX_POSITION, sign * sum, sign * limits.maxPosition());
        }
        final BigInteger missing = SECOND_NS.subtract(credits());
        final BigInteger rate = big(limits.messagesPerSecond());
        return missing.signum() <= 0 ? "passed" : text(RiskCheck.MESSAGE_RATE,
            missing.add(rate).subtract(BigInteger.ONE).divide(rate).longValueExact(), limits.messagesPerSecond());
    }

    // From the first message on, all over again: slow and plain.
    private BigInteger credits()
    {
        final BigInteger full = SECOND_NS.multiply(big(limits.messageBurst()));
        BigInteger credits = full;
        long lastNs = 0;
        for (final long messageNs : messages)
        {
            credits = full.min(credits.add(big(messageNs - lastNs).multiply(big(limits.messagesPerSecond()))))
                .subtract(SECOND_NS).max(BigInteger.ZERO);
            lastNs = messageNs;
        }
        return full.min(credits.add(big(nowNs - lastNs).multiply(big(limits.messagesPerSecond()))));
    }

    private static String text(final RiskCheck check, final long value, final long limit)
    {
        return check.text() + " value=" + value + " limit=" + limit;
    }

    private static BigInteger big(final long value)
    {
        return BigInteger.valueOf(value);
    }
}
