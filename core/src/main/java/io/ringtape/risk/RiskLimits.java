package io.ringtape.risk;

import io.ringtape.event.FixedPoint;
import io.ringtape.event.InstrumentDefinition;

/**
 * The limits of one instrument. A limit is the highest value that passes; a limit of 0 lets nothing pass.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param maxOrderQuantity   of one order, in quantity units; 0 or more.
 * @param maxNotional        of one order, |price| x quantity x multiplier, in units of 10^priceExponent; 0 or more.
 * @param maxPosition        long or short of all accounts together, all open orders of a side counted as filled, in
 *                           quantity units; 0 or more. What one account is long and another one short cancels out.
 * @param maxAccountPosition the same of each account by itself.
 * @param collarBps          how far a price may lie from the reference price on either side, in 1/10,000 of its
 *                           absolute value; 0 to 10,000.
 * @param maxReferenceAgeNs  how long after its receive time a reference price or a book is fresh, in ns; 0 or more.
 * @param messagesPerSecond  new orders and cancels a second on average, in receive time; 0 to 1,000,000.
 * @param messageBurst       messages that may go at once after a rest; 0 to 1,000,000.
 * @param maxDailyLoss       realised and unrealised loss with fees since the first event of the UTC day, in 10^-9 of
 *                           the currency; 0 or more.
 */
