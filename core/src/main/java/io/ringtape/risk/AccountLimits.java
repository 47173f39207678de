package io.ringtape.risk;

/**
 * The limits of one account, over all its instruments and strategies. A limit is the highest value that passes; a limit
 * of 0 lets nothing pass. All instruments of an account are taken to have one currency.
 * <p>
 * Thread safety: immutable.
 * Allocation: on construction only.
 *
 * @param maxOpenNotional   of all open orders together, in 10^-9 of the currency; 0 or more.
 * @param maxDailyLoss      realised and unrealised loss with fees since the first event of the UTC day, in 10^-9 of the
 *                          currency; 0 or more.
 * @param messagesPerSecond new orders and cancels a second on average, in receive time; 0 to 1,000,000.
 * @param messageBurst      messages that may go at once after a rest; 0 to 1,000,000.
 */
public record AccountLimits(long maxOpenNotional, long maxDailyLoss, int messagesPerSecond, int messageBurst)
{
    private static final long DEFAULT_OPEN_NOTIONAL = 10_000_000_000_000_000L;
    private static final long DEFAULT_DAILY_LOSS = 100_000_000_000_000L;
    private static final int DEFAULT_MESSAGES_PER_SECOND = 100;
    private static final int DEFAULT_MESSAGE_BURST = 200;

    /**
     * Checks the fields.
     *
     * @throws IllegalArgumentException if a field is out of its range; the message names it.
     */
    public AccountLimits
    {
        RiskLimits.requireRange("maxOpenNotional", maxOpenNotional, Long.MAX_VALUE);
        RiskLimits.requireRange("maxDailyLoss", maxDailyLoss, Long.MAX_VALUE);
        RiskLimits.requireRange("messagesPerSecond", messagesPerSecond, RiskLimits.MAX_MESSAGES);
        RiskLimits.requireRange("messageBurst", messageBurst, RiskLimits.MAX_MESSAGES);
    }

    /**
     * Limits to start from: 10,000,000 of the currency open, a loss of 100,000 a day, 100 messages a second, 200 at
     * once.
     *
     * @return the defaults.
     */
    public static AccountLimits defaults()
    {
        return new AccountLimits(
            DEFAULT_OPEN_NOTIONAL, DEFAULT_DAILY_LOSS, DEFAULT_MESSAGES_PER_SECOND, DEFAULT_MESSAGE_BURST);
    }
}
