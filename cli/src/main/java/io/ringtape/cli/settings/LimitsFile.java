package io.ringtape.cli.settings;

import io.ringtape.risk.AccountLimits;
import io.ringtape.risk.KillRules;
import io.ringtape.risk.LimitSet;
import io.ringtape.risk.RiskLimits;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Limits of the risk gate, checked as a whole.
 * <pre>
 * {
 *   "version": 1,
 *   "instruments": {
 *     "AMZN": {"max-order-quantity": 100, "max-notional": 50000, "max-position": 500, "max-account-position": 300,
 *              "price-collar-bps": 200, "reference-age-ms": 5000, "message-rate": 10, "message-burst": 20,
 *              "daily-loss": 10000},
 *     "*":    { ... }
 *   },
 *   "accounts": {"1": {"open-notional": 1000000, "daily-loss": 20000, "message-rate": 100, "message-burst": 200}},
 *   "kill-on": ["gap", "stale"], "stale-ms": 5000
 * }
 * </pre>
 * Each check of an entry must be there, but for {@code max-account-position}: without it each account may have all of
 * {@code max-position}. {@code *} stands for all that are not named, and what is not named without it has no limits, so
 * that its orders are rejected. Amounts are decimals in units and in the currency. Nothing kills unless {@code kill-on}
 * says so, see {@link KillRules}.
 * <p>
 * Thread safety: stateless.
 * Allocation: for the whole text.
 */
public final class LimitsFile
{
    private static final String OTHERS = "*";
    private static final String KILL_ON = "kill-on";
    private static final String STALE_MS = "stale-ms";
    private static final String GAP = "gap";
    private static final String STALE = "stale";

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
        file.requireNames(Set.of("version", "instruments", "accounts", KILL_ON, STALE_MS));
        final LimitSet.Builder set = LimitSet.builder(version(file)).killRules(killRules(file));
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

    private static KillRules killRules(final SettingsFile file)
    {
        final Set<String> reasons = new TreeSet<>();
        for (final String reason : file.texts(KILL_ON))
        {
            if (!reason.equals(GAP) && !reason.equals(STALE))
            {
                throw file.wrong("kill-on must be gap or stale", "kill-on=" + reason);
            }
            if (!reasons.add(reason))
            {
                throw file.wrong("kill-on has a reason twice", "kill-on=" + reason);
            }
        }
        final String staleMs = file.text(STALE_MS);
        if (reasons.contains(STALE) == staleMs.isEmpty())
        {
            throw file.wrong("kill-on stale and stale-ms need each other",
                "kill-on=" + String.join(",", reasons) + " stale-ms=" + staleMs);
        }
        return new KillRules(reasons.contains(GAP),
            staleMs.isEmpty() ? KillRules.NEVER_STALE : staleNs(file, staleMs));
    }

    private static long staleNs(final SettingsFile file, final String staleMs)
    {
        final long staleNs =
            new Fields(file, "kill-on=stale", STALE_MS, Map.of(STALE_MS, staleMs)).milliseconds(STALE_MS);
        if (staleNs == KillRules.NEVER_STALE)
        {
            throw file.wrong("stale-ms must be above 0", "stale-ms=" + staleMs);
        }
        return staleNs;
    }

    private static RiskLimits instrument(final Fields fields)
    {
        final long position = fields.nano("max-position");
        final RiskLimits limits = RiskLimits.builder()
            .maxOrderQuantity(fields.nano("max-order-quantity"))
            .maxNotional(fields.nano("max-notional"))
            .maxPosition(position)
            .maxAccountPosition(fields.nanoOr("max-account-position", position))
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
