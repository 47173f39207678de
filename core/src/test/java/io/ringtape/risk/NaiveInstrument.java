package io.ringtape.risk;

import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.TradingStatus;
import java.math.BigInteger;
import java.util.Optional;

/** What the naive gate knows of one instrument and its market. */
final class NaiveInstrument
{
    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);
    private static final int NANO = 9;

    final int id;
    final InstrumentDefinition definition;
    final NaiveProfit profit;
    final NaiveBucket bucket = new NaiveBucket(0, 0);
    Optional<RiskLimits> limits = Optional.empty();
    long bid = OrderBookEvent.NULL_PRICE;
    long ask = OrderBookEvent.NULL_PRICE;
    boolean isSuspect;
    boolean hasGap;
    long bookTimeNs = -1;
    long tradePrice;
    long tradeTimeNs = -1;
    long status = TradingStatus.TRADING;
    long mark = OrderBookEvent.NULL_PRICE;
    private boolean isKnown;

    NaiveInstrument(final InstrumentDefinition definition)
    {
        this.definition = definition;
        id = definition.instrumentId();
        profit = new NaiveProfit(this);
    }

    void change(final Optional<RiskLimits> other, final long nowNs)
    {
        limits = other;
        final int rate = other.map(RiskLimits::messagesPerSecond).orElse(0);
        final int burst = other.map(RiskLimits::messageBurst).orElse(0);
        if (isKnown)
        {
            bucket.change(rate, burst, nowNs);
        }
        else
        {
            bucket.start(rate, burst);
        }
        isKnown = true;
    }

    boolean isTwoSided()
    {
        return bid != OrderBookEvent.NULL_PRICE && ask != OrderBookEvent.NULL_PRICE && bid < ask && !isSuspect &&
            !hasGap;
    }

    /** A position is valued at the middle, and at what was last known where there is none. */
    BigInteger markNow()
    {
        return isTwoSided() ? middle() : BigInteger.valueOf(mark);
    }

    /** What is kept where an order opens or a gap begins, and where somebody holds it behind each event. */
    void takeMark()
    {
        if (isTwoSided())
        {
            mark = middle().longValueExact();
        }
    }

    Optional<BigInteger> reference(final long nowNs, final long maxAgeNs)
    {
        if (isTwoSided() && nowNs - bookTimeNs <= maxAgeNs)
        {
            return Optional.of(middle());
        }
        return tradeTimeNs >= 0 && nowNs - tradeTimeNs <= maxAgeNs ?
            Optional.of(BigInteger.valueOf(tradePrice)) : Optional.empty();
    }

    long referenceAgeNs(final long nowNs)
    {
        final long youngest = Math.max(isTwoSided() ? bookTimeNs : -1, tradeTimeNs);
        return youngest < 0 ? -1 : nowNs - youngest;
    }

    /** In price units, rounded up. */
    BigInteger notional(final BigInteger price, final long quantity)
    {
        final BigInteger scale = BigInteger.TEN.pow(-definition.quantityExponent());
        return product(price, quantity).add(scale).subtract(BigInteger.ONE).divide(scale);
    }

    /** In 10^-9 of the currency; nothing is rounded at the exponents of these tests. */
    BigInteger nano(final BigInteger price, final long quantity)
    {
        return product(price, quantity)
            .multiply(BigInteger.TEN.pow(NANO + definition.priceExponent() + definition.quantityExponent()));
    }

    static long held(final BigInteger value)
    {
        return value.min(MAX).longValueExact();
    }

    private BigInteger product(final BigInteger price, final long quantity)
    {
        return price.abs().multiply(BigInteger.valueOf(quantity)).multiply(BigInteger.valueOf(definition.multiplier()));
    }

    private BigInteger middle()
    {
        return BigInteger.valueOf(bid).add(BigInteger.valueOf(ask)).shiftRight(1);
    }
}
