package io.ringtape.cli;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Texts of limits.
 * <p>
 * Thread safety: stateless.
 * Allocation: on each call.
 */
public final class LimitsFiles
{
    private static final String ACCOUNTS = ", \"accounts\": {\"*\": {\"open-notional\": 9000000000, " +
        "\"daily-loss\": 9000000000, \"message-rate\": 10000, \"message-burst\": 10000}}}";

    private LimitsFiles()
    {
    }

    /** Wide limits of instruments, {@code *} for all others, but for the size of an order. */
    public static String limits(final long version, final long maxOrderQuantity, final String... instruments)
    {
        return "{\"version\": " + version + ", \"instruments\": {" + List.of(instruments).stream()
            .map((symbol) -> "\"" + symbol + "\": {\"max-order-quantity\": " + maxOrderQuantity +
                ", \"max-notional\": 9000000000, \"max-position\": 1000000, \"price-collar-bps\": 5000, " +
                "\"reference-age-ms\": 5000, \"message-rate\": 10000, \"message-burst\": 10000, " +
                "\"daily-loss\": 9000000000}").collect(Collectors.joining(", ")) + "}" + ACCOUNTS;
    }
}