public record RiskLimits(
    long maxOrderQuantity,
    long maxNotional,
    long maxPosition,
    long maxAccountPosition,
    int collarBps,
    long maxReferenceAgeNs,
    int messagesPerSecond,
    int messageBurst,
    long maxDailyLoss)
{
    /** The widest collar: the reference price itself. */
    public static final int MAX_COLLAR_BPS = 10_000;
    /** The highest message rate and burst. */
    public static final int MAX_MESSAGES = 1_000_000;

    private static final long DEFAULT_ORDER_LOTS = 100;
    private static final long DEFAULT_POSITION_LOTS = 500;
    private static final long DEFAULT_NOTIONAL = 1_000_000;
    private static final int DEFAULT_COLLAR_BPS = 500;
    private static final long DEFAULT_REFERENCE_AGE_NS = 5_000_000_000L;
    private static final int DEFAULT_MESSAGES_PER_SECOND = 10;
    private static final int DEFAULT_MESSAGE_BURST = 20;
    private static final long DEFAULT_DAILY_LOSS = 50_000_000_000_000L;

    /**
     * Checks the fields.
     *
     * @throws IllegalArgumentException if a field is out of its range; the message names it.
     */
    public RiskLimits
    {
        requireRange("maxOrderQuantity", maxOrderQuantity, Long.MAX_VALUE);
        requireRange("maxNotional", maxNotional, Long.MAX_VALUE);
        requireRange("maxPosition", maxPosition, Long.MAX_VALUE);
        requireRange("maxAccountPosition", maxAccountPosition, Long.MAX_VALUE);
        requireRange("collarBps", collarBps, MAX_COLLAR_BPS);
        requireRange("maxReferenceAgeNs", maxReferenceAgeNs, Long.MAX_VALUE);
        requireRange("messagesPerSecond", messagesPerSecond, MAX_MESSAGES);
        requireRange("messageBurst", messageBurst, MAX_MESSAGES);
        requireRange("maxDailyLoss", maxDailyLoss, Long.MAX_VALUE);
    }

    /**
     * Limits to start from, made from an instrument's definition alone, so that a replay makes the same.
     * <p>
     * A lot is the lot size, or one whole unit of quantity where that is unknown. An order may be 100 lots and
     * 1,000,000 of the currency (or all that 64 bits hold at the price exponent), the position 500 lots, of an account
     * as of all; a price may lie 5 % from a reference that is up to 5 s old; 10 messages a second, 20 at once; a loss
     * of 50,000 a day.
     *
     * @param definition of the instrument.
     * @return its limits.
     */
    public static RiskLimits defaultsFor(final InstrumentDefinition definition)
    {
        final long lot = definition.lotSize() > 0 ?
            definition.lotSize() : FixedPoint.powerOfTen(-definition.quantityExponent());
        return new RiskLimits(
            saturatedProduct(DEFAULT_ORDER_LOTS, lot),
            saturatedProduct(DEFAULT_NOTIONAL, FixedPoint.powerOfTen(-definition.priceExponent())),
            saturatedProduct(DEFAULT_POSITION_LOTS, lot),
            saturatedProduct(DEFAULT_POSITION_LOTS, lot),
            DEFAULT_COLLAR_BPS,
            DEFAULT_REFERENCE_AGE_NS,
            DEFAULT_MESSAGES_PER_SECOND,
            DEFAULT_MESSAGE_BURST,
            DEFAULT_DAILY_LOSS);
    }

    /**
     * Starts new limits.
     *
     * @return a builder with nothing set.
     */
    public static Builder builder()
    {
        return new Builder();
    }

    /**
     * Starts new limits from these.
     *
     * @return a builder with everything set.
     */
    public Builder toBuilder()
    {
        return new Builder().maxOrderQuantity(maxOrderQuantity).maxNotional(maxNotional).maxPosition(maxPosition)
            .maxAccountPosition(maxAccountPosition).collarBps(collarBps).maxReferenceAgeNs(maxReferenceAgeNs)
            .messagesPerSecond(messagesPerSecond).messageBurst(messageBurst).maxDailyLoss(maxDailyLoss);
    }

    private static long saturatedProduct(final long a, final long b)
    {
        return Math.multiplyHigh(a, b) == 0 && a * b >= 0 ? a * b : Long.MAX_VALUE;
    }

    static void requireRange(final String field, final long value, final long max)
    {
        if (value < 0 || value > max)
        {
            throw new IllegalArgumentException(field + " must be 0 to " + max + ": " + field + "=" + value);
        }
    }

    /**
     * Collects limits by name; every one must be set, but for the position of an account.
     * <p>
     * Thread safety: none.
     * Allocation: on construction and {@link #build()}.
     */
    public static final class Builder
    {
        private static final int NOT_SET = Integer.MIN_VALUE;

        private long maxOrderQuantity = NOT_SET;
        private long maxNotional = NOT_SET;
        private long maxPosition = NOT_SET;
        private long maxAccountPosition = NOT_SET;
        private int collarBps = NOT_SET;
        private long maxReferenceAgeNs = NOT_SET;
        private int messagesPerSecond = NOT_SET;
        private int messageBurst = NOT_SET;
        private long maxDailyLoss = NOT_SET;

        private Builder()
        {
        }

        /**
         * Sets {@link RiskLimits#maxOrderQuantity()}.
         *
         * @param value in quantity units.
         * @return this.
         */
        public Builder maxOrderQuantity(final long value)
        {
            maxOrderQuantity = value;
            return this;
        }

        /**
         * Sets {@link RiskLimits#maxNotional()}.
         *
         * @param value in units of 10^priceExponent.
         * @return this.
         */
        public Builder maxNotional(final long value)
        {
            maxNotional = value;
            return this;
        }

        /**
         * Sets {@link RiskLimits#maxPosition()}.
         *
         * @param value in quantity units.
         * @return this.
         */
        public Builder maxPosition(final long value)
        {
            maxPosition = value;
            return this;
        }

        /**
         * Sets {@link RiskLimits#maxAccountPosition()}; without it an account may have all of
         * {@link RiskLimits#maxPosition()}.
         *
         * @param value in quantity units.
         * @return this.
         */
        public Builder maxAccountPosition(final long value)
        {
            maxAccountPosition = value;
            return this;
        }

        /**
         * Sets {@link RiskLimits#collarBps()}.
         *
         * @param value in 1/10,000.
         * @return this.
         */
        public Builder collarBps(final int value)
        {
            collarBps = value;
            return this;
        }

        /**
         * Sets {@link RiskLimits#maxReferenceAgeNs()}.
         *
         * @param value in ns.
         * @return this.
         */
        public Builder maxReferenceAgeNs(final long value)
        {
            maxReferenceAgeNs = value;
            return this;
        }

        /**
         * Sets {@link RiskLimits#messagesPerSecond()}.
         *
         * @param value messages a second.
         * @return this.
         */
        public Builder messagesPerSecond(final int value)
        {
            messagesPerSecond = value;
            return this;
        }

        /**
         * Sets {@link RiskLimits#messageBurst()}.
         *
         * @param value messages.
         * @return this.
         */
        public Builder messageBurst(final int value)
        {
            messageBurst = value;
            return this;
        }

        /**
         * Sets {@link RiskLimits#maxDailyLoss()}.
         *
         * @param value in 10^-9 of the currency.
         * @return this.
         */
        public Builder maxDailyLoss(final long value)
        {
            maxDailyLoss = value;
            return this;
        }

        /**
         * Makes the limits.
         *
         * @return the limits.
         * @throws IllegalArgumentException if one is not set or out of its range; the message names it.
         */
        public RiskLimits build()
        {
            requireSet("maxOrderQuantity", maxOrderQuantity);
            requireSet("maxNotional", maxNotional);
            requireSet("maxPosition", maxPosition);
            requireSet("collarBps", collarBps);
            requireSet("maxReferenceAgeNs", maxReferenceAgeNs);
            requireSet("messagesPerSecond", messagesPerSecond);
            requireSet("messageBurst", messageBurst);
            requireSet("maxDailyLoss", maxDailyLoss);
            return new RiskLimits(maxOrderQuantity, maxNotional, maxPosition,
                maxAccountPosition == NOT_SET ? maxPosition : maxAccountPosition, collarBps, maxReferenceAgeNs,
                messagesPerSecond, messageBurst, maxDailyLoss);
        }

        private static void requireSet(final String field, final long value)
        {
            if (value == NOT_SET)
            {
                throw new IllegalArgumentException(field + " must be set");
            }
        }
    }
}
