package io.ringtape.cli.settings;

import io.ringtape.risk.AccountLimits;
import io.ringtape.risk.LimitSet;
import io.ringtape.risk.RiskLimits;
import java.util.Map;
import java.util.Set;

/**
 * Limits of the risk gate, checked as a whole.
 * <pre>
 * {
 *   "version": 1,
 *   "instruments": {
 *     "AMZN": {"max-order-quantity": 100, "max-notional": 50000, "max-position": 500, "price-collar-bps": 200,
 *              "reference-age-ms": 5000, "message-rate": 10, "message-burst": 20, "daily-loss": 10000},
 *     "*":    { ... }
 *   },
 *   "accounts": {"1": {"open-notional": 1000000, "daily-loss": 20000, "message-rate": 100, "message-burst": 200}}
 * }
 * </pre>
 * Each check of an entry must be there; {@code *} stands for all that are not named, and what is not named without it
 * has no limits, so that its orders are rejected. Amounts are decimals in units and in the currency.
 * <p>
 * Thread safety: stateless.
 * Allocation: for the whole text.
 */
public final class LimitsFile
{
    private static final String OTHERS = "*";

    private LimitsFile()
    {
    }

    /**
     * Takes a text apart.
     *
     * @param text of a file or a tape.
     * @return its limits.
     * @throws io.ringtape.cli.error.CommandException if it is wrong; the message names file and check.
     */
    public static LimitSet parse(final SettingsText text)
    {
        final SettingsFile file = SettingsFile.parse(text);
        file.requireNames(Set.of("version", "instruments", "accounts"));
        final LimitSet.Builder set = LimitSet.builder(version(file));
        for (final Map.Entry<String, Map<String, String>> entry : file.section("instruments").entrySet())
        {
            final RiskLimits limits = instrument(
                new Fields(file, "instrument=" + entry.getKey(), "check", entry.getValue()));
            if (entry.getKey().equals(OTHERS))
            {
                set.otherInstruments(limits);
            }
            else
            {
                set.instrument(entry.getKey(), limits);
            }
        }
        for (final Map.Entry<String, Map<String, String>> entry : file.section("accounts").entrySet())
        {
            final AccountLimits limits =
                account(new Fields(file, "account=" + entry.getKey(), "check", entry.getValue()));
            if (entry.getKey().equals(OTHERS))
            {
                set.otherAccounts(limits);
            }
            else
            {
                set.account(number(file, entry.getKey()), limits);
            }
        }
        return set.build();
    }

    private static RiskLimits instrument(final Fields fields)
    {
        final RiskLimits limits = RiskLimits.builder()
            .maxOrderQuantity(fields.nano("max-order-quantity"))
            .maxNotional(fields.nano("max-notional"))
            .maxPosition(fields.nano("max-position"))
            .collarBps(fields.number("price-collar-bps", RiskLimits.MAX_COLLAR_BPS))
            .maxReferenceAgeNs(fields.milliseconds("reference-age-ms"))
            .messagesPerSecond(fields.number("message-rate", RiskLimits.MAX_MESSAGES))
            .messageBurst(fields.number("message-burst", RiskLimits.MAX_MESSAGES))
            .maxDailyLoss(fields.nano("daily-loss"))
            .build();
        fields.requireAllRead();
        return limits;
    }

    private static AccountLimits account(final Fields fields)
    {
        final AccountLimits limits = new AccountLimits(fields.nano("open-notional"), fields.nano("daily-loss"),
            fields.number("message-rate", RiskLimits.MAX_MESSAGES),
            fields.number("message-burst", RiskLimits.MAX_MESSAGES));
        fields.requireAllRead();
        return limits;
    }

    private static long version(final SettingsFile file)
    {
        final String text = file.text("version");
        if (!text.matches("[1-9]\\d{0,17}"))
        {
            throw file.wrong("version must be a whole number above 0", "version=" + text);
        }
        return Long.parseLong(text);
    }

    private static int number(final SettingsFile file, final String account)
    {
        if (!account.matches("0|[1-9]\\d{0,8}"))
        {
            throw file.wrong("account must be a number or *", "account=" + account);
        }
        return Integer.parseInt(account);
    }
}
