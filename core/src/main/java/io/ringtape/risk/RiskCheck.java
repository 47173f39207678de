package io.ringtape.risk;

import org.jspecify.annotations.Nullable;

/**
 * The checks of the risk gate. {@link RiskGate} says their order; an order is rejected by the first that fails.
 * <p>
 * The code stands on the detail line of an {@link io.ringtape.event.EventType#OWN_REJECTED}, with the value that failed
 * and its limit. Codes are part of the tape format: stable, never reused, never an ordinal.
 * <p>
 * Thread safety: immutable.
 * Allocation: none.
 */
public enum RiskCheck
{
    /** No limits are set for the instrument. Value: instrument id; limit 0. */
    NO_LIMITS(1, "no-limits"),
    /** The side is neither bid nor ask. Value: side; limit 0. */
    SIDE(2, "side"),
    /** The price is null. Value: price; limit 0. */
    PRICE(3, "price"),
    /** The quantity is not above 0. Value: quantity; limit 1. */
    QUANTITY(4, "quantity"),
    /** The order is too large. Value and limit in quantity units. */
    MAX_ORDER_QUANTITY(5, "max-order-quantity"),
    /**
     * Price x quantity x multiplier is too much. Value, rounded up, and limit in units of 10^priceExponent of the
     * instrument's currency; a value beyond 64 bits stands as the highest one.
     */
    MAX_NOTIONAL(6, "max-notional"),
    /** There is no fresh reference price. Value: ns since the youngest one, -1 if there was none; limit in ns. */
    NO_REFERENCE(7, "no-reference"),
    /** The price is too far from the reference price. Value: distance, limit: allowed distance, in price units. */
    PRICE_COLLAR(8, "price-collar"),
    /**
     * The position of all accounts together would be too large if all open orders of the side were filled. Value: that
     * position, the order included, limit: the position allowed on that side; below 0 where short; in quantity units.
     */
    MAX_POSITION(9, "max-position"),
    /**
     * Too many messages. Value: ns until the next one may go, the highest 64-bit number for never; limit: messages a
     * second.
     */
    MESSAGE_RATE(10, "message-rate"),
    /** The price is no multiple of the tick size. Value: price; limit: tick size. */
    TICK(11, "tick"),
    /** The quantity is no multiple of the lot size. Value: quantity; limit: lot size. */
    LOT(12, "lot"),
    /** The client order id is open or was used before in this run. Value: the id; limit: the last one used. */
    DUPLICATE_ID(13, "duplicate-id"),
    /** The venue does not trade the instrument now. Value: the venue's status code; limit 1. */
    TRADING_STATUS(14, "trading-status"),
    /** The book may be wrong: an event said so, or events of its channel are missing. Value: instrument id; limit 0. */
    SUSPECT_BOOK(15, "suspect-book"),
    /** The instrument lost too much today. Value: loss, limit: loss allowed, in 10^-9 of the currency. */
    DAILY_LOSS(16, "daily-loss"),
    /** The kill switch is on. Value: the strategy's source id; limit: its account. */
    KILLED(17, "killed"),
    /**
     * The account would have too much in open orders. Value: all of them with this one, limit: allowed, in 10^-9 of
     * the currency.
     */
    ACCOUNT_NOTIONAL(18, "account-notional"),
    /** Too many messages of the account. Value and limit as those of {@link #MESSAGE_RATE}. */
    ACCOUNT_MESSAGE_RATE(19, "account-message-rate"),
    /** The order type, time in force or an instruction is unknown. Value: the unknown one; limit 0. */
    ORDER_TYPE(20, "order-type"),
    /** No limits are set for the account. Value: account; limit 0. */
    NO_ACCOUNT_LIMITS(21, "no-account-limits"),
    /** The account lost too much today. Value: loss, limit: loss allowed, in 10^-9 of the currency. */
    ACCOUNT_DAILY_LOSS(22, "account-daily-loss"),
    /** The same as {@link #MAX_POSITION} of one account, with its own open orders. Value and limit as there. */
    ACCOUNT_POSITION(23, "account-position"),
    /** The book is too old, though a trade is fresh. Value: ns since its last event; limit in ns. */
    STALE_BOOK(24, "stale-book"),
    /** No check of the gate: the venue rejected an order that had passed. Value: the venue's reason; limit 0. */
    VENUE(100, "venue"),
    /** No check of the gate: the gateway held an order back that had passed. Value: its reason; limit as that says. */
    GATEWAY(101, "gateway");

    /** One above the highest code. */
    public static final int LIMIT = 102;

    private static final @Nullable RiskCheck[] BY_CODE = byCode();

    private final int code;
    private final String text;

    RiskCheck(final int code, final String text)
    {
        this.code = code;
        this.text = text;
    }

    /**
     * The stable number of the check.
     *
     * @return 1 or more.
     */
    public int code()
    {
        return code;
    }

    /**
     * The name of the check, as commands print it.
     *
     * @return for example {@code price-collar}.
     */
    public String text()
    {
        return text;
    }

    /**
     * Whether a number is a check's.
     *
     * @param code any number.
     * @return true if {@link #ofCode(long)} knows it.
     */
    public static boolean isKnown(final long code)
    {
        return find(code) != null;
    }

    /**
     * The check of a number.
     *
     * @param code as on tape.
     * @return the check.
     * @throws IllegalArgumentException if the code is unknown.
     */
    public static RiskCheck ofCode(final long code)
    {
        final RiskCheck check = find(code);
        if (check == null)
        {
            throw new IllegalArgumentException("unknown risk check: code=" + code);
        }
        return check;
    }

    /**
     * The name of a number, as commands print it.
     *
     * @param code any number.
     * @return for example {@code price-collar}, or {@code unknown(77)}.
     */
    public static String text(final long code)
    {
        final RiskCheck check = find(code);
        return check == null ? "unknown(" + code + ")" : check.text;
    }

    private static @Nullable RiskCheck[] byCode()
    {
        final @Nullable RiskCheck[] byCode = new @Nullable RiskCheck[LIMIT];
        for (final RiskCheck check : values())
        {
            byCode[check.code] = check;
        }
        return byCode;
    }

    private static @Nullable RiskCheck find(final long code)
    {
        return code > 0 && code < LIMIT ? BY_CODE[(int)code] : null;
    }
}
