package io.ringtape.risk;

import io.ringtape.event.FixedPoint;
import io.ringtape.event.InstrumentDefinition;
import io.ringtape.event.OrderBookEvent;
import io.ringtape.event.TradingStatus;
import org.jspecify.annotations.Nullable;

/**
 * What the gate knows of one instrument: limits, position of all accounts with open orders, where its events come from
 * and whether some are missing, reference times, trading status, message bucket. Hot path.
 * <p>
 * Thread safety: none; the order lane.
 * Allocation: on construction only.
 */
final class InstrumentRisk
{
    /** The time of something that has not happened. */
    static final long NEVER = -1;

    final InstrumentDefinition definition;
    final long multiplier;
    final long notionalScale;
    final DayProfit profit;
    final OpenPosition held = new OpenPosition();
    final SourceSet sources = new SourceSet();
    @Nullable RiskLimits limits;
    MessageBucket messages;
    /** How many accounts have a position; those of several may cancel out. */
    int holders;
    boolean hasGap;
    long bookTimeNs = NEVER;
    long tradeTimeNs = NEVER;
    long tradePrice;
    long markPrice = OrderBookEvent.NULL_PRICE;
    long tradingStatus = TradingStatus.TRADING;

    InstrumentRisk(final InstrumentDefinition definition, final @Nullable RiskLimits limits)
    {
        this.definition = definition;
        this.limits = limits;
        profit = new DayProfit(definition);
        multiplier = definition.multiplier();
        notionalScale = FixedPoint.powerOfTen(-definition.quantityExponent());
        messages = limits == null ?
            new MessageBucket(0, 0) : new MessageBucket(limits.messagesPerSecond(), limits.messageBurst());
    }

    /**
     * The notional of an open quantity.
     *
     * @param price    in price units; null counts as 0.
     * @param quantity above 0.
     * @return in 10^-9 of the currency, rounded up, held at {@link Long#MAX_VALUE}.
     */
    long notionalNano(final long price, final long quantity)
    {
        return price == OrderBookEvent.NULL_PRICE ? 0 : Notional.nano(
            Math.abs(price), quantity, multiplier, definition.priceExponent() + definition.quantityExponent());
    }

    void change(final @Nullable RiskLimits newLimits, final long nowNs)
    {
        limits = newLimits;
        messages = newLimits == null ? messages.changed(0, 0, nowNs) :
            messages.changed(newLimits.messagesPerSecond(), newLimits.messageBurst(), nowNs);
    }
}
